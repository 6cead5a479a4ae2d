"""Reviews of masked texts: the DPO's signed decisions, one envelope a line, found again by a keyed mark of the text.

Sources: LANGUAGE.md section 5 (`masquer`, `relecture: dpo`) and section 6 ("A line not yet reviewed is withheld
whole"). The file holds no original text: its mark under a key of the dataset, and the text as the DPO confirmed it.
A text that changes has another mark, so it waits for a review of its own.
"""

import hmac
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Final

from charter.acts import Adopted
from charter.model import Roles
from charter.signed_lines import Decided, Lines
from eclor.world import KeyRing, Secret

FOLDER: Final = "reviews"
"""Where reviews are kept in a home, one file a dataset."""
PAYLOAD_TYPE: Final = "application/vnd.eclor.relecture+json"
_BETWEEN: Final = "\x1f"


class Decision(StrEnum):
    """What the DPO says of a text."""

    PUBLISH = "publier"
    WITHHOLD = "retenir"


class Review(Decided):
    """One decision, as its payload says it. `texte` is empty where the line is withheld."""

    relecture: str
    colonne: str
    ligne: str
    texte: str


def _review(payload: bytes) -> Review:
    review = Review.model_validate_json(payload)
    Decision(review.relecture)
    return review


_LINES: Final = Lines(PAYLOAD_TYPE, _review, broken="review.broken")


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
    Refuses (`VerificationFailed`, `review.broken`) the whole file for one line that is not so: nothing leaves then.
    """
    decided: dict[str, str | None] = {}
    for review in _LINES.signed_by_dpo(file, dataset=dataset, adopted=adopted, roles=roles):
        is_shown = Decision(review.relecture) is Decision.PUBLISH
        decided[review.ligne] = review.texte if is_shown else None
    return Reviews(decided)


def review_line(review: Review, key: Secret) -> bytes:
    """Return the signed line of a decision; its key is the reviewer's, a bug of the caller otherwise."""
    return _LINES.signed(review, key)


def add_reviews(file: Path, lines: Sequence[bytes]) -> None:
    """Add signed lines at once, for good: all of them stand, or none."""
    _LINES.add(file, lines)


def forget_reviews(file: Path, *, held: Collection[str]) -> int:
    """Let go of the decisions on texts that are no longer held, by their marks; return how many went.

    Refuses (`VerificationFailed`, `review.broken`) a line that is none.
    """
    return _LINES.keep(file, lambda review: review.ligne in held)
