"""Rows written as text column by column, in Arrow's own loops: the same bytes as one row at a time, for a tenth of it.

A value that Arrow would not write as a row writer does (a decimal with an exponent, a text with an escape) is written
alone, by the row writer's own rule. Texts that come back (a code, a day) are written once a batch.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from orjson import dumps, loads

from charter.release_parts import ReleaseColumn
from charter.vocabulary import FieldType

TEXT: Final = pa.large_string()
Part: TypeAlias = "pa.Array | str"
"""What a line is made of: a column of texts without null, or a text that every row has."""
_PLAIN_SCALE: Final = 6
"""Up to this scale Arrow never writes a decimal with an exponent."""
_ESCAPED: Final = r'["\\\x00-\x1f]'
_QUOTED: Final = ('"', ",", "\n")
_LEAST_PLAIN: Final = 0x20


@dataclass(frozen=True, slots=True)
class Writing:
    """How values are written: all at once, or as parts to be joined, null staying null; and what stands for null."""

    texts: Callable[[pa.Array], "pa.Array | tuple[Part, ...]"]
    null: str

    def parts(self, values: pa.Array, before: str, after: str) -> list[Part]:
        """Return the column's cells with what stands before and after each."""
        if not pa.types.is_dictionary(values.type):
            made = self._made(values)
            if values.null_count:
                made = (pc.fill_null(_join(made), self.null),)
            return [before, *made, after]
        if len(values.dictionary) > len(values):
            return self.parts(values.dictionary_decode(), before, after)
        few = _join([before, *self._made(values.dictionary), after])
        return [pc.fill_null(few.take(values.indices), before + self.null + after)]

    def _made(self, values: pa.Array) -> tuple[Part, ...]:
        texts = self.texts(values)
        return texts if isinstance(texts, tuple) else (texts,)


def joined(parts: Iterable[Part]) -> pa.Buffer:
    """Return parts joined row by row, as one run of bytes."""
    return letters(_join(_fewest(parts)))


def letters(texts: pa.Array) -> pa.Buffer:
    """Return the letters of all the texts, one after the other; there may be some of a null among them."""
    _, offsets, content = texts.buffers()
    if content is None or not len(texts):
        return pa.py_buffer(b"")
    bounds = memoryview(offsets).cast("q")
    first, last = bounds[texts.offset], bounds[texts.offset + len(texts)]
    return content.slice(first, last - first)


def _fewest(parts: Iterable[Part]) -> list[Part]:
    """Return the same parts, texts that follow each other made one."""
    fewer: list[Part] = []
    for part in parts:
        if isinstance(part, str) and fewer and isinstance(fewer[-1], str):
            fewer[-1] += part
        elif not isinstance(part, str) or part:
            fewer.append(part)
    return fewer


def _join(parts: Sequence[Part], between: str = "") -> pa.Array:
    return pc.binary_join_element_wise(
        *(pa.scalar(part, TEXT) if isinstance(part, str) else part for part in parts), pa.scalar(between, TEXT)
    )


def csv_lines(batch: pa.RecordBatch) -> pa.Buffer:
    """Return one line of CSV a row: quotes only where they are needed, empty for no value."""
    return delimited(batch, _CSV, ",", ("", "\n"))


def delimited(batch: pa.RecordBatch, writing: Writing, separator: str, around: tuple[str, str]) -> pa.Buffer:
    """Return the rows as one run of bytes, what stands around each, their cells parted by a separator."""
    return letters(delimited_rows(batch, writing, separator, around))


def delimited_rows(batch: pa.RecordBatch, writing: Writing, separator: str, around: tuple[str, str]) -> pa.Array:
    """Return the text of each row, what stands around it, its cells parted by a separator.

    That costs half of what cells with one behind each do.
    """
    last = batch.num_columns - 1
    befores, behinds = [around[0], *[""] * last], [*[""] * last, around[1]]
    cells = map(writing.parts, batch.columns, befores, behinds)
    return _join([_cell(_fewest(cell)) for cell in cells], separator)


def _cell(parts: list[Part]) -> Part:
    return parts[0] if len(parts) == 1 else _join(parts)


def holds_return(values: pa.Array) -> bool:
    """Say whether a text of the column holds a carriage return."""
    texts = values.dictionary if pa.types.is_dictionary(values.type) else values
    return _is_text(texts.type) and b"\r" in letters(pc.cast(texts, TEXT)).to_pybytes()


def json_parts(batch: pa.RecordBatch, columns: Sequence[ReleaseColumn]) -> list[Part]:
    """Return the parts of one JSON object a row, keys in the columns' order."""
    parts: list[Part] = [] if columns else ["{"]
    for place, (values, column) in enumerate(zip(batch.columns, columns, strict=True)):
        key = ("," if place else "{") + dumps(column.name).decode() + ":"
        parts += json_writing(column).parts(values, key, "")
    return [*parts, "}"]


def json_writing(column: ReleaseColumn) -> Writing:
    """Return how JSON holds a column: decimals keep their digits, a geometry is an object rather than its text."""
    return _GEOMETRY if column.type == FieldType.GEOMETRY else _JSON


def replaced(texts: pa.Array, odd: pa.Array, write: Callable[[Any], str], values: pa.Array) -> pa.Array:
    """Return texts, but those of the odd rows written from their value by a rule of their own."""
    odd = pc.fill_null(odd, False)
    if not pc.any(odd).as_py():
        return texts
    return pc.replace_with_mask(texts, odd, _mapped(values.filter(odd), write))


def _mapped(values: pa.Array, write: Callable[[Any], str]) -> pa.Array:
    return pa.array([None if value is None else write(value) for value in values.to_pylist()], TEXT)


def _csv_texts(values: pa.Array) -> "pa.Array | tuple[Part, ...]":
    if not _is_text(values.type):
        return numbers(values)
    return between_quotes(pc.cast(values, TEXT), _QUOTED)


def between_quotes(
    texts: pa.Array, signs: Sequence[str], empty: pa.Array | None = None
) -> "pa.Array | tuple[Part, ...]":
    """Return texts, between quotes where one of these signs stands in them, or where it is said that they are empty."""
    held = letters(texts).to_pybytes()
    found = [sign for sign in signs if sign.encode() in held]
    odds = [pc.match_substring(texts, sign) for sign in found] + ([] if empty is None else [empty])
    if not odds:
        return texts
    odd = reduce(pc.or_, odds)
    mark: Part = '"' if pc.all(odd).as_py() else pc.if_else(odd, pa.scalar('"', TEXT), pa.scalar("", TEXT))
    return mark, pc.replace_substring(texts, '"', '""') if '"' in found else texts, mark


def _json_texts(values: pa.Array) -> "pa.Array | tuple[Part, ...]":
    if not _is_text(values.type):
        return numbers(values)
    texts = pc.cast(values, TEXT)
    if not _holds_escaped(letters(texts).to_pybytes()):
        return '"', texts, '"'
    odd = pc.match_substring_regex(texts, _ESCAPED)
    return replaced(_join(['"', texts, '"']), odd, lambda text: dumps(text).decode(), texts)


def _holds_escaped(text: bytes) -> bool:
    """Say whether a letter is one that JSON escapes."""
    if b'"' in text or b"\\" in text:
        return True
    return bool(text) and int(np.frombuffer(text, np.uint8).min()) < _LEAST_PLAIN


def _geometry_texts(values: pa.Array) -> pa.Array:
    return _mapped(values, lambda text: dumps(loads(text)).decode()) if _is_text(values.type) else numbers(values)


def numbers(values: pa.Array) -> pa.Array:
    """Return numbers and truth values as both formats write them."""
    kind = values.type
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind) or _is_plain_decimal(kind):
        return pc.cast(values, TEXT)
    return _mapped(values, _number)


def _number(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _is_plain_decimal(kind: pa.DataType) -> bool:
    return bool(pa.types.is_decimal(kind)) and 0 <= kind.scale <= _PLAIN_SCALE


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


_CSV: Final = Writing(_csv_texts, "")
_JSON: Final = Writing(_json_texts, "null")
_GEOMETRY: Final = Writing(_geometry_texts, "null")
