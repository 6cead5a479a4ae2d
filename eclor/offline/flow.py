"""By what a file is read offline: a flow that a source declares, or else the policy's own names, plainly written."""

import json
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from charter.compile import Plan
from charter.model import Policy, PolicyField
from charter.vocabulary import YesNo
from eclor.errors import PayloadRefused, Place, SettingsRefused
from eclor.keeping import keeping_of
from eclor.offline.parquet import PARQUET
from eclor.sentences.doors import READ_BY_FLOW, READ_BY_NAMES
from harvesters import protocols
from harvesters.declaration import read_declaration
from harvesters.parsing import PayloadProtocol, Shape
from harvesters.receiving import Keeping
from harvesters.source import Source

_READERS: Final = MappingProxyType({".csv": "csv", ".ndjson": "json", ".parquet": PARQUET.name})
"""What reads a file of the policy's columns, by its ending."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow, what reads it, and what becomes of a key that comes twice. `told` says in French which one it is."""

    source: Source
    protocol: PayloadProtocol
    shape: Shape
    keeping: Keeping
    told: str


@dataclass(frozen=True, slots=True)
class AskedFlow:
    """Which flow a file is read as: that of the plan's dataset in a source's file; none: by the policy's names.

    `named` tells one of several that do not read alike, by its identifier.
    """

    declaration: Path | None
    named: str = ""

    def flow_of(self, plan: Plan) -> Flow | None:
        """Return the flow, as the harvest would read what it delivers; None where no declaration is given.

        Refuses (`DeclarationRefused`) a wrong declaration, and (`SettingsRefused`) one without such a flow, or with
        several of which none is named.
        """
        if self.declaration is None:
            if self.named:
                raise SettingsRefused("apply.flow-alone")
            return None
        first = self._chosen(self.declaration, plan.policy.dataset)
        protocol = protocols.load(first.protocol)
        told = READ_BY_FLOW.format(file=self.declaration, flow=first.flow)
        return Flow(first, protocol, protocol.shape, keeping_of(plan), told)

    def _chosen(self, declaration: Path, dataset: str) -> Source:
        place = Place(str(declaration))
        flows = [flow for flow in read_declaration(declaration, endpoints=None) if flow.dataset == dataset]
        known = ", ".join(flow.flow for flow in flows)
        if not flows:
            raise SettingsRefused("apply.no-flow", place=place, dataset=dataset)
        chosen = [flow for flow in flows if self.named in ("", flow.flow)]
        if not chosen:
            raise SettingsRefused("apply.unknown-flow", place=place, named=self.named, known=known)
        if any(_reads(flow) != _reads(chosen[0]) for flow in chosen):
            raise SettingsRefused("apply.several-flows", place=place, dataset=dataset, known=known)
        return chosen[0]


BY_NAMES: Final = AskedFlow(None)


def _reads(flow: Source) -> tuple[object, ...]:
    """Return all that decides how a flow's bytes become rows."""
    return flow.protocol, dict(flow.options), flow.columns, flow.kept


def plain_flow(file: Path, policy: Policy, into: Path) -> Flow:
    """Declare a file as the only flow of a source, through door 1; its columns are headed by the policy's names.

    A table (LANGUAGE.md section 5, "Delivery"): a column that is undeclared, or that is not collected, refuses it.
    The declaration is written in the folder `into`. Refuses (`PayloadRefused`) a file of another ending.
    """
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        raise PayloadRefused("apply.unknown-ending", place=Place(str(file)), known=" ".join(_READERS))
    is_parquet = reader == PARQUET.name
    flow = {
        "jeu": policy.dataset,
        "protocole": "csv" if is_parquet else reader,
        "acces": "depot",
        "adresse": file.name,
        "toutes_les": "1 jour",
        "options": {"fin_de_ligne": "facultative"},
        "colonnes": [_column(field) for field in policy.fields if field.collected is YesNo.YES],
    }
    source = {"source": policy.dataset, "titre": policy.title, "exploitant": "eclor apply", "simule": "non"}
    declaration = into / "declared" / file.name  # what a refusal names
    declaration.parent.mkdir(exist_ok=True)
    declaration.write_text(json.dumps({**source, "flux": [flow]}, ensure_ascii=False), "utf-8")
    (declared,) = read_declaration(declaration, endpoints=None)
    protocol = PARQUET if is_parquet else protocols.load(reader)
    return Flow(declared, protocol, Shape.TABLE, Keeping.REPLACE, READ_BY_NAMES)


def _column(field: PolicyField) -> dict[str, object]:
    column: dict[str, object] = {"nom": field.name, "chemin": field.name, "type": field.type.value}
    return column if field.decimals is None else {**column, "decimales": field.decimals}
