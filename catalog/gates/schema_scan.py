"""The scan itself: the values of a release's columns, its rows and keys where these do not tell, the rows at fault."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from catalog.gates.opening import once_asked
from catalog.gates.pushdown.compiled import count_where, inner, question
from catalog.gates.schema_fields import Cells
from catalog.gates.schema_plan import CELLS, NUMBER, ROWS, UNEVEN, Compared, Scan, Term, all_of
from catalog.gates.values import Values
from eclor.engine.closing import close_to
from eclor.engine.handles import Connection
from eclor.engine.quoting import quoted

MEMORY: Final = "512MB"
"""What the scan may hold before it spills into the gate's scratch."""
_BATCH: Final = 10_000
_TWICE: Final = "twice"
_EVEN: Final = duckdb.ConstantExpression(value=False)
_REPEATED: Final = (
    "CREATE TEMP TABLE {table} AS SELECT {values} FROM rows WHERE {some} GROUP BY ALL HAVING count(*) > 1"
)
_ALIKE: Final = "EXISTS (SELECT 1 FROM {table} t WHERE {alike})"
_LOCATED: Final = "SELECT * FROM rows WHERE {suspect} ORDER BY number LIMIT {most}"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows there are, whether some may be at fault, or have a key that only the library can read."""

    rows: int
    suspects: bool
    unread: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A Parquet file and what is told of its values; `columns` are judged, in `numbered` files rows have a number."""

    values: Values
    columns: tuple[str, ...]
    numbered: bool


class Rows:
    """The rows of a file: read in the engine only where the values of their columns do not say enough.

    `opened` makes it.
    """

    def __init__(self, held: Held, engine: Callable[[], Connection]) -> None:
        self._values, self.columns, self._numbered = held.values, held.columns, held.numbered
        self._engine = engine

    def cells(self, *, null_is_empty: bool) -> list[Cells]:
        """Return the columns as the scan names them, with their stored types."""
        types = (self._values.types[name] for name in self.columns)
        return [Cells(_cell(place), kind, null_is_empty) for place, kind in enumerate(types)]

    def count(self, scan: Scan) -> Counted:
        """Judge the values of each column, and the rows once where these leave a doubt."""
        met = self._met({*chain(*scan.suspects, scan.unread)})
        open_still = [terms for terms in scan.suspects if met.issuperset(terms)]
        suspects = any(len(terms) == 1 for terms in open_still) or any(self._hold([*map(all_of, open_still)]))
        return Counted(
            self._values.rows,
            suspects or (self._numbered and any(self._hold([UNEVEN]))),
            not met.isdisjoint(scan.unread),
        )

    def _met(self, terms: Iterable[Term]) -> set[Term]:
        """Return the terms that some cell meets, by one reading of the rows where the values are not told."""
        asked: defaultdict[int, list[Term]] = defaultdict(list)
        for term in terms:
            asked[term.place].append(term)
        counts: list[tuple[Term, int]] = []
        unknown: list[Term] = []
        for place, of_column in asked.items():
            told = self._of_values(place, [count_where(term.sql) for term in of_column])
            counts += zip(of_column, told, strict=True) if told is not None else []
            unknown += of_column if told is None else []
        counts += zip(unknown, self._hold([term.sql for term in unknown]), strict=True)
        return {term for term, count in counts if count}

    def _of_values(self, place: int, told: list[str]) -> Sequence[int] | None:
        """Return what is told of a column's values; None where they are not known."""
        name = self.columns[place]
        table = self._values.of(name)
        if table is None:
            return None
        return self._values.ask(
            "SELECT", ", ".join(told), "FROM", inner("SELECT", quoted(name), "AS", _cell(place), "FROM", table)
        )[0]

    def _hold(self, conditions: list[str]) -> Sequence[int]:
        """Return in how many rows each condition holds."""
        counts = ", ".join(map(count_where, conditions))
        return self._engine().execute(question("SELECT", counts, "FROM", ROWS)).fetchone() if conditions else ()

    def repeated(self, scan: Scan) -> str:
        """Return the condition of a row whose key another row has: `false` if there is none.

        Reads the keys once, but for those that the order of the rows proves to differ.
        """
        conditions = []
        for place, key in enumerate(scan.keys):
            if self._apart(key):
                continue
            table, values = f"{_TWICE}{place}", [f"{value.sql} AS v{at}" for at, value in enumerate(key)]
            some = " OR ".join(f"{value.sql} IS NOT NULL" for value in key)
            self._engine().execute(_REPEATED.format(table=table, values=", ".join(values), some=some))
            if self._engine().table(table).limit(1).fetchone():
                alike = [f"t.v{at} IS NOT DISTINCT FROM {value.sql}" for at, value in enumerate(key)]
                conditions.append(_ALIKE.format(table=table, alike=" AND ".join(alike)))
        return " OR ".join(conditions) or "false"

    def _apart(self, key: Sequence[Compared]) -> bool:
        """Tell whether it is proved that no two rows have this key: no two have its cells, nor two cells one value."""
        names = [self.columns[value.place] for value in key]
        return all(map(self._differs, key)) and self._values.apart(frozenset(names))

    def _differs(self, value: Compared) -> bool:
        """Tell whether the cells of a column have different values where they differ."""
        if value.plain:
            return True
        merged = f"count({value.sql}) - count(DISTINCT {value.sql})"
        told = self._of_values(value.place, [merged, count_where(f"{value.sql} IS NULL")])
        return told is not None and not told[0] and told[1] <= 1

    def located(self, condition: str, *, most: int) -> Iterator[pa.RecordBatch]:
        """Give the first rows that meet a condition, in their order, with their number."""
        located = _LOCATED.format(suspect=condition, most=most)
        yield from self._engine().execute(located).to_arrow_reader(_BATCH)


@contextmanager
def opened(held: Held, *, spill: Path) -> Iterator[Rows]:
    """Open these columns of a Parquet file, and nothing else, once rows are read."""
    with once_asked(lambda: _engine(held, spill)) as engine:
        yield Rows(held, engine)


@contextmanager
def _engine(held: Held, spill: Path) -> Iterator[Connection]:
    """Open the rows; `numbered` files have their numbers in them."""
    spill.mkdir(exist_ok=True)
    connection = duckdb.connect(config={"threads": 1, "memory_limit": MEMORY, "temp_directory": str(spill)})
    try:
        connection.execute("SET enable_progress_bar = false")
        close_to(connection, [held.values.file], [spill])
        rows = connection.read_parquet(str(held.values.file), file_row_number=not held.numbered)
        kept = [duckdb.ColumnExpression(name) for name in (NUMBER, UNEVEN, CELLS)]
        counted = [duckdb.ColumnExpression("file_row_number").alias(NUMBER), _EVEN.alias(UNEVEN)]
        cells = [duckdb.ColumnExpression(name).alias(_cell(place)) for place, name in enumerate(held.columns)]
        rows.select(*(kept if held.numbered else counted), *cells).create_view(ROWS)
        yield connection
    finally:
        connection.close()


def _cell(place: int) -> str:
    return f"c{place}"
