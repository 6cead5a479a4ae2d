"""Texts of a column as DuckDB relates them: of a form, long or not, counted, sifted, some at a time.

A relation of texts has a column `text`; one of rows `place` too, the number of the row from 0.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from catalog.gates.sieve import Sieve
from eclor.engine.quoting import quoted

if TYPE_CHECKING:
    import duckdb

BATCH: Final = 20_000
"""Texts that are fetched together."""
_FIRST: Final = 50_000
"""Rows that tell whether texts come back."""
FEW: Final = 256
"""Texts that cost less to look at one by one than by a scan of them."""
_LONG_BYTES: Final = 4_096
LONG_BATCH: Final = 16
"""Long ones that are."""


def column_of(name: str) -> "duckdb.Expression":
    """Return a column by its name, which may hold dots and quotes."""
    from duckdb import SQLExpression  # noqa: PLC0415 - heavy: only the worker needs it

    return SQLExpression(quoted(name))


def suspects_among(texts: "duckdb.DuckDBPyRelation", sieve: Sieve) -> Iterator[list[tuple[Any, ...]]]:
    """Give the distinct texts that may hold something, all of them where they are few: to sift them would cost more.

    Whether to count texts before they are sifted, or after, is told by the first of them.
    """
    first = texts.limit(_FIRST).aggregate("count(*), count(DISTINCT text)").fetchone()
    assert first is not None, "counts are one row"
    rows, distinct = first
    if distinct > FEW and distinct * 2 > rows:
        yield from batches(counted(sifted(texts, sieve)), BATCH)
    else:
        yield from few_or_suspect(counted(texts), sieve)


def few_or_suspect(texts: "duckdb.DuckDBPyRelation", sieve: Sieve) -> Iterator[list[tuple[Any, ...]]]:
    """Give texts that stand once each: all of them where they are few, or those that may hold something."""
    few = texts.limit(FEW + 1).fetchall()
    if len(few) > FEW:
        yield from batches(sifted(texts, sieve), BATCH)
    elif few:
        yield few


def sifted(texts: "duckdb.DuckDBPyRelation", sieve: Sieve) -> "duckdb.DuckDBPyRelation":
    """Keep the texts that a sieve lets through."""
    from duckdb import ColumnExpression  # noqa: PLC0415 - heavy: only the worker needs it

    return texts.filter(sieve.matching(ColumnExpression("text")))


def with_form(texts: "duckdb.DuckDBPyRelation", form: str) -> "duckdb.DuckDBPyRelation":
    """Keep the texts of a form (RE2, the whole text)."""
    from duckdb import ConstantExpression, FunctionExpression  # noqa: PLC0415 - heavy

    return texts.filter(FunctionExpression("regexp_full_match", column_of("text"), ConstantExpression(form)))


def cut() -> "duckdb.Expression":
    """Return a text as far as tells of which form it is: many are kept together."""
    from duckdb import ConstantExpression, FunctionExpression  # noqa: PLC0415 - heavy

    return FunctionExpression("left", column_of("text"), ConstantExpression(_LONG_BYTES)).alias("text")


def is_long() -> "duckdb.Expression":
    """Tell of a text whether too many like it would weigh too much together."""
    from duckdb import ColumnExpression, ConstantExpression, FunctionExpression  # noqa: PLC0415 - heavy

    return FunctionExpression("strlen", ColumnExpression("text")) > ConstantExpression(_LONG_BYTES)


def counted(texts: "duckdb.DuckDBPyRelation") -> "duckdb.DuckDBPyRelation":
    """Return the distinct texts of rows, in how many each stands, and the first of them, from 1, in that order."""
    distinct = texts.aggregate("text, count(*), min(place) + 1 AS first_row", "text")
    return distinct.filter("text IS NOT NULL").order("first_row")


def batches(found: "duckdb.DuckDBPyRelation", size: int) -> Iterator[list[tuple[Any, ...]]]:
    """Give what was found, `size` at a time."""
    while rows := found.fetchmany(size):
        yield rows
