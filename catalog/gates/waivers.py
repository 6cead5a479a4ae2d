"""What the DPO lets through of what the personal-data gate doubts: one column, one finding, one release, one reason.

A doubt is lifted for the very rows that she was told of: the digest of a release, or that of the name of a partition as
it was received, is signed with it, so the next rows of the same dataset are asked about again. What the gate blocks is
lifted by nobody. Each waiver is told in the journal too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from catalog.gates.subject import Verdict
from charter.acts import Adopted
from charter.model import Roles
from charter.signed_lines import Decided, Lines
from eclor.names import Sha256
from eclor.world import Secret

FOLDER: Final = "waivers"
"""Where waivers are kept in a home, one file a dataset."""
PAYLOAD_TYPE: Final = "application/vnd.eclor.levee+json"


class Waiver(Decided):
    """One waiver, as its payload says it: the column, the finding, the digest of its rows, and why."""

    colonne: str
    constat: str
    publication: str
    motif: str


_LINES: Final = Lines(PAYLOAD_TYPE, Waiver.model_validate_json, broken="gate.broken-waivers")


@dataclass(frozen=True, slots=True)
class Waivers:
    """The waivers of a dataset, by the rows, the column and the finding that they are about.

    `before` are those that let through, as they were received, the rows that a release is made of.
    """

    signed: Mapping[tuple[str, str, str], Waiver] = field(default_factory=dict)
    before: tuple[Waiver, ...] = ()

    def of(self, rows: Sha256, column: str, finding: str) -> Waiver | None:
        """Return who lifted a finding in a column of these rows, if anybody did."""
        return self.signed.get((rows, column, finding))

    def heard(self, verdict: Verdict, rows: Sha256) -> tuple[Verdict, tuple[Waiver, ...]]:
        """Return a verdict on these rows without the doubts that were lifted for them, and what lifted them."""
        found = [(fault, self.of(rows, fault.column, fault.doubt) if fault.doubt else None) for fault in verdict.faults]
        left = tuple(fault for fault, waiver in found if waiver is None)
        return replace(verdict, faults=left), tuple(waiver for _, waiver in found if waiver)


NO_WAIVERS: Final = Waivers()


def waiver_file(home: Path, dataset: str) -> Path:
    """Return where a dataset's waivers are kept."""
    return home / FOLDER / f"{dataset}.jsonl"


def read_waivers(file: Path, *, dataset: str, adopted: Sequence[Adopted], roles: Roles) -> Waivers:
    """Read what the DPO lifted.

    Refuses (`VerificationFailed`, `gate.broken-waivers`) the whole file for one line that is not hers.
    """
    read = _LINES.signed_by_dpo(file, dataset=dataset, adopted=adopted, roles=roles)
    return Waivers({(one.publication, one.colonne, one.constat): one for one in read})


def waiver_line(waiver: Waiver, key: Secret) -> bytes:
    """Return the signed line of a waiver; its key is the signer's, a bug of the caller otherwise."""
    return _LINES.signed(waiver, key)


def add_waiver(file: Path, line: bytes) -> None:
    """Keep a signed line for good."""
    _LINES.add(file, [line])
