"""What the DPO signs line by line: a file of envelopes, each by who was DPO under the roles adopted at its date.

Nothing is believed of a file that is not hers whole: one line that is not refuses all of them.
"""

import fcntl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from securesystemslib.exceptions import FormatError

from charter.acts import Adopted
from charter.model import Roles
from charter.signatures import key_text, open_envelope, sign, signer_of
from charter.vocabulary import PersonRole
from eclor.durable import write_whole
from eclor.errors import Place, PolicyRefused, VerificationFailed
from eclor.world import Secret

_UNREADABLE: Final = (
    PolicyRefused, FormatError, ValidationError, ValueError, LookupError, TypeError, AttributeError, StopIteration,
    RecursionError,
)  # fmt: skip
"""What a line that is no envelope of ours may raise."""


class Decided(BaseModel):
    """One decision of the DPO on a dataset, as its payload says it (French keys, as signed)."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    jeu: str
    personne: str
    cle: str
    date: str

    @property
    def instant(self) -> datetime:
        """Return when it was signed."""
        return datetime.fromisoformat(self.date)


Said = TypeVar("Said", bound=Decided)


@dataclass(frozen=True, slots=True)
class Lines(Generic[Said]):
    """One kind of signed lines: the type of its envelopes, how a payload is read, the code of a line that is none."""

    payload_type: str
    read: Callable[[bytes], Said]
    """Raises `ValueError`, as pydantic does, for a payload that is none."""
    broken: str

    def signed_by_dpo(self, file: Path, *, dataset: str, adopted: Sequence[Adopted], roles: Roles) -> Iterator[Said]:
        """Read each decision in the order of signing; `roles` are those before anything was adopted.

        Refuses (`VerificationFailed`) the whole file for one line that is not the DPO's on this dataset.
        """
        for number, said in self._opened(file):
            if said.jeu != dataset or not _is_by_dpo(said, _roles_at(said.instant, adopted, roles)):
                raise self._broken(file, number)
            yield said

    def signed(self, said: Said, key: Secret) -> bytes:
        """Return the signed line of a decision; its key is the signer's, a bug of the caller otherwise."""
        assert said.cle == key_text(key), "a decision is signed by its own key"
        return sign(said.model_dump(), key, of=self.payload_type) + b"\n"

    def add(self, file: Path, lines: Sequence[bytes]) -> None:
        """Add signed lines at once, for good: all of them stand, or none."""
        with _held(file):
            before = file.read_bytes() if file.exists() else b""
            write_whole(file, before + b"".join(lines), mode=0o600)

    def keep(self, file: Path, is_kept: Callable[[Said], bool]) -> int:
        """Let go of the lines that are not to be kept; return how many went. Refuses a line that is none."""
        with _held(file):
            lines = file.read_bytes().splitlines(keepends=True) if file.exists() else []
            kept = [line for number, line in enumerate(lines, start=1) if is_kept(self._one(line, file, number))]
            if len(kept) < len(lines):
                write_whole(file, b"".join(kept), mode=0o600)
        return len(lines) - len(kept)

    def _opened(self, file: Path) -> Iterator[tuple[int, Said]]:
        content = file.read_bytes() if file.exists() else b""
        for number, line in enumerate(content.splitlines(keepends=True), start=1):
            yield number, self._one(line, file, number)

    def _one(self, line: bytes, file: Path, number: int) -> Said:
        if not line.endswith(b"\n"):
            raise self._broken(file, number)
        try:
            key = signer_of(line[:-1])
            payload = open_envelope(line[:-1], place=_place(file, number), keys=frozenset([key]), of=self.payload_type)
            said = self.read(payload)
            is_sound = said.cle == key and said.instant.tzinfo is not None
        except _UNREADABLE as broken:
            raise self._broken(file, number) from broken
        if not is_sound:
            raise self._broken(file, number)
        return said

    def _broken(self, file: Path, number: int) -> VerificationFailed:
        return VerificationFailed(self.broken, place=_place(file, number))


def _place(file: Path, number: int) -> Place:
    """Return where a line stands in the home: the reason of a refusal is public, the machine's paths are not."""
    return Place(f"{file.parent.name}/{file.name}", number, 1)


def _roles_at(instant: datetime, adopted: Sequence[Adopted], roles: Roles) -> Roles:
    return next((held.roles for held in reversed(adopted) if held.since <= instant), roles)


def _is_by_dpo(said: Decided, roles: Roles) -> bool:
    person = roles.person(said.personne)
    return person is not None and person.person_role is PersonRole.DPO and person.key == said.cle


@contextmanager
def _held(file: Path) -> Iterator[None]:
    """Hold a dataset's decisions: whoever comes meanwhile waits."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with file.with_name(f".{file.name}.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
