"""Identifiers and names that two neighbouring columns hold together: halves of a number, a surname and a given name."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Final

import regex

from catalog.gates.cells import Cells, PairCount, PairForms
from catalog.gates.findings import PERSON, Context, Finding
from catalog.gates.plain import LETTER
from catalog.gates.recognisers import Decision
from catalog.gates.recognisers.civil import has_matricule_digits, has_nir_key
from catalog.gates.recognisers.codes import has_iban_rest, is_plate
from catalog.gates.recognisers.contact import PRIVATE_MAIL, is_landline, is_mobile, is_personal_address
from catalog.gates.recognisers.full_names import full_names
from catalog.gates.recognisers.given_names import FOLDED_GIVEN_NAMES
from catalog.gates.recognisers.recogniser import folded, has_word
from catalog.gates.scanned_column import OFFICIALS, ScannedColumn, Tally
from charter.vocabulary import FieldType

_S: Final = "[ ./-]?"
_NUMBERS: Final = {
    "nir": rf"[1-478]{_S}\d{_S}\d{_S}(?:0{_S}[1-9]|1{_S}[0-2]|[2-9]{_S}\d){_S}\d{_S}[0-9ABab](?:{_S}\d){{8}}",
    "matricule": rf"(?:1{_S}9|2{_S}0)(?:{_S}\d){{2}}{_S}[01](?:{_S}\d){{8}}",
    "phone": rf"(?:\+33|0033|0){_S}[1-9](?:{_S}\d){{8}}",
    "iban": rf"[A-Za-z]{{2}}{_S}\d{_S}\d(?:{_S}[A-Za-z0-9]){{11,30}}",
    "plate": rf"[A-HJ-NP-TV-Z]{_S}[A-HJ-NP-TV-Z]{_S}\d{_S}\d{_S}\d{_S}[A-HJ-NP-TV-Z]{_S}[A-HJ-NP-TV-Z]",
}
"""The forms of numbers whose halves stand in two columns."""
_WORD: Final = rf"[{LETTER}][{LETTER} '-]+"
_DOMAIN: Final = r"@?(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}"
FORMS: Final = PairForms(together="|".join(_NUMBERS.values()), each=_WORD, other=_DOMAIN)
_COMPILED: Final = {kind: regex.compile(form, regex.ASCII) for kind, form in _NUMBERS.items()}
_DOMAIN_FORM: Final = regex.compile(_DOMAIN)
_LOCAL_FORM: Final = regex.compile(r"[\w.+-]{2,64}@?")
_WORD_FORM: Final = regex.compile(_WORD)
_KINDS: Final = (*_NUMBERS, "email", PERSON)
_TOLD_BY_NAME: Final = {
    "phone": ("tel", "phone", "mobile", "portable", "gsm", "numero", "num"),
    "plate": ("immat", "plaque", "plate", "vehicule"),
    PERSON: ("nom", "prenom", "name", "agent", "contact"),
}
_PUBLIC_CODES: Final = ("insee", "post", r"cp\b", "siren", "siret", "code", "dep", "com", "nic", "iris", "tel", "phone")
_KEYED_SHARE: Final = 0.2
"""A key passes once in 97 by chance: what has the form of a number and fails its key speaks against the number."""
_PLAIN_SHARE: Final = 0.5
_NUMBERS_AND_TEXTS: Final = frozenset({FieldType.TEXT, FieldType.CODE, FieldType.INTEGER})
_COLUMN_KINDS: Final = frozenset(
    {"varchar", "tinyint", "smallint", "integer", "bigint", "hugeint", "ubigint", "uinteger"}
)


@dataclass(slots=True)
class _Told:
    """What pairs of one form say: the rows of those that pass and of all."""

    proved: Tally
    rows: int = 0


def split_findings(cells: Cells, columns: Sequence[ScannedColumn]) -> Iterator[tuple[str, Finding, Tally]]:
    """Yield, for each of two neighbouring columns, what they hold only together."""
    kinds = dict(zip(cells.rows.columns, (each.id for each in cells.rows.types), strict=True))
    for left, right in pairwise(columns):
        if all(_may_be_half(each, kinds[each.name]) for each in (left, right)):
            for finding, tally in _found(cells, left, right):
                yield left.name, finding, tally
                yield right.name, finding, tally


def _may_be_half(column: ScannedColumn, kind: str) -> bool:
    if column.of_type and column.of_type.type not in _NUMBERS_AND_TEXTS:
        return False
    return kind in _COLUMN_KINDS and not column.closed and OFFICIALS not in column.declared


def _found(cells: Cells, left: ScannedColumn, right: ScannedColumn) -> Iterator[tuple[Finding, Tally]]:
    names = f"{Context.of(left.name).name} {Context.of(right.name).name}"
    told = {kind: _Told(Tally()) for kind in _KINDS}
    total = 0
    for batch in cells.pairs(left.name, right.name, FORMS):
        for pair in batch:
            _tell(pair, told, names)
    for kind, each in told.items():
        if not each.proved.rows:
            continue
        total = total or cells.filled(left.name, right.name)
        decision = _decision(kind, each, total=total, names=names)
        if decision:
            yield Finding(kind, decision), each.proved


def _tell(pair: PairCount, told: dict[str, _Told], names: str) -> None:
    kinds = [kind for kind, form in _COMPILED.items() if form.fullmatch(pair.one + pair.other)]
    for kind in [*kinds, "email", PERSON]:
        told[kind].rows += pair.rows
        if _is_proved(kind, pair, names):
            told[kind].proved.add(pair)


def _is_proved(kind: str, pair: PairCount, names: str) -> bool:
    if kind == "email":
        return _is_address(pair)
    if kind == PERSON:
        return _is_name(pair, names)
    return _PROOFS[kind](f"{pair.one}{pair.other}")


_PROOFS: Final[Mapping[str, Callable[[str], bool]]] = MappingProxyType(
    {
        "nir": has_nir_key,
        "matricule": has_matricule_digits,
        "phone": lambda text: is_mobile(text) or is_landline(text),
        "iban": has_iban_rest,
        "plate": is_plate,
    }
)


def _is_address(pair: PairCount) -> bool:
    if not _DOMAIN_FORM.fullmatch(pair.other) or not _LOCAL_FORM.fullmatch(pair.one):
        return False
    one, other = pair.one.rstrip("@"), pair.other.lstrip("@")
    marked = one != pair.one or other != pair.other
    return is_personal_address(f"{one}@{other}") and (marked or other.casefold() in PRIVATE_MAIL)


def _is_name(pair: PairCount, names: str) -> bool:
    """Tell whether two cells are a given name and a surname; where the columns say so, one known part will do."""
    if not (_WORD_FORM.fullmatch(pair.one) and _WORD_FORM.fullmatch(pair.other)):
        return False
    if has_word(("prenom", "firstname", "given"), names) and has_word(("nom", "lastname", "surname", "name"), names):
        return any(folded(each).split("-")[0] in FOLDED_GIVEN_NAMES for each in (pair.one, pair.other))
    found = full_names(f"{pair.one} {pair.other}")
    return any(each.sure and each.start < len(pair.one) < each.end for each in found)


def _decision(kind: str, told: _Told, *, total: int, names: str) -> Decision | None:
    named = has_word(_TOLD_BY_NAME.get(kind, ()), names) if kind in _TOLD_BY_NAME else False
    share = told.proved.rows / max(total, 1)
    match kind:
        case "nir" | "matricule":
            return Decision.BLOCK if told.proved.rows >= _KEYED_SHARE * told.rows else None
        case "iban" | "email":
            return Decision.BLOCK
        case "phone" if has_word(_PUBLIC_CODES, names) and not named:
            return None
        case _ if named:
            return Decision.BLOCK
        case _:
            return Decision.REVIEW if share >= _PLAIN_SHARE else None
