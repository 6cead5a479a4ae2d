"""Identifiers and names that two neighbouring columns hold together: halves of a number, a surname and a given name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from catalog.gates.cells import Cells
from catalog.gates.findings import PERSON, Context, Finding
from catalog.gates.recognisers import Decision
from catalog.gates.recognisers.recogniser import has_word
from catalog.gates.scanned_column import OFFICIALS, ScannedColumn, Tally
from catalog.gates.split_kinds import ANY_FORM, split_kinds
from charter.vocabulary import FieldType

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


@dataclass(frozen=True, slots=True)
class _Rows:
    """In how many rows a kind is proved, or may be; has its form; and both columns have a value."""

    proved: int
    formed: int
    filled: int


def split_findings(cells: Cells, columns: Sequence[ScannedColumn]) -> Iterator[tuple[str, Finding, Tally]]:
    """Yield, for each of two neighbouring columns, what they hold only together."""
    kinds = cells.values.kinds
    for left, right in pairwise(columns):
        halves = all(_may_be_half(each, kinds[each.name]) for each in (left, right))
        if halves and cells.may_pair(left.name, right.name, ANY_FORM):
            for finding, tally in _found(cells, left, right):
                yield left.name, finding, tally
                yield right.name, finding, tally


def _may_be_half(column: ScannedColumn, kind: str) -> bool:
    if column.of_type and column.of_type.type not in _NUMBERS_AND_TEXTS:
        return False
    return kind in _COLUMN_KINDS and not column.closed and OFFICIALS not in column.declared


def _found(cells: Cells, left: ScannedColumn, right: ScannedColumn) -> Iterator[tuple[Finding, Tally]]:
    """Yield what two columns hold together: no half of somebody's name is a school's, a street's or a firm's.

    A kind is left once all that may still be proved would decide nothing.
    """
    names = f"{Context.of(left.name).name} {Context.of(right.name).name}"
    of_names = any(Context.of(each.name).of_names for each in (left, right))
    kinds = [
        each
        for each in split_kinds(names)
        if _decision(each.kind, _Rows(1, 1, 1), names) and not (of_names and each.kind == PERSON)
    ]
    pairs = cells.pairs(left.name, right.name)
    formed = pairs.count([each.form for each in kinds], among=ANY_FORM)
    filled = cells.filled(left.name, right.name) if any(formed) else 0
    for each, rows in zip(kinds, formed, strict=True):
        if not _decision(each.kind, _Rows(rows, rows, filled), names):
            continue
        likely = each.likely(pairs)
        [left_over] = pairs.count([likely], among=likely)
        if not _decision(each.kind, _Rows(left_over, rows, filled), names):
            continue
        proved = Tally()
        for batch in pairs.distinct(likely):
            for pair in batch:
                if each.proves(pair.one, pair.other):
                    proved.add(pair)
        if decision := _decision(each.kind, _Rows(proved.rows, rows, filled), names):
            yield Finding(each.kind, decision), proved


def _decision(kind: str, rows: _Rows, names: str) -> Decision | None:
    """Return what so many rows decide; more that are proved never decide less."""
    if not rows.proved:
        return None
    named = has_word(_TOLD_BY_NAME.get(kind, ()), names) if kind in _TOLD_BY_NAME else False
    match kind:
        case "nir" | "matricule":
            return Decision.BLOCK if rows.proved >= _KEYED_SHARE * rows.formed else None
        case "iban" | "email":
            return Decision.BLOCK
        case "phone" if has_word(_PUBLIC_CODES, names) and not named:
            return None
        case _ if named:
            return Decision.BLOCK
        case _:
            return Decision.REVIEW if rows.proved >= _PLAIN_SHARE * rows.filled else None
