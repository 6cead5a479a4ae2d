"""Reviews of masked texts: the DPO's signed decisions, one envelope a line, found again by a keyed mark of the text.

Sources: LANGUAGE.md section 5 (`masquer`, `relecture: dpo`) and section 6 ("A line not yet reviewed is withheld
whole"). The file holds no original text: its mark under a key of the dataset, and the text as the DPO confirmed it.
A text that changes has another mark, so it waits for a review of its own.
"""

import fcntl
import hmac
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError
from securesystemslib.exceptions import FormatError

from charter.acts import Adopted
from charter.model import Roles
from charter.signatures import key_text, open_envelope, sign, signer_of
from charter.vocabulary import PersonRole
from eclor.durable import write_whole
from eclor.errors import GuaranteeBroken, Place, PolicyRefused
from eclor.world import KeyRing, Secret

FOLDER: Final = "reviews"
"""Where reviews are kept in a home, one file a dataset."""
PAYLOAD_TYPE: Final = "application/vnd.eclor.relecture+json"
_UNREADABLE: Final = (
    PolicyRefused, FormatError, ValidationError, ValueError, LookupError, TypeError, AttributeError, StopIteration,
    RecursionError,
)  # fmt: skip
"""What a line that is no envelope of ours may raise."""
_BETWEEN: Final = "\x1f"


class Decision(StrEnum):
    """What the DPO says of a text."""

    PUBLISH = "publier"
    WITHHOLD = "retenir"


class Review(BaseModel):
    """One decision, as its payload says it (French keys, as signed). `texte` is empty where the line is withheld."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    relecture: str
    jeu: str
    colonne: str
    ligne: str
    texte: str
    personne: str
    cle: str
    date: str


@dataclass(frozen=True, slots=True)
class Reviews:
    """What was decided, by mark: the text that may appear, none for a line that is withheld."""

    decided: Mapping[str, str | None] = field(default_factory=dict)


NO_REVIEWS: Final = Reviews()


def review_key(keys: KeyRing, dataset: str) -> Secret:
    """Return the key that marks a dataset's texts: of its own, as a comparison group of one."""
    return keys.comparison_key(f"relecture.{dataset}")


def mark_of(key: Secret, *, dataset: str, column: str, text: str) -> str:
    """Return the mark of a text, exact to the byte: 64 hex digits that say nothing of it without the key."""
    message = _BETWEEN.join((dataset, column, text)).encode()
    return hmac.new(key.reveal(), message, sha256).hexdigest()


def review_file(home: Path, dataset: str) -> Path:
    """Return where a dataset's reviews are kept."""
    return home / FOLDER / f"{dataset}.jsonl"


def read_reviews(file: Path, *, dataset: str, adopted: Sequence[Adopted], roles: Roles) -> Reviews:
    """Read what the DPO decided, the last word on each text.

    Each envelope is signed by who was DPO under the roles adopted at its date, `roles` before anything was adopted.
    Refuses (`GuaranteeBroken`, `review.broken`) the whole file for one line that is not so: nothing is then published.
    """
    decided: dict[str, str | None] = {}
    for line, review in _lines(file):
        if review.jeu != dataset or not _is_by_dpo(review, _roles_at(review, adopted, roles)):
            raise _broken(file, line)
        is_shown = Decision(review.relecture) is Decision.PUBLISH
        decided[review.ligne] = review.texte if is_shown else None
    return Reviews(decided)


def _roles_at(review: Review, adopted: Sequence[Adopted], roles: Roles) -> Roles:
    return next((held.roles for held in reversed(adopted) if held.since <= _instant(review)), roles)


def _is_by_dpo(review: Review, roles: Roles) -> bool:
    person = roles.person(review.personne)
    return person is not None and person.person_role is PersonRole.DPO and person.key == review.cle


def _lines(file: Path) -> Iterator[tuple[int, Review]]:
    content = file.read_bytes() if file.exists() else b""
    for number, line in enumerate(content.splitlines(keepends=True), start=1):
        yield number, _opened(line, file, number)


def _opened(line: bytes, file: Path, number: int) -> Review:
    if not line.endswith(b"\n"):
        raise _broken(file, number)
    try:
        key = signer_of(line[:-1])
        payload = open_envelope(line[:-1], place=Place(str(file), number, 1), keys=frozenset([key]), of=PAYLOAD_TYPE)
        review = Review.model_validate_json(payload)
        is_sound = bool(Decision(review.relecture)) and _instant(review).tzinfo is not None
    except _UNREADABLE as broken:
        raise _broken(file, number) from broken
    if review.cle != key or not is_sound:
        raise _broken(file, number)
    return review


def _instant(review: Review) -> datetime:
    return datetime.fromisoformat(review.date)


def _broken(file: Path, number: int) -> GuaranteeBroken:
    return GuaranteeBroken("review.broken", place=Place(str(file), number, 1))


def review_line(review: Review, key: Secret) -> bytes:
    """Return the signed line of a decision; its key is the reviewer's, a bug of the caller otherwise."""
    assert review.cle == key_text(key), "a review is signed by its own key"
    return sign(review.model_dump(), key, of=PAYLOAD_TYPE) + b"\n"


def add_reviews(file: Path, lines: Sequence[bytes]) -> None:
    """Add signed lines at once, for good: all of them stand, or none."""
    with _held(file):
        before = file.read_bytes() if file.exists() else b""
        write_whole(file, before + b"".join(lines), mode=0o600)


def forget_reviews(file: Path, *, held: Collection[str]) -> int:
    """Let go of the decisions on texts that are no longer held, by their marks; return how many went.

    Refuses (`GuaranteeBroken`, `review.broken`) a line that is none.
    """
    with _held(file):
        lines = file.read_bytes().splitlines(keepends=True) if file.exists() else []
        kept = [line for number, line in enumerate(lines, start=1) if _opened(line, file, number).ligne in held]
        if len(kept) < len(lines):
            write_whole(file, b"".join(kept), mode=0o600)
    return len(lines) - len(kept)


@contextmanager
def _held(file: Path) -> Iterator[None]:
    """Hold a dataset's reviews: whoever comes meanwhile waits."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with file.with_name(f".{file.name}.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
