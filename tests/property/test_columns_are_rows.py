"""Rows that come side by side are those that come one by one, whatever the bytes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from unittest.mock import patch

from hypothesis import example, given, settings
from hypothesis import strategies as st

from eclor.errors import PayloadRefused
from harvesters import decoding
from harvesters.columns import ColumnReader
from harvesters.parsing import Columns, Event, one_by_one
from harvesters.protocols import load
from tests.payloads import FEED, zipped

pieces = st.sampled_from(
    [
        "a",
        "é",
        "7",
        "a,b",
        '"',
        '""',
        '"x"',
        '"x,y"',
        '"x\ny"',
        '"x""y"',
        ",",
        ",,",
        " ",
        "",
        "\t",
        "Â ",
        "Ã©",
        "\ufffd",
    ]
)
ends = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r", "\n\n", "\n\r\n"])
lines = st.lists(st.tuples(pieces, pieces, ends).map("".join), max_size=8).map("".join)
plain = st.lists(st.tuples(pieces, st.just(","), pieces, st.just("\n")).map("".join), max_size=8).map("".join)
headers = st.sampled_from(["a,b\n", "a\n", "a,b\r\n", "a,b,\n", '"a","b"\n', "\ufeffa,b\n", "\n\na,b\n"])


@dataclass
class Told:
    """What a table gave, and how much of it came side by side."""

    events: list[Event] = field(default_factory=list)
    side_by_side: int = 0
    refusal: str = ""


def told(events: Iterator[Event | Columns]) -> Told:
    outcome = Told()
    try:
        for event in events:
            outcome.side_by_side += event.table.num_rows if isinstance(event, Columns) else 0
            outcome.events += one_by_one(iter([event]))
    except PayloadRefused as refusal:
        outcome.refusal = str(refusal)
    return outcome


def both(protocol: str, payload: bytes) -> tuple[Told, Told]:
    """Read a payload by column, in small blocks, and again as if no block was sure."""
    columns = load(protocol).columns
    assert columns is not None
    with patch.object(decoding, "_BLOCK_BYTES", 16):
        found = told(columns(BytesIO(payload), name="envoi", options={}))
        with patch.object(ColumnReader, "read", lambda *_, **__: None):
            return found, told(columns(BytesIO(payload), name="envoi", options={}))


@settings(deadline=None, max_examples=400)
@given(headers, st.one_of(lines, plain), st.sampled_from(["", "3,4"]))
@example("a,b\n", '1,2\n""x,3\n', "")
@example("a,b\n", '1,2\n"x\ny",3\n4,5\n', "")
@example("a,b\n", "1,2\n" + "x" * 131_073 + ",2\n", "")
@example("a,b\n", "1,2\n\n3,4\n", "")
@example("a,b\n", "1,2\r3,4\n\n", "")
@example("a\n", 'x\n""\n\ny\n', "")
@example("a,b\n", "\ufeff1,2\n", "")
def test_a_table_by_column_is_the_table_row_by_row(header: str, body: str, last: str) -> None:
    by_column, by_row = both("csv", (header + body + last).encode())
    assert (by_column.events, by_column.refusal) == (by_row.events, by_row.refusal)


def test_most_rows_come_side_by_side() -> None:
    for body in ("1,2\n" * 50, '"1","x, ""y"""\r\n' * 50, "é,Âge\n" * 50):
        by_column, _ = both("csv", f"a,b\n{body}".encode())
        assert by_column.side_by_side == 50


def test_a_feed_by_column_is_the_feed_row_by_row() -> None:
    stops = b"stop_id,kind\n1,x\n2\n\n3,y\n" + b"4,z\n" * 20
    shapes = b"shape_id,shape_pt_lat\n" + b"s,49.4\n" * 20
    by_column, by_row = both("gtfs", zipped({**FEED, "stops.txt": stops, "shapes.txt": shapes}))
    assert by_column.events == by_row.events
    assert by_column.side_by_side > 20
