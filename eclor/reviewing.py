"""The DPO's reading of masked texts: what waits is written down for her alone, what she decides is signed and kept.

Source: LANGUAGE.md sections 5 and 6. An original is written nowhere but in the file that she asks for.
"""

import json
import unicodedata
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
from pydantic import BaseModel, ConfigDict, ValidationError

from catalog.gates.redaction import proposals
from charter.acting import Signatory
from charter.model import Policy
from charter.reviewed import masked_fields
from charter.reviews import (
    NO_REVIEWS,
    Decision,
    Review,
    Reviews,
    add_reviews,
    mark_of,
    read_reviews,
    review_file,
    review_key,
    review_line,
)
from charter.signatures import key_text
from charter.vocabulary import PersonRole
from eclor.errors import PayloadRefused, RequestRefused, SourceUnavailable
from eclor.house import House
from eclor.names import FieldName, Slug
from eclor.standing import standing

_UNSAID: Final = ""
"""`decision` of a line that the DPO leaves for later."""
INSTRUCTIONS: Final = (
    "Pour chaque ligne, corrigez « texte » s'il le faut, puis écrivez « publier » ou « retenir » dans « decision ». "
    "Une ligne laissée vide attend. Ne changez rien d'autre. Détruisez ce fichier ensuite : il porte les originaux."
)


class Entry(BaseModel):
    """One text to read, as the review file says it (French keys: the DPO reads them)."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    ligne: str
    colonne: str
    lignes: int
    original: str
    texte: str
    decision: str


class Asked(BaseModel):
    """A review file."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    jeu: str
    consigne: str
    lignes: list[Entry]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How a dataset's texts stand: those to read, by column with their rows, and how many were decided."""

    texts: Mapping[str, Mapping[str, int]]
    published: int
    withheld: int

    @property
    def count(self) -> int:
        """Return how many distinct texts wait."""
        return sum(len(texts) for texts in self.texts.values())


def reviews_of(dataset: str, house: House) -> Reviews:
    """Return what the DPO decided of a dataset. Refuses (`VerificationFailed`) a file that is not hers whole."""
    file = review_file(house.settings.home, dataset)
    if not file.exists():
        return NO_REVIEWS
    adopted = house.desk.adoptions().held
    return read_reviews(file, dataset=dataset, adopted=adopted, roles=house.territory.roles)


def waiting(dataset: Slug, house: House) -> Waiting:
    """Look for the texts that wait among the rows held.

    Refuses (`RequestRefused`, `review.nothing-masked`) a dataset that publishes none.
    """
    decided, key = reviews_of(dataset, house).decided, review_key(house.world.keys, dataset)
    texts: dict[str, dict[str, int]] = {}
    published = withheld = 0
    for column, counted in _held_texts(dataset, house).items():
        for text, rows in sorted(counted.items()):
            mark = mark_of(key, dataset=dataset, column=column, text=text)
            if mark not in decided:
                texts.setdefault(column, {})[text] = rows
            elif decided[mark] is None:
                withheld += 1
            else:
                published += 1
    return Waiting(texts, published, withheld)


def held_marks(dataset: Slug, house: House) -> frozenset[str]:
    """Return the marks of all the texts of a dataset that are held now."""
    key = review_key(house.world.keys, dataset)
    return frozenset(
        mark_of(key, dataset=dataset, column=column, text=text)
        for column, texts in _held_texts(dataset, house).items()
        for text in texts
    )


def proposed(dataset: Slug, found: Waiting, house: House) -> bytes:
    """Return the review file: each text that waits beside what is proposed in its place."""
    key, entries = review_key(house.world.keys, dataset), []
    for column, counted in found.texts.items():
        texts = list(counted)
        for text, proposal in zip(texts, proposals(texts, column=column), strict=True):
            mark = mark_of(key, dataset=dataset, column=column, text=text)
            entries.append(
                Entry(ligne=mark, colonne=column, lignes=counted[text], original=text, texte=proposal, decision=_UNSAID)
            )
    asked = Asked(jeu=dataset, consigne=INSTRUCTIONS, lignes=entries)
    return json.dumps(asked.model_dump(), ensure_ascii=False, indent=2).encode() + b"\n"


def decide(dataset: Slug, file: Path, *, by: Signatory, house: House) -> Mapping[Decision, int]:
    """Sign and keep the decisions of a review file, all or none; return how many of each.

    Refuses (`RequestRefused`) who is not the DPO of the policy, (`PayloadRefused`) a file or a line of it that is not
    as `proposed` made it; names a line by its number, never by its text.
    """
    policy = _policy(dataset, house)
    check_dpo(policy, by, house)
    asked, key = _read(file, dataset), review_key(house.world.keys, dataset)
    masked = {field.name for field in masked_fields(policy)}
    reviews = []
    for number, entry in enumerate(asked.lignes, start=1):
        if entry.decision != _UNSAID:
            is_ours = entry.colonne in masked and entry.ligne == mark_of(
                key, dataset=dataset, column=entry.colonne, text=entry.original
            )
            reviews.append(_review(dataset, entry, by=by, house=house) if is_ours and _is_sound(entry) else None)
            if reviews[-1] is None:
                raise PayloadRefused("review.entry", number=number)
    made = [review for review in reviews if review is not None]
    reviews_of(dataset, house)  # nothing is added after a line that is not hers
    if made:
        add_reviews(review_file(house.settings.home, dataset), [review_line(review, by.key) for review in made])
    return Counter(Decision(review.relecture) for review in made)


def _review(dataset: Slug, entry: Entry, *, by: Signatory, house: House) -> Review:
    return Review(
        relecture=entry.decision,
        jeu=dataset,
        colonne=entry.colonne,
        ligne=entry.ligne,
        texte=entry.texte.strip() if entry.decision == Decision.PUBLISH else "",
        personne=by.person,
        cle=key_text(by.key),
        date=house.world.clock.now().isoformat(timespec="seconds"),
    )


def _is_sound(entry: Entry) -> bool:
    """Tell whether a decision can be signed: a known word, and for a text that appears a line that can be read."""
    if entry.decision == Decision.WITHHOLD:
        return True
    text = entry.texte.strip()
    is_plain = unicodedata.is_normalized("NFC", text) and not any(unicodedata.category(c)[0] == "C" for c in text)
    return entry.decision == Decision.PUBLISH and bool(text) and is_plain


def _read(file: Path, dataset: Slug) -> Asked:
    """Read a review file; what is refused is said outside of what failed, which holds texts."""
    try:
        content = file.read_bytes().removeprefix(BOM_UTF8)  # as some editors write it before the first letter
    except OSError as error:
        raise PayloadRefused("review.no-file", file=str(file), dataset=dataset) from error
    if broken := _broken_at(content):
        raise PayloadRefused("review.broken-file", file=str(file), line=broken[0], column=broken[1])
    try:
        asked = Asked.model_validate_json(content)
    except ValidationError:
        asked = None
    if asked is None or asked.jeu != dataset:
        raise PayloadRefused("review.unreadable", file=str(file), dataset=dataset)
    return asked


def _broken_at(content: bytes) -> tuple[int, int] | None:
    """Return the line and column where a file stops being JSON, if it does."""
    try:
        json.loads(content)
    except json.JSONDecodeError as broken:
        return broken.lineno, broken.colno
    except ValueError:  # not UTF-8: from its first letter on
        return 1, 1
    except RecursionError:  # too deep to be one of ours: what reads it next says so
        return None
    return None


def check_dpo(policy: Policy, by: Signatory, house: House) -> None:
    """Refuse (`RequestRefused`) who is not the DPO that a policy names, and a key that is not hers."""
    held = house.desk.adoptions().held
    roles, dpo = held[-1].roles if held else house.territory.roles, policy.governance.dpo
    person = roles.person(by.person)
    if person is None or by.person != dpo or person.person_role is not PersonRole.DPO:
        raise RequestRefused("review.not-dpo", person=by.person, dataset=policy.dataset, dpo=dpo)
    if person.key != key_text(by.key):
        raise RequestRefused("review.other-key", person=by.person)


def _policy(dataset: Slug, house: House) -> Policy:
    policy = standing(dataset, house).policy
    if not masked_fields(policy):
        raise RequestRefused("review.nothing-masked", dataset=dataset)
    return policy


def _held_texts(dataset: Slug, house: House) -> dict[str, Counter[str]]:
    """Return the distinct texts of each masked column that are held, with their rows; none before any row came."""
    names = [FieldName(field.name) for field in masked_fields(_policy(dataset, house))]
    found: dict[str, Counter[str]] = {name: Counter() for name in names}
    flow = house.flows(dataset)[0]
    try:
        raw = house.store.held(dataset, flow.name)
    except SourceUnavailable:
        return found
    for table in house.store.tables(raw, names):
        for name in names:
            found[name].update(_texts(table[name]))
    return found


def _texts(column: pa.ChunkedArray) -> Iterator[str]:
    return (text for text in column.cast(pa.string()).to_pylist() if text)
