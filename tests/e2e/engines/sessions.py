"""Columns brought to a session of each engine, and what an expression over them gives."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from eclor.engine.limits import Engine, Limits
from eclor.engine.session import Session, opened_session
from eclor.errors import EclorError
from eclor.world import Secret

KEY = bytes(range(32))
PERIOD = date(2026, 5, 1)
EPCI = {"57001": "E1", "57002": "E1", "57003": "E2"}


@contextmanager
def knowing(table: pa.Table, engine: Engine) -> Iterator[tuple[Session, Any]]:
    """A session that holds all that plans may ask for, and the table `raw` over these rows."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "raw.parquet"
        pq.write_table(table, file)
        with opened_session((file,), Limits(Path(place) / "work", engine=engine)) as session:
            session.bind(table.column_names, (), schema=table.schema)
            session.know_any_local_time()
            session.hold_keys({PERIOD: Secret(KEY)})
            session.hold_comparison_key(Secret(KEY))
            session.hold_zones(EPCI)
            session.know_labels(["0-5", "5+"])
            session.know_values(pa.Table.from_pylist([{"scope": "s", "content": "é", "known": "found"}]))
            yield session, ibis.table(ibis.schema(table.schema), name="raw")


def answers(table: pa.Table, over: Callable[[Any], Mapping[str, Any]]) -> dict[Engine, object]:
    """What each engine gives for these columns, in the order of the rows; a refusal is its code."""
    numbered = table.append_column("position", pa.array(range(table.num_rows)))
    return {engine: _answer(numbered, over, engine) for engine in Engine}


def _answer(table: pa.Table, over: Callable[[Any], Mapping[str, Any]], engine: Engine) -> object:
    with knowing(table, engine) as (session, raw):
        try:
            answer = session.arrow(raw.select("position", **over(raw)).order_by("position"))
        except EclorError as refusal:
            return refusal.code
    return [tuple(row.values()) for row in answer.drop_columns("position").to_pylist()]
