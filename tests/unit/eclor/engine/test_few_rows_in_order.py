"""Few rows are put in order as the engine would: the same rows, or others only where the order leaves it open."""

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from eclor.engine.sandbox import running
from eclor.engine.sandbox.plain import plain
from eclor.engine.sandbox.refusal import SqlRefused
from eclor.engine.sandbox.rendering import Rendered
from eclor.engine.sandbox.running import Engines, Stored

COLUMNS = (("mot", "text"), ("n", "int8"), ("Prix", "numeric"), ("x", "float8"), ("oui", "bool"), ("jour", "date"),
           ("lieu", "json"))  # fmt: skip
WORDS = ["", "a", "A", "é", "e\u0301", "Z", "ß", "\U0001f600", "\uffff", None, "aa", "a b"]
REALS = [float("nan"), 0.0, -0.0, float("inf"), float("-inf"), 1.5, None, -2.25]
ROWS = 60
NAMES = (*(name if name != "Prix" else '"Prix"' for name, _ in COLUMNS), "_id")
VALUE = st.sampled_from([*NAMES, "count(*)", *(f"{call}({name})" for call in ("sum", "avg", "min", "max", "count")
                                               for name in ("n", '"Prix"', "x", "mot"))])  # fmt: skip
ALIAS = st.sampled_from(["", "", "", " AS n", " AS k", ' AS "K"', " AS mot", ' AS "N"', ' AS "É"', ' AS "é"'])
KEY = VALUE | st.sampled_from(["k", '"K"', '"É"', '"é"', '"N"'])


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Stored:
    path = tmp_path_factory.mktemp("rows") / "rows.parquet"
    cells = {
        "mot": pa.array([WORDS[row * 7 % 12] for row in range(ROWS)]),
        "n": pa.array([None if row % 5 == 0 else row * 31 % 7 - 3 for row in range(ROWS)], pa.int64()),
        "Prix": pa.array([None if row % 9 == 0 else Decimal(row * 13 % 11).scaleb(-2) for row in range(ROWS)]),
        "x": pa.array([REALS[row * 3 % 8] for row in range(ROWS)], pa.float64()),
        "oui": pa.array([None if row % 4 == 0 else row % 3 == 0 for row in range(ROWS)]),
        "jour": pa.array([None if row % 6 == 0 else f"2026-11-{row % 4 + 1:02d}" for row in range(ROWS)]),
        "lieu": pa.array(["[1,2]" if row % 2 else None for row in range(ROWS)]),
    }
    pq.write_table(pa.table(cells), path)
    return Stored("v", str(path), COLUMNS)


@pytest.fixture(scope="module")
def engines() -> Engines:
    return Engines("256MB", 5.0)


@st.composite
def questions(draw: st.DrawFn) -> str:
    outputs = draw(st.lists(st.builds("{}{}".format, VALUE, ALIAS), min_size=1, max_size=4))
    bare = [one.partition(" AS ")[0] for one in outputs]
    plain_ones = [one for one in bare if "(" not in one]
    keys = draw(st.lists(st.sampled_from(bare) | KEY, min_size=1, max_size=3))
    ways = [draw(st.sampled_from(["", " ASC", " DESC"])) for _ in keys]
    grouped = len(plain_ones) < len(bare) and plain_ones
    return "".join(
        [
            "SELECT DISTINCT " if draw(st.integers(0, 9)) == 0 else "SELECT ",
            ", ".join(outputs),
            " FROM t",
            draw(st.sampled_from(["", "", " WHERE n > 0", " WHERE n > 99"])),
            f" GROUP BY {', '.join(plain_ones)}" if grouped else "",
            " ORDER BY " + ", ".join(key + way for key, way in zip(keys, ways, strict=True)),
            draw(st.sampled_from(["", "", " LIMIT 7", " LIMIT 0", " LIMIT 99999"])),
            draw(st.sampled_from(["", "", " OFFSET 3", " OFFSET 100"])),
        ]
    )


def _same_zero(found: Rendered) -> Rendered:
    """Say zero without a sign, which the engine drops from what it sorts by."""
    return replace(found, records=found.records.replace(b":-0.0", b":0.0"))


@settings(max_examples=600, derandomize=True, deadline=None)
@given(text=questions())
def test_rows_come_as_the_engine_orders_them(text: str, engines: Engines, stored: Stored) -> None:
    asked = plain(text)
    assert asked is not None
    assume(asked.ordering is not None)
    assert asked.ordering is not None  # for the types
    keys = [place for place, _ in asked.ordering.keys]
    try:
        theirs = _same_zero(engines.answer(asked.said({"t": "v"}), [stored]))
    except SqlRefused as refusal:
        with pytest.raises(SqlRefused, match="^" + re.escape(refusal.message)):
            engines.answer(asked.said({"t": "v"}), [stored], asked.ordering)
        return
    ours = _same_zero(engines.answer(asked.said({"t": "v"}), [stored], asked.ordering))
    assert (ours.fields, ours.truncated) == (theirs.fields, theirs.truncated)
    our_rows, their_rows = ([[*row.values()] for row in orjson.loads(one.records)] for one in (ours, theirs))
    assert [[row[key] for key in keys] for row in our_rows] == [[row[key] for key in keys] for row in their_rows]
    if "LIMIT" not in text and "OFFSET" not in text:
        assert Counter(map(repr, our_rows)) == Counter(map(repr, their_rows))


@pytest.mark.parametrize(
    "text",
    [
        'SELECT mot, n, x, "Prix" FROM t ORDER BY mot DESC, n, x DESC, "Prix" LIMIT 20 OFFSET 5',
        "SELECT n AS x, x AS n, _id FROM t ORDER BY n DESC, _id LIMIT 30",
        'SELECT oui, count(*) AS n, sum("Prix") FROM t GROUP BY oui ORDER BY n, oui DESC',
        'SELECT x AS "É", _id FROM t ORDER BY x, _id DESC OFFSET 50',
        "SELECT _id FROM t ORDER BY _id DESC LIMIT 3",
        "SELECT avg(x), mot FROM t GROUP BY mot ORDER BY avg(x) DESC, mot",
        "SELECT jour, _id FROM t ORDER BY jour DESC, _id",
    ],
)  # fmt: skip
def test_an_order_that_leaves_nothing_open_gives_the_same_bytes(text: str, engines: Engines, stored: Stored) -> None:
    asked = plain(text)
    assert asked is not None
    assert asked.ordering is not None
    said = asked.said({"t": "v"})
    assert _same_zero(engines.answer(said, [stored], asked.ordering)) == _same_zero(engines.answer(said, [stored]))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT mot FROM t ORDER BY n",
        'SELECT mot FROM t ORDER BY "Mot"',
        'SELECT mot AS a, n AS "A" FROM t ORDER BY a',
        'SELECT mot AS "É", n FROM t ORDER BY "é"',
        "SELECT * FROM t ORDER BY n",
        "SELECT mot, count(*) FROM t GROUP BY mot ORDER BY sum(n)",
        "SELECT n FROM t LIMIT 3",
        "SELECT n FROM t ORDER BY n OFFSET 99999999999",
    ],
)  # fmt: skip
def test_an_order_that_is_not_one_of_outputs_is_left_to_the_engine(text: str) -> None:
    asked = plain(text)
    assert asked is not None
    assert asked.ordering is None


def test_only_few_rows_are_put_in_order(engines: Engines, stored: Stored, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = plain("SELECT n, mot FROM t ORDER BY n")
    assert asked is not None
    seen: list[str] = []
    monkeypatch.setattr(running, "_asked", lambda engine, said: seen.append(said) or engine.execute(said))
    for most in (2 * ROWS, 2 * ROWS - 1):
        monkeypatch.setattr(running, "_FEW_CELLS", most)
        engines.answer(asked.said({"t": "v"}), [stored], asked.ordering)
    assert ["ORDER BY" in said for said in seen] == [False, True]
