"""The kit: what we hold our treatments and guarantees to, for whoever writes another (docs/developer/extensions.md).

Each check raises `AssertionError` with a sentence. Values and tables come from the caller's own generators, or from
here: the checks draw nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeAlias

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from anonymizers.added_guarantee import is_whole
from anonymizers.cells import (
    TOGETHER,
    CellTable,
    DiversityRule,
    DominanceRule,
    EmptyCellRule,
    Indicator,
    Kind,
    Rules,
)
from anonymizers.columns import Column
from anonymizers.guarantees import Judge
from anonymizers.guarantees.verdict import Verdict
from eclor.engine.compiled import RAW
from eclor.engine.limits import Engine, Limits
from eclor.engine.session import opened_session

Run: TypeAlias = Callable[[Sequence[Any]], list[Any]]
"""A treatment at work: values in, what becomes of each out, in the same order."""

_PLACE: Final = "place"
_VALUE: Final = "value"


def on_duckdb(treat: Callable[[Column], Column], kind: pa.DataType) -> Run:
    """Return a treatment at work on values of an Arrow type, in a session of its own, without session functions."""
    return _at_work(treat, kind, Engine.DUCKDB)


def on_spark(treat: Callable[[Column], Column], kind: pa.DataType) -> Run:
    """Return the same on the other engine, which takes some seconds to open at each run.

    Refuses (`SettingsRefused`) where it is not installed.
    """
    return _at_work(treat, kind, Engine.SPARK)


def _at_work(treat: Callable[[Column], Column], kind: pa.DataType, engine: Engine) -> Run:
    def run(values: Sequence[Any]) -> list[Any]:
        given = pa.table({_PLACE: pa.array(range(len(values)), pa.int64()), _VALUE: pa.array(values, kind)})
        with _session_of(given, engine) as (session, raw):
            answer = session.arrow(raw.select(_PLACE, out=treat(raw[_VALUE])))
        return [row["out"] for row in sorted(answer.to_pylist(), key=lambda row: int(row[_PLACE]))]

    return run


@contextmanager
def _session_of(given: pa.Table, engine: Engine) -> Iterator[tuple[Any, Column]]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "given.parquet"
        pq.write_table(given, file)
        with opened_session((file,), Limits(Path(folder) / "work", engine=engine)) as session:
            session.bind(given.column_names, (), schema=given.schema)
            yield session, ibis.table(ibis.schema(given.schema), name=RAW)


def check_treatment(run: Run, values: Sequence[Any], *, monotone: bool) -> None:
    """Check a treatment on values: deterministic, never finer, null for null, the same whatever stands beside.

    `monotone`: a greater value never becomes a lesser one.
    """
    outs = run(values)
    _hold(len(outs) == len(values), "a treatment gives one value for each")
    _hold(run(values) == outs, "a treatment gives the same for the same")
    _hold(all(out is None for value, out in zip(values, outs, strict=True) if value is None), "null becomes null")
    _hold(run([*values, *values])[len(values) :] == outs, "equal values stay together")
    _hold(run(list(values)[::-1]) == outs[::-1], "the order of the rows changes nothing")
    half = len(values) // 2
    _hold([*run(values[:half]), *run(values[half:])] == outs, "what stands beside a value changes nothing")
    if monotone:
        _check_order(values, outs)


def _hold(holds: bool, sentence: str) -> None:  # noqa: FBT001 - what is asked, then what it says
    """Fail even where Python was told to skip its own assertions."""
    if not holds:
        raise AssertionError(sentence)


def is_monotone(run: Run, values: Sequence[Any]) -> bool:
    """Tell whether, of these values, none becomes lesser than a lesser one does."""
    kept = [
        (value, out) for value, out in zip(values, run(values), strict=True) if value is not None and out is not None
    ]
    ordered = [out for _, out in sorted(kept, key=lambda pair: _in_bytes(pair[0]))]
    return ordered == sorted(ordered, key=_in_bytes)


def _check_order(values: Sequence[Any], outs: Sequence[Any]) -> None:
    _hold(is_monotone(lambda _: list(outs), values), "a greater value never becomes a lesser one")


def _in_bytes(value: Any) -> Any:  # noqa: ANN401 - values of any one type, texts as the engines compare them
    return value.encode() if isinstance(value, str) else value


def check_guarantee(judge: Judge, tables: Sequence[tuple[CellTable, Rules]] = ()) -> None:
    """Check a guarantee on tables, ours by default: a whole verdict on every cell, the same in every order.

    Deterministic; refuses no less when a threshold rises; what stays unknown is refused; a zero that everyone knows is
    left; the table is not written into; a table without cells is no failure.
    """
    for cells, rules in (*(tables or tuple(sample_tables())), _nothing()):
        verdict = _whole(judge, cells, rules)
        _hold(_same(judge(cells, rules), verdict), "a guarantee says the same of the same table")
        backwards = np.arange(len(cells.keys))[::-1]
        turned = judge(cells.reordered(backwards), rules)
        _hold(_same(turned, _turned(verdict)), "the order of the cells changes nothing")
        harder = replace(rules, ks=tuple(k + 1 for k in rules.ks))
        _hold(not (verdict.refused & ~judge(cells, harder).refused).any(), "a higher threshold refuses no less")
        if rules.empty_cells is EmptyCellRule.KNOWN_ZERO:
            _hold(not verdict.refused[cells.rows == 0].any(), "a zero that everyone knows cannot be masked")


def _whole(judge: Judge, cells: CellTable, rules: Rules) -> Verdict:
    before, wholes = [numbers.copy() for numbers in _arrays(cells)], dict(cells.wholes)
    verdict = judge(cells, rules)
    _hold(all((now == then).all() for now, then in zip(_arrays(cells), before, strict=True)), "a table is only read")
    _hold(cells.wholes == wholes, "a table is only read")
    _hold(is_whole(verdict, cells), "a verdict speaks of every cell, and keeps unknown only what it refuses")
    return verdict


def _arrays(cells: CellTable) -> list[Any]:
    tops = [top for of_entry in cells.tops for top in of_entry]
    return [cells.rows, *cells.units, *cells.values, *cells.weights, *tops]


def _same(one: Verdict, other: Verdict) -> bool:
    pairs = ((one.refused, other.refused), (one.exposed, other.exposed), (one.floors, other.floors))
    return all(np.array_equal(mine, theirs) for mine, theirs in pairs)


def _turned(verdict: Verdict) -> Verdict:
    return Verdict(verdict.refused[::-1], verdict.exposed[:, ::-1], verdict.floors[:, ::-1])


def sample_tables() -> Iterator[tuple[CellTable, Rules]]:
    """Yield small tables of two dimensions and their margins, with every rule: empty cells, one unit, equal ones, many.

    Diversity is asked only where empty cells are masked, as in a policy; the last table counts no units.
    """
    for counts in ((0, 0, 0, 0), (1, 0, 0, 0), (7, 7, 7, 7), (0, 1, 10, 11), (3, 40, 500, 12)):
        for empty in EmptyCellRule:
            for k in (2, 11):
                yield _table(counts), _rules((k,), empty)
    yield _of_rows_alone(_table((3, 40, 0, 12))), _rules((), EmptyCellRule.MASKED)


def _nothing() -> tuple[CellTable, Rules]:
    cells = _table((0, 0, 0, 0)).reordered(())
    return cells, _rules((11,), EmptyCellRule.KNOWN_ZERO)


def _rules(ks: tuple[int, ...], empty: EmptyCellRule) -> Rules:
    diversity = DiversityRule("second", 2, 80) if empty is EmptyCellRule.MASKED else None
    return Rules(ks, DominanceRule(1, 85), None, empty, None, diversity, (frozenset({"a"}), frozenset()))


def _of_rows_alone(cells: CellTable) -> CellTable:
    """Return the same rows where a policy counts nobody."""
    return replace(
        cells,
        indicators=cells.indicators[1:],
        units=(),
        values=cells.values[1:],
        weights=cells.weights[1:],
        tops=(),
        wholes={},
    )


def _table(counts: tuple[int, int, int, int]) -> CellTable:
    """Return a 2 x 2 table of units, each of three rows and of one cell, with every margin."""
    finest = dict(zip((("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")), counts, strict=True))
    labels = (("a", "b", TOGETHER), ("x", "y", TOGETHER))
    keys = tuple(sorted((one, other) for one in labels[0] for other in labels[1]))
    units = np.array([_sum(finest, key) for key in keys], dtype=np.int64)
    largest = np.minimum(units, 1)
    return CellTable(
        dimensions=("first", "second"),
        keys=keys,
        indicators=(Indicator("units", Kind.DISTINCT_COUNT, entry=0), Indicator("rows", Kind.ROW_COUNT)),
        rows=units * 3,
        units=(units,),
        values=(units, units * 3),
        weights=(units * 3, units * 3),
        tops=((largest, largest * 3),),
        wholes={key: (count,) for key, count in zip(keys, units.tolist(), strict=True) if key[1] == TOGETHER and count},
    )


def _sum(finest: dict[tuple[str, str], int], key: tuple[str, str]) -> int:
    inside = (all(part in (label, TOGETHER) for part, label in zip(key, cell, strict=True)) for cell in finest)
    return sum(count for count, holds in zip(finest.values(), inside, strict=True) if holds)
