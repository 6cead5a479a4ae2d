"""A unit has one mark, whether the engine makes it or memory does."""

import ibis
import pyarrow as pa

from anonymizers.marking import Marking
from anonymizers.unit_marks import unit_mark, unit_text
from eclor.engine.limits import Engine
from eclor.world import Secret
from tests.e2e.engines.sessions import KEY, knowing

TEXTS = ["B-1", " B-1 ", "\u00a0B-1", "e\u0301t\u00e9", "\u00e9te\u0301", "", "a" * 200, "\U0001d538", "B-1", None]


def test_memory_gives_the_marks_that_the_engine_gives() -> None:
    table = pa.table({"at": pa.array(range(len(TEXTS))), "unit": pa.array(TEXTS, pa.string())})
    with knowing(table, Engine.DUCKDB) as (session, raw):
        texts = {name: unit_text(raw.unit, unit=name) for name in ("foyer", "trajet")}
        asked = raw.select("at", **texts, mark=unit_mark(raw.unit, unit="foyer"))
        answer = session.arrow(asked.order_by(ibis.asc("at")))
    marks = Marking(Secret(KEY)).marks(answer["foyer"].combine_chunks()).to_pylist()
    assert marks == answer["mark"].to_pylist()
    assert len(set(marks)) == 6
    assert marks[-1] is None
    assert Marking(Secret(KEY)).marks(answer["trajet"].combine_chunks()).to_pylist() != marks


def test_of_no_unit_there_is_no_mark() -> None:
    for texts in ([], [None]):
        assert Marking(Secret(KEY)).marks(pa.array(texts, pa.string())).to_pylist() == texts
