"""Of a live state told piece by piece, the latest row of each key is left, in whatever order the rows came."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from harvesters.latest import latest

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC).replace(tzinfo=None)
ROWS = st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from([None, *range(5)])), min_size=1, max_size=20)


def table(rows: list[tuple[str, int | None]]) -> pa.Table:
    instants = [None if minute is None else NOON + timedelta(minutes=minute) for _, minute in rows]
    columns = {"site": [site for site, _ in rows], "at": pa.array(instants, pa.timestamp("us"))}
    return pa.table(columns | {"row": list(range(len(rows)))})


def left(rows: list[tuple[str, int | None]]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = latest(table(rows), key=["site"], instant="at").to_pylist()
    return found


@settings(deadline=None, max_examples=50)
@given(ROWS)
def test_each_key_has_one_row_that_no_other_comes_after(rows: list[tuple[str, int | None]]) -> None:
    found = left(rows)
    assert [row["site"] for row in found] == list(dict.fromkeys(row["site"] for row in found))
    assert {row["site"] for row in found} == {site for site, _ in rows}
    for row in found:
        order = [
            (minute if minute is not None else -1, number)
            for number, (site, minute) in enumerate(rows)
            if site == row["site"]
        ]
        assert row["row"] == max(order)[1]


@settings(deadline=None, max_examples=50)
@given(ROWS, st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(rows: list[tuple[str, int | None]], dice: object) -> None:
    shuffled = [*rows, *rows]
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert {(row["site"], row["at"]) for row in left(shuffled)} == {(row["site"], row["at"]) for row in left(rows)}
