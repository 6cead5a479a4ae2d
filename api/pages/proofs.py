"""What a version's own folder proves, in words: its guarantees, its gates, who signed, its place in the journal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

from catalog.dossier import ROLES
from catalog.proof import NAME, Proof, read_proof
from charter.demonstration import demonstration_key
from charter.model import Roles
from charter.reader import read
from charter.shape import shape
from charter.signatures import key_text
from charter.vocabulary import ActKind

_ACTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        ActKind.SIMULATE: "Simulée",
        ActKind.ENDORSE: "Visée",
        ActKind.SIGN: "Signée",
        ActKind.ENTER_INTO_FORCE: "Mise en vigueur",
        ActKind.STOP: "Arrêtée",
        ActKind.RESUME: "Reprise",
        ActKind.REVOKE: "Révoquée",
    }
)
_GATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "schema": "Le fichier est conforme à son schéma",
        "expectations": "Les chiffres sont plausibles",
        "drift": "Le fichier a été comparé à la version précédente",
        "personal-data": "Aucune donnée personnelle n'a été trouvée",
    }
)


@dataclass(frozen=True, slots=True)
class Signature:
    """One act: what was done, by whom, when."""

    act: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate that passed: what it says, how many checks it made, with what."""

    words: str
    checks: int
    executor: str
    waived: tuple[Mapping[str, str], ...] = ()
    """What the DPO let through, with her reason: `column`, `finding`, `reason`, `by`, `on`."""


@dataclass(frozen=True, slots=True)
class ProofWords:
    """A version's proof, ready to show; `demonstration` says that the signing keys are known to everybody."""

    proof: Proof
    signatures: tuple[Signature, ...]
    demonstration: bool
    gates: tuple[Gate, ...]
    entry: int
    head: int
    journal_key: str


def proof_words(folder: Path) -> ProofWords:
    """Read what the folder of a version proves. Refuses (`VerificationFailed`) a proof that cannot be read."""
    proof = read_proof((folder / NAME).read_bytes())
    roles, _ = shape(read(folder / ROLES), Roles)
    segment = proof.segment()
    return ProofWords(
        proof=proof,
        signatures=tuple(
            Signature(_ACTS.get(one.act, one.act), _person(roles, one.person), datetime.fromisoformat(one.date))
            for one in proof.signatories
        ),
        demonstration=any(_known_to_all(roles, one.person) for one in proof.signatories),
        gates=tuple(
            Gate(
                _GATES.get(gate.gate, gate.gate),
                _checks(gate.public.get("checks")),
                gate.executor,
                _waived(gate.public.get("waived")),
            )
            for gate in proof.gates
            if gate.public.get("checks") != 0  # a first version has none before it to be compared with
        ),
        entry=segment.entries[0].index,
        head=segment.head.index,
        journal_key=segment.key,
    )


def _waived(value: object) -> tuple[Mapping[str, str], ...]:
    listed = value if isinstance(value, list) else []
    return tuple({str(name): str(said) for name, said in one.items()} for one in listed if isinstance(one, dict))


def _checks(value: object) -> int:
    return value if isinstance(value, int) else 0


def _person(roles: Roles | None, identifier: str) -> str:
    person = roles.person(identifier) if roles else None
    return person.name if person else identifier


def _known_to_all(roles: Roles | None, identifier: str) -> bool:
    person = roles.person(identifier) if roles else None
    return person is not None and person.key == key_text(demonstration_key(identifier))
