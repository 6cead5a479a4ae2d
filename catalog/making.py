"""A version's files, made in a work folder: exports, descriptors, texts, and the body of the proof; then sealed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from orjson import OPT_APPEND_NEWLINE, OPT_INDENT_2, dumps, loads

from catalog.declaration import DatasetDeclaration
from catalog.dossier import MEDIA_TYPES, Dossier, Texts, check_in_force, read_texts
from catalog.export import Table, write_texts
from catalog.exports import EXPORTS, export
from catalog.metadata.datapackage import DescribedCsv, datapackage
from catalog.notes import note_of
from catalog.proof import (
    BODY_NAME,
    BoundText,
    GateVerdict,
    ProofBody,
    ProvenColumn,
    ProvenFile,
    Signatory,
    instant_text,
)
from catalog.table_schema import table_schema
from catalog.validate import Report, ValidatedRelease
from catalog.views import VersionView
from catalog.workspace import proven, seal
from charter.acts import Act, Bindings
from charter.apply import Release
from charter.compile import Plan
from charter.vocabulary import YesNo
from eclor.errors import VerificationFailed
from eclor.names import Sha256
from eclor.sentences.catalog import HOW_TO_VERIFY

CSV: Final = "csv"


@dataclass(frozen=True, slots=True)
class Making:
    """What a version is made of; all of one dataset, which a mistake of the caller would not be."""

    validated: ValidatedRelease
    plan: Plan
    declaration: DatasetDeclaration
    dossier: Dossier

    def __post_init__(self) -> None:
        names = {self.release.dataset, self.plan.policy.dataset, self.plan.entry.dataset, self.declaration.dataset}
        if len(names) != 1 or self.release.plan_digest != self.plan.digest:
            message = f"a release of {self.release.dataset} published with the texts of another: {sorted(names)}"
            raise ValueError(message)

    @property
    def release(self) -> Release:
        """Return the release."""
        return self.validated.release

    @property
    def table(self) -> Table:
        """Return its rows, as exports read them."""
        return Table(self.release.rows.path, self.release.columns)


@dataclass(frozen=True, slots=True)
class Numbering:
    """The number and the instant of a version, and the version before it."""

    number: int
    at: datetime
    former: VersionView | None


def write_csv(making: Making, folder: Path) -> ProvenFile:
    """Write the CSV, whose digest says whether the content is new."""
    return next(_exports(making.table, folder, [CSV]))


def make(making: Making, folder: Path, *, csv: ProvenFile, numbering: Numbering) -> ProofBody:
    """Write every other file of the version but its proof, seal the folder, and return the proof's body.

    Refuses (`VerificationFailed`) texts that the plan was not compiled from, and a policy that is not in force.
    """
    acts = _write_dossier(making, folder, now=numbering.at)
    schema = table_schema(making.release, making.declaration)
    files = [
        csv,
        *_exports(making.table, folder, [name for name in EXPORTS if name != CSV and export(name).served]),
        _write_json(folder / "schema.json", schema),
        _write_json(folder / "datapackage.json", _datapackage(making, csv, schema, numbering)),
        *(proven(folder / name, MEDIA_TYPES[name]) for name in making.dossier.files()),
    ]
    body = _body(making, csv=csv, numbering=numbering, files=files, acts=acts)
    (folder / BODY_NAME).write_bytes(body.canonical())
    seal(folder)
    return body


def _exports(table: Table, folder: Path, names: list[str]) -> Iterator[ProvenFile]:
    chosen = [made for made in map(export, names) if made.fits(table)]
    write_texts(table, {folder / made.file_name: made.pieces for made in chosen if made.pieces})
    for made in chosen:
        if not made.pieces:
            made.write(table, folder / made.file_name)
        yield proven(folder / made.file_name, made.media_type, served=made.served)


def _write_json(path: Path, descriptor: Mapping[str, object]) -> ProvenFile:
    path.write_bytes(dumps(dict(descriptor), option=OPT_INDENT_2 | OPT_APPEND_NEWLINE))
    return proven(path, "application/json")


def _datapackage(
    making: Making, csv: ProvenFile, schema: Mapping[str, object], numbering: Numbering
) -> dict[str, object]:
    return datapackage(
        DescribedCsv(csv.name, csv.size_bytes, Sha256(csv.sha256)),
        declaration=making.declaration,
        licence=making.plan.policy.publication.licence,
        schema=schema,
        version=(numbering.number, numbering.at),
    )


def _write_dossier(making: Making, folder: Path, *, now: datetime) -> tuple[Act, ...]:
    """Write the texts, read them back as a verifier will, and return the acts that put the policy in force."""
    for name, content in making.dossier.files().items():
        (folder / name).write_bytes(content)
    texts = read_texts(folder, source_digest=making.dossier.source_digest)
    _refuse_other_texts(texts, making.plan)
    return check_in_force(folder, texts, now=now)


def _refuse_other_texts(texts: Texts, plan: Plan) -> None:
    bound = Bindings(
        plan.policy_digest, plan.charter_digest, plan.roles_digest, plan.catalogue_digest, texts.bindings.source
    )
    if texts.bindings != bound:
        raise VerificationFailed("verify.other-texts")


def _body(
    making: Making, *, csv: ProvenFile, numbering: Numbering, files: list[ProvenFile], acts: tuple[Act, ...]
) -> ProofBody:
    return ProofBody(
        format="eclor-proof-1",
        dataset=making.release.dataset,
        title=making.declaration.title.fr,
        version=numbering.number,
        previous_version=numbering.former.number if numbering.former else None,
        published_at=instant_text(numbering.at),
        note=_note(making, csv, numbering),
        content_digest=csv.sha256,
        files=sorted(files, key=lambda file: file.name),
        signatories=[Signatory.of(act) for act in acts],
        how_to_verify=HOW_TO_VERIFY,
        **_of_release(making),
        **_of_texts(making),
    )


def _of_release(making: Making) -> dict[str, Any]:
    release = making.release
    return {
        "simulated": making.declaration.simulated is YesNo.YES,
        "periods": list(release.periods),
        "rows": release.rows.count,
        "masked": release.figures.masked,
        "columns": [ProvenColumn.of(column) for column in release.columns],
        "guarantees": list(release.figures.guarantees),
        "gates": [_verdict(report) for report in making.validated.reports],
    }


def _of_texts(making: Making) -> dict[str, Any]:
    plan = making.plan
    return {
        "policy": BoundText(digest=plan.policy_digest, version=plan.policy.version),
        "charter": BoundText(digest=plan.charter_digest, version=plan.charter.version),
        "roles_digest": plan.roles_digest,
        "catalogue_digest": plan.catalogue_digest,
        "source_digest": making.dossier.source_digest,
        "plan_digest": plan.digest,
    }


def _verdict(report: Report) -> GateVerdict:
    """Return what may be said of a gate's report: its public part, as JSON holds it."""
    return GateVerdict(
        gate=report.gate, passed=True, executor=report.executor, public=loads(dumps(dict(report.public)))
    )


def _note(making: Making, csv: ProvenFile, numbering: Numbering) -> str:
    former = numbering.former
    renewed = former is not None and former.content_digest == csv.sha256 and former.withdrawn_at is None
    return note_of(
        making.declaration.kind,
        periods=making.release.periods,
        former=former.periods if former else (),
        at=numbering.at,
        new_policy=making.plan.policy.version if renewed else None,
    )
