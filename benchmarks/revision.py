"""Claim: whether late rows may change what was published is judged from those rows alone, at a quarter of a reading.

Five million rows of 200,000 units in a cube of 8 x 24 x 30 with all its totals (6,975 cells) were published; 100,000
more came since. Judged by what came: their file is read by the engine, their units are marked, then each cell and
margin that they touch is tried against k and dominance. The session is open, as that of the run that revises is.

The yardstick, in the same run: counting the distinct units of the finest cells over all the rows, whole numbers all of
them, bare, in the engine's own table. Where the target of 0.2 CPU s was set it took 0.74: the ratio is held, the
seconds are told. Beside it: the same judgement by comparing both versions whole, which must find the same. CPU is user
and system of this process, all threads, the median of seven rounds, imports apart; the whole comparison is run once.
`python -m benchmarks.revision`.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import product
from pathlib import Path
from statistics import median

import duckdb
import numpy as np

from anonymizers.cells import TOGETHER, CellTable, DominanceRule, EmptyCellRule, Indicator, Kind, Rules
from anonymizers.differencing.history import History, history_of
from anonymizers.differencing.membership import Entries, Membership, entries_of, gathered, joined
from anonymizers.differencing.past import Change, Mark, PastRelease, Release
from anonymizers.marking import Marking
from benchmarks.apply_measures import NOW, TERRITORY, cpu_s
from charter.compile import compile_policy
from charter.memberships import memberships_of, read_unit_sets
from charter.raw_table import read_columns, read_fields, stored_schema
from charter.reader import read
from charter.territory import load
from charter.unit_rows import Layout, layout_of
from charter.unit_sets import unit_contents_expression
from charter.vocabulary import Level
from eclor.engine.limits import Limits
from eclor.engine.session import opened_session
from eclor.world import Secret

ROWS, LATE, UNITS = 5_000_000, 100_000, 200_000
ROUNDS = 7
TARGET_S, YARDSTICK_S = 0.2, 0.74
TARGET = TARGET_S / YARDSTICK_S
PERIOD = date(2026, 11, 1)
COMMUNES = ("54521", "54580", "57038", "57041", "57096", "57529", "57565", "57603")
THEMES = tuple(f"theme-{number:02}" for number in range(24))
DAYS = tuple(f"2026-11-{day:02}" for day in range(1, 31))
RULES = Rules((11,), DominanceRule(1, 85), None, EmptyCellRule.KNOWN_ZERO, None)

_LATE = f"""
    'B-' || (hash(i * 7) % {UNITS}) AS badge,
    (['{"','".join(COMMUNES)}'])[1 + (hash(i * 3) % 8)::INT] AS commune,
    'theme-' || lpad((hash(i * 5) % 24)::VARCHAR, 2, '0') AS theme,
    DATE '2026-11-01' + (hash(i * 11) % 30)::INT AS jour
"""

_NUMBERS = f"""
    (hash(i * 7) % {UNITS})::INT AS badge,
    (hash(i * 3) % 8)::INT AS commune,
    (hash(i * 5) % 24)::INT AS theme,
    (hash(i * 11) % 30)::INT AS jour
"""


def costs_s(*actions: Callable[[], object]) -> list[float]:
    """Return the median CPU seconds of each action, taken in turns once they have loaded what they need."""
    costs: list[list[float]] = [[] for _ in actions]
    for number in range(ROUNDS + 1):
        for place, action in enumerate(actions):
            began = cpu_s()
            action()
            costs[place] += [cpu_s() - began] if number else []
    return [median(of_action) for of_action in costs]


def cube() -> CellTable:
    """Return the cells and all the margins of the cube; their numbers do not enter the judgement."""
    axes = [(*labels, TOGETHER) for labels in (COMMUNES, THEMES, DAYS)]
    keys = tuple(sorted(product(*axes), key=lambda key: tuple(label.encode() for label in key)))
    none = np.zeros(len(keys), dtype=np.int64)
    indicators = (Indicator("foyers", Kind.DISTINCT_COUNT, 0), Indicator("passages", Kind.ROW_COUNT))
    return CellTable(("commune", "theme", "jour"), keys, indicators, none, (none,), (none, none), (), ((),), {})


def published(cells: CellTable) -> Membership:
    """Return who is in the finest cells of what was published."""
    random = np.random.default_rng(20261127)
    finest = np.flatnonzero([TOGETHER not in key for key in cells.keys])
    marks = random.integers(1, 2**63, UNITS, dtype=np.uint64)
    ones = np.ones(ROWS, dtype=np.int64)
    places, units = random.choice(finest, ROWS), marks[random.integers(0, UNITS, ROWS)]
    return gathered(Entries(places, units, ones, units, (ones, ones)), len(cells.keys))


@contextmanager
def reading(file: Path, layout: Layout, cells: CellTable, folder: Path) -> Iterator[Callable[[], Membership]]:
    """Give what reads who came since, from the file of the late rows alone, in one open session."""
    policy, key = layout.policy, Secret(bytes(range(32)))
    with opened_session((file,), Limits(folder)) as session:
        session.hold_comparison_key(key)
        session.know_local_time(datetime(2026, 11, 1), datetime(2026, 12, 1))  # noqa: DTZ001 - stored instants are naive

        def came() -> Membership:
            session.bind(read_columns(policy), (), schema=stored_schema(read_fields(policy)))
            marked = map(Marking(key).marked, session.batches(unit_contents_expression(layout)))
            (membership,) = memberships_of(read_unit_sets(marked, layout), layout, cells, period=PERIOD)
            return membership

        yield came


@contextmanager
def counting(folder: Path) -> Iterator[Callable[[], object]]:
    """Give the yardstick: the distinct units of the finest cells, counted over all the rows."""
    with duckdb.connect(str(folder / "all.duckdb"), config={"threads": 2}) as connection:
        connection.execute(f"CREATE TABLE published AS SELECT {_NUMBERS} FROM range({ROWS}) t(i)")
        asked = "SELECT commune, theme, jour, count(DISTINCT badge) FROM published GROUP BY ALL"
        yield lambda: connection.sql(asked).to_arrow_table()


def judged(cells: CellTable, was: Membership, now: Membership | None, late: Membership | None) -> History:
    """Judge the revision: by what came since where `late` gives it, else by comparing both versions whole."""
    marks = (Mark.FRESH,) * len(cells.keys)
    change = None if late is None else Change(cells.keys, (late,))
    past = PastRelease(_release(cells, "1", was), marks, change=change)
    return history_of(_release(cells, "2", was if now is None else now), (past,))


def _release(cells: CellTable, version: str, membership: Membership) -> Release:
    return Release("mesure-revision", version, "2026-11", cells, RULES, ("foyer",), (membership,))


def main() -> int:
    """Measure, print, and return 0 if the target holds."""
    plan = compile_policy(read(TERRITORY / "politiques" / "revision.yaml"), load(TERRITORY), now=NOW)
    (step,) = plan.steps
    layout, cells = layout_of(plan.policy, {name: Level(level) for name, level in step.levels}), cube()
    with tempfile.TemporaryDirectory() as place:
        folder, file = Path(place), Path(place) / "late.parquet"
        with duckdb.connect() as connection:
            connection.execute(f"COPY (SELECT {_LATE} FROM range({LATE}) t(i)) TO '{file}' (COMPRESSION zstd)")
        with reading(file, layout, cells, folder) as came, counting(folder) as counted:
            was, late = published(cells), came()
            read_s, judged_s, counted_s = costs_s(came, lambda: judged(cells, was, None, late), counted)
    now = gathered(joined([entries_of(was), entries_of(late)]), len(cells.keys))
    began = cpu_s()
    other = judged(cells, was, now, None)
    whole_s, one = cpu_s() - began, judged(cells, was, None, late)
    same = all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ("changed", "refused", "source"))
    ratio = (read_s + judged_s) / counted_s
    print(
        f"revision: {LATE:,} rows on {ROWS:,}: {ratio:.2f} of counting all rows (target {TARGET:.2f}): "
        f"{read_s + judged_s:.2f} CPU s of {counted_s:.2f}, {read_s:.2f} to read and mark them, {judged_s:.2f} to "
        f"judge; both versions whole, judging alone: {whole_s:.2f}; {'the same' if same else 'NOT THE SAME'} is found"
    )
    return 0 if same and ratio <= TARGET else 1


if __name__ == "__main__":
    raise SystemExit(main())
