"""The cells of a release, read by DuckDB: which columns are proved harmless by their form, which texts are suspect."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from catalog.gates.recognisers import Recogniser
from charter.apply import ReleaseColumn
from charter.vocabulary import FieldType

if TYPE_CHECKING:
    import duckdb

_ROW: Final = "file_row_number"
_BATCH: Final = 5_000
_NESTED: Final = frozenset({"array", "json", "list", "map", "struct", "union", "variant"})

_WIDE_DIGITS: Final = "０１２３４５６７８９"
_SPACES: Final = "\u00a0\u2007\u2009\u202f\u3000"
_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2212"
_NO_WIDTH: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_ODD: Final = f"{_WIDE_DIGITS}{_SPACES}{_DASHES}\uff20\uff0e\u2019{_NO_WIDTH}"
_PLAIN: Final = f"0123456789{' ' * len(_SPACES)}{'-' * len(_DASHES)}@.'"

_DATE: Final = r"\d{4}-\d{2}-\d{2}"
_NUMBER: Final = r"-?\d{1,3}(?:\.\d{1,17})?"
FORMS: Final = {
    FieldType.DATE: _DATE,
    FieldType.DATETIME: rf"{_DATE}T\d{{2}}:\d{{2}}(?::\d{{2}}(?:\.\d{{1,6}})?)?(?:Z|[+-]\d{{2}}:\d{{2}})?",
    FieldType.POSITION: rf"{_NUMBER},{_NUMBER}",
    FieldType.GEOMETRY: r'(?:[\s\[\]{},:.eE+-]|\d|"(?:type|coordinates|geometries|bbox|(?:Multi)?(?:Point|LineString|'
    r'Polygon)|GeometryCollection)")*',
    FieldType.BOOLEAN: "true|false",
    FieldType.INTEGER: r"-?\d{1,8}",
    FieldType.DECIMAL: r"-?\d{1,8}(?:\.\d{1,6})?",
}
"""RE2, whole cell: where all cells of a typed column have this form, no identifier fits in them."""


@dataclass(frozen=True, slots=True)
class TextCount:
    """A distinct text of a column, in how many rows it stands, and the first of them, from 1."""

    text: str
    rows: int
    first_row: int


@dataclass(frozen=True, slots=True)
class Cells:
    """The Parquet file of a release."""

    rows: "duckdb.DuckDBPyRelation"

    @classmethod
    @contextmanager
    def opened(cls, path: Path, scratch: Path) -> Iterator[Self]:
        """Open a release's rows, closed to the outside, with little memory and the rest spilled to `scratch`."""
        import duckdb  # noqa: PLC0415 - heavy: only the worker needs it

        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": "1GB",
            "threads": 2,
            "temp_directory": str(scratch),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        with duckdb.connect(config=config) as connection:
            yield cls(connection.read_parquet(str(path), file_row_number=True))

    def all_match(self, column: str, published: ReleaseColumn) -> bool:
        """Tell whether every cell of a typed column has its type's form: one scan."""
        form = FORMS.get(FieldType(published.type))
        if form is None or published.level:
            return False
        from duckdb import ConstantExpression, FunctionExpression  # noqa: PLC0415 - heavy

        fits = FunctionExpression("regexp_full_match", self._text(column), ConstantExpression(form))
        return self.rows.filter(~fits).limit(1).fetchone() is None

    def suspects(self, column: str, recognisers: Iterable[Recogniser]) -> Iterator[TextCount]:
        """Give every distinct text that the recognisers' filters let through, by first row: one scan."""
        filters = dict.fromkeys(each.prefilter for each in recognisers)
        for batch in self.batches_matching(column, ["|".join(f"(?:{each})" for each in filters)]):
            yield from batch

    def batches_matching(self, column: str, patterns: Iterable[str]) -> Iterator[list[TextCount]]:
        """Give the distinct texts that match all the RE2 patterns, some at a time, by first row: one scan."""
        from duckdb import ColumnExpression, ConstantExpression, FunctionExpression  # noqa: PLC0415 - heavy

        texts = self.rows.select(_plain(self._text(column)).alias("text"), ColumnExpression(_ROW).alias("place"))
        for pattern in patterns:
            matches = FunctionExpression("regexp_matches", ColumnExpression("text"), ConstantExpression(pattern))
            texts = texts.filter(matches)
        counted = texts.aggregate("text, count(*), min(place) + 1 AS first_row", "text").order("first_row")
        while found := counted.fetchmany(_BATCH):
            yield [TextCount(text, rows, first) for text, rows, first in found]

    def _text(self, column: str) -> "duckdb.Expression":
        """Return a column as text: what is nested as JSON, bytes as UTF-8 or not at all (an error)."""
        from duckdb import ColumnExpression, FunctionExpression  # noqa: PLC0415 - heavy: only the worker needs it

        cell = ColumnExpression(column)
        kind = self.rows.types[self.rows.columns.index(column)].id
        if kind in _NESTED:
            return FunctionExpression("to_json", cell).cast("VARCHAR")
        return FunctionExpression("decode", cell) if kind == "blob" else cell.cast("VARCHAR")


def _plain(text: "duckdb.Expression") -> "duckdb.Expression":
    """Return a text with one kind of space, dash, apostrophe and digit, and nothing of no width in it."""
    from duckdb import ConstantExpression, FunctionExpression  # noqa: PLC0415 - heavy: only the worker needs it

    return FunctionExpression("translate", text, ConstantExpression(_ODD), ConstantExpression(_PLAIN))
