"""What the DPO lets through of what the personal-data gate doubts: one column, one finding, one release, one reason.

A doubt is lifted for the very rows that she was told of: their digest is signed with it, so the next rows of the same
dataset are asked about again. What the gate blocks is lifted by nobody. Each waiver is told in the journal too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from charter.acts import Adopted
from charter.model import Roles
from charter.signed_lines import Decided, Lines
from eclor.names import Sha256
from eclor.world import Secret

FOLDER: Final = "waivers"
"""Where waivers are kept in a home, one file a dataset."""
PAYLOAD_TYPE: Final = "application/vnd.eclor.levee+json"


class Waiver(Decided):
    """One waiver, as its payload says it: the column, the finding, the digest of the release, and why."""

    colonne: str
    constat: str
    publication: str
    motif: str


_LINES: Final = Lines(PAYLOAD_TYPE, Waiver.model_validate_json, broken="gate.broken-waivers")


@dataclass(frozen=True, slots=True)
class Waivers:
    """The waivers of a dataset, by the release, the column and the finding that they are about."""

    signed: Mapping[tuple[str, str, str], Waiver] = field(default_factory=dict)

    def of(self, release: Sha256, column: str, finding: str) -> Waiver | None:
        """Return who lifted a finding in a column of a release, if anybody did."""
        return self.signed.get((release, column, finding))


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
