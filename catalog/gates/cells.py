"""The cells of a release, read by DuckDB: which columns are proved harmless by their form, which texts are suspect."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from catalog.gates.column_texts import (
    BATCH,
    LONG_BATCH,
    batches,
    column_of,
    counted,
    cut,
    few_or_suspect,
    is_long,
    sifted,
    suspects_among,
    with_form,
)
from catalog.gates.opening import once_asked, opened_engine
from catalog.gates.pairs import Pairs
from catalog.gates.sieve import Sieve
from catalog.gates.values import COUNT, ROWS, Values, values_of
from charter.apply import ReleaseColumn
from charter.vocabulary import FieldType
from eclor.engine.quoting import quoted

if TYPE_CHECKING:
    import duckdb

_ROW: Final = "file_row_number"
_MEMORY: Final = "1GB"
_MOST_PAIRS: Final = 20_000
"""Couples of values that are looked at without asking which of them stand in a row."""
_NESTED: Final = frozenset({"array", "json", "list", "map", "struct", "union", "variant"})
_WHOLE: Final = frozenset({"tinyint", "smallint", "integer", "bigint"})
_EIGHT_DIGITS: Final = 99_999_999
_FLOATING: Final = frozenset({"float", "double", "decimal"})
_LARGEST_INTEGER: Final = 1e38

_DATE: Final = r"\d{4}-\d{2}-\d{2}"
_NUMBER: Final = r"-?\d{1,3}(?:\.\d{1,17})?"
FORMS: Final = {
    FieldType.DATE: _DATE,
    FieldType.DATETIME: rf"{_DATE}T\d{{2}}:\d{{2}}(?::\d{{2}}(?:\.\d{{1,6}})?)?(?:Z|[+-]\d{{2}}:\d{{2}})?",
    FieldType.POSITION: rf"{_NUMBER},{_NUMBER}",
    FieldType.GEOMETRY: r'(?:[\s\[\]{},:.eE+-]|\d|"(?:type|coordinates|geometries|(?:Multi)?(?:Point|LineString|'
    r'Polygon)|GeometryCollection)")*',
    FieldType.BOOLEAN: "true|false",
    FieldType.INTEGER: r"-?\d{1,8}",
    FieldType.DECIMAL: r"-?\d{1,8}(?:\.\d{1,6})?",
}
"""RE2, whole cell: where all cells of a typed column have this form, no identifier fits in them."""


class TextCount(NamedTuple):
    """A distinct text of a column, in how many rows it stands, and the first of them, from 1."""

    text: str
    rows: int
    first_row: int


@dataclass(frozen=True, slots=True)
class Cells:
    """The Parquet file of a release: its values where they are told, its rows, opened once they are asked for.

    `beside` is a second connection, for what is asked while the rows are read: a query on the connection of the rows
    ends what is being read of them, and DuckDB says nothing of it.
    """

    values: Values
    engine: "Callable[[], duckdb.DuckDBPyConnection]"
    fractions: frozenset[str] = frozenset()
    """Columns of numbers whose decimals are read too."""

    @classmethod
    @contextmanager
    def opened(cls, path: Path, scratch: Path, fractions: Collection[str] = ()) -> Iterator[Self]:
        """Open a release's rows, closed to the outside, with little memory and the rest spilled to `scratch`."""
        with once_asked(lambda: opened_engine(path, scratch=scratch, memory=_MEMORY)) as engine:
            yield cls(values_of(path), engine, frozenset(fractions))

    @property
    def rows(self) -> "duckdb.DuckDBPyRelation":
        """Return the rows, with their numbers."""
        return self.engine().read_parquet(str(self.values.file), file_row_number=True)

    @property
    def beside(self) -> "duckdb.DuckDBPyConnection":
        """Return a second connection."""
        return self.engine().cursor()

    def all_match(self, column: str, published: ReleaseColumn) -> bool:
        """Tell whether every cell of a typed column has its type's form: one scan."""
        form = FORMS.get(FieldType(published.type))
        if form is None or published.level:
            return False
        from duckdb import ConstantExpression, FunctionExpression  # noqa: PLC0415 - heavy

        if self._kind(column) in _WHOLE and published.type == FieldType.INTEGER:
            cell, most = column_of(column), ConstantExpression(_EIGHT_DIGITS)
            fits = (cell <= most) & (cell >= -most)
        else:
            fits = FunctionExpression("regexp_full_match", self._text(column), ConstantExpression(form))
        return self._told(column).filter(~fits).limit(1).fetchone() is None

    def suspects(self, column: str, sieve: Sieve) -> Iterator[list[TextCount]]:
        """Give every distinct text that a sieve lets through, some at a time: one scan at most.

        The first row of those that the values of the column tell is not known yet (0): `first_rows`.
        """
        from duckdb import ColumnExpression  # noqa: PLC0415 - heavy: only the worker needs it

        told = self.values.table(column)
        if told is not None:
            texts = told.select(self._text(column).alias("text"), ColumnExpression(COUNT).alias("rows"))
            texts = texts.filter("text IS NOT NULL")
            if not texts.filter(is_long()).limit(1).fetchone():
                yield from (
                    [TextCount(text, count, 0) for text, count in rows] for rows in few_or_suspect(texts, sieve)
                )
                return
        yield from self._suspects_of_rows(column, sieve)

    def _suspects_of_rows(self, column: str, sieve: Sieve) -> Iterator[list[TextCount]]:
        """Give them from the rows.

        Long texts come last, one for each row in which they stand, by a second scan: they are never kept together.
        """
        from duckdb import ColumnExpression  # noqa: PLC0415 - heavy: only the worker needs it

        texts = self.rows.select(self._text(column).alias("text"), ColumnExpression(_ROW).alias("place"))
        for rows in suspects_among(texts.filter(~is_long()), sieve):
            yield [*map(TextCount._make, rows)]
        long = texts.filter(is_long())
        if long.limit(1).fetchone():
            for rows in batches(sifted(long, sieve), LONG_BATCH):
                yield [TextCount(text, 1, row + 1) for text, row in rows]

    def first_rows(self, column: str) -> dict[str, int]:
        """Return the first row of each distinct text of a column, from 1: one scan."""
        from duckdb import ColumnExpression  # noqa: PLC0415 - heavy: only the worker needs it

        texts = self.rows.select(self._text(column).alias("text"), ColumnExpression(_ROW).alias("place"))
        return dict(texts.aggregate("text, min(place) + 1", "text").fetchall())

    def may_pair(self, left: str, right: str, condition: str) -> bool:
        """Tell whether two columns may hold a pair that meets a condition; if it is not known, they may."""
        one, other = self.values.table(left), self.values.table(right)
        if one is None or other is None or len(one) * len(other) > _MOST_PAIRS:
            return True
        crossed = one.select(self._text(left).alias("one")).cross(other.select(self._text(right).alias("other")))
        return Pairs.of(crossed).rows.filter(condition).limit(1).fetchone() is not None

    def pairs(self, left: str, right: str) -> Pairs:
        """Return two columns as texts, side by side."""
        from duckdb import ColumnExpression  # noqa: PLC0415 - heavy: only the worker needs it

        place = ColumnExpression(_ROW).alias("place")
        return Pairs.of(self.rows.select(self._text(left).alias("one"), self._text(right).alias("other"), place))

    def filled(self, left: str, right: str) -> int:
        """Return in how many rows both columns have a value."""
        both = column_of(left).isnotnull() & column_of(right).isnotnull()
        row = self.rows.filter(both).count("*").fetchone()
        assert row is not None, "a count is one row"
        return int(row[0])

    def of_forms(self, forms: Mapping[str, str]) -> tuple[int, int]:
        """Return in how many rows each of some columns has its form (RE2), and the first of them, from 1: one scan."""
        from duckdb import ColumnExpression, ConstantExpression, FunctionExpression  # noqa: PLC0415 - heavy

        found = self.rows
        for column, form in forms.items():
            text = FunctionExpression("trim", self._text(column))
            found = found.filter(FunctionExpression("regexp_full_match", text, ConstantExpression(form)))
        row = found.select(ColumnExpression(_ROW).alias("place")).aggregate("count(*), min(place) + 1").fetchone()
        assert row is not None, "a count is one row"
        return int(row[0]), int(row[1] or 0)

    def some_texts(self, column: str, about: int) -> tuple[list[tuple[str, int]], bool]:
        """Return texts of a column that hold more than space, trimmed and cut, with the rows that each stands for.

        If the file has more than twice `about` rows, of some `about` rows drawn by their number's digest: from all over
        the file, the same each time. Where values are told, of values, drawn by their own: one in so many for each row
        in which it stands, so that what stands in more is drawn for sure. Beside: whether these are all texts.
        """
        from duckdb import SQLExpression  # noqa: PLC0415 - heavy: only the worker needs it

        one_in, told = max(1, self.values.rows // about), self.values.table(column)
        if told is None:
            drawn, rows = self.rows.filter(f"hash({_ROW}) % {one_in} = 0"), f"{one_in}"
        else:
            drawn, rows = told.filter(f"hash({quoted(column)}) % {one_in} < {ROWS}"), f"greatest({ROWS}, {one_in})"
        texts = drawn.select(self._trimmed(column), SQLExpression(rows).alias("rows")).filter("text <> ''")
        return texts.select(cut(), column_of("rows")).fetchall(), one_in == 1

    def formed(self, column: str, forms: Sequence[str], *, among: str = "") -> list[int]:
        """Return how many cells of a column hold more than space, and how many have each form: one scan.

        `among`: only those in which this is found (RE2), words parted by a space.
        """
        from duckdb import ConstantExpression, FunctionExpression  # noqa: PLC0415 - heavy

        told = self.values.table(column)
        rows = ConstantExpression(1) if told is None else column_of(COUNT)
        texts = self._told(column).select(self._trimmed(column), rows.alias("rows")).filter("text <> ''")
        if among:
            numbered = "contains(text, ' ') AND regexp_matches(text, '[0-9]')"
            texts = texts.filter(numbered)
            if texts.limit(1).fetchone() is None:
                return [0] * (len(forms) + 1)
            texts = texts.filter(FunctionExpression("regexp_matches", column_of("text"), ConstantExpression(among)))
        fits = [FunctionExpression("regexp_full_match", column_of("text"), ConstantExpression(form)) for form in forms]
        judged = texts.select(column_of("rows"), *(fit.alias(f"fits{place}") for place, fit in enumerate(fits)))
        counts = ", ".join(f"coalesce(sum(rows) FILTER (fits{place}), 0)" for place in range(len(forms)))
        row = judged.aggregate(f"coalesce(sum(rows), 0), {counts}").fetchone()
        assert row is not None, "sums are one row"
        return [*map(int, row)]

    def first_formed(self, column: str, form: str, most: int) -> list[str]:
        """Return the distinct texts, trimmed and cut, of the first so many cells or values that have a form."""
        texts = self._told(column).select(self._trimmed(column))
        return [text for (text,) in with_form(texts, form).limit(most).select(cut()).distinct().fetchall()]

    def formed_texts(self, column: str, form: str) -> Iterator[str]:
        """Give the texts of a column that have a form, trimmed, each once but for the long ones."""
        texts = self._told(column).select(self._trimmed(column))
        for rows in batches(with_form(texts.filter(~is_long()), form).distinct(), BATCH):
            yield from (text for (text,) in rows)
        for rows in batches(with_form(texts.filter(is_long()), form), LONG_BATCH):
            yield from (text for (text,) in rows)

    def formed_rows(self, column: str, form: str) -> Iterator[TextCount]:
        """Give the same texts with their rows: long ones come for each row in which they stand."""
        texts = self.rows.select(self._trimmed(column), column_of(_ROW).alias("place"))
        for rows in batches(counted(with_form(texts.filter(~is_long()), form)), BATCH):
            yield from map(TextCount._make, rows)
        for rows in batches(with_form(texts.filter(is_long()), form), LONG_BATCH):
            yield from (TextCount(text, 1, row + 1) for text, row in rows)

    def _kind(self, column: str) -> str:
        return self.values.kinds[column]

    def _told(self, column: str) -> "duckdb.DuckDBPyRelation":
        """Return what holds every value of a column: its values, or the rows."""
        told = self.values.table(column)
        return self.rows if told is None else told

    def _trimmed(self, column: str) -> "duckdb.Expression":
        from duckdb import FunctionExpression  # noqa: PLC0415 - heavy

        return FunctionExpression("trim", self._text(column)).alias("text")

    def _text(self, column: str) -> "duckdb.Expression":
        """Return a column as text: what is nested as JSON, bytes as UTF-8 or not at all (an error).

        Of numbers with decimals, only those that have none are texts, for they may be codes; but of `fractions`.
        """
        from duckdb import CaseExpression, ConstantExpression, FunctionExpression  # noqa: PLC0415 - heavy

        cell, kind = column_of(column), self._kind(column)
        if kind in _NESTED:
            return FunctionExpression("to_json", cell).cast("VARCHAR")
        if kind in _FLOATING and column not in self.fractions:
            whole = (FunctionExpression("trunc", cell) == cell) & (
                FunctionExpression("abs", cell) < ConstantExpression(_LARGEST_INTEGER)
            )
            return CaseExpression(whole, cell.cast("HUGEINT").cast("VARCHAR"))
        return FunctionExpression("decode", cell) if kind == "blob" else cell.cast("VARCHAR")
