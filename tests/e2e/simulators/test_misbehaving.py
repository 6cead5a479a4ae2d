"""Simulators that misbehave, over real HTTP and a real broker: clear refusals or recoveries, and every row once."""

import csv
import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import httpx
import pytest

from eclor.errors import EclorError
from eclor.sentences import SENTENCES
from harvesters.harvest import harvest
from harvesters.listening import Listening
from harvesters.receiving import Keeping
from tests.e2e.simulators.flows import CALM, allowed_in, order, place, sources_of, system_behind
from tests.e2e.simulators.running import Running, command
from tests.e2e.simulators.witness import Witness, readings_of
from tests.harvesting import rows_of

TAKEN = ""
RECOVERED = {
    "late": {TAKEN, "source.older"},
    "duplicate": {TAKEN, "intake.key-twice"},
    "slow": {TAKEN},
    "rate-limited": {TAKEN},
}
REFUSED = {
    "malformed": ("payload.",),
    "redirected": ("source.redirect",),
    "huge": ("source.too-big", "payload."),
    "truncated": ("source.truncated",),
}
VISITS = {"late": 2, "duplicate": 2, "malformed": 2, "truncated": 2, "redirected": 3}
"""Others are visited once; these have several forms."""
TROUBLES = "late,duplicate,malformed,slow,truncated,slow,huge,slow"
"""Of the lamps; the silences between bound how much is huge."""


def _lines(systems: Running) -> int:
    return len(list(csv.reader(io.StringIO(_given(systems, "/eclairage/armoires.csv").decode())))) - 1


def _given(systems: Running, path: str) -> bytes:
    return httpx.get(systems.url + path, trust_env=False).content


@pytest.mark.parametrize(
    ("dataset", "keeping", "counted"),
    [
        ("armoires", Keeping.REPLACE, _lines),
        (
            "tonnages",
            Keeping.APPEND,
            lambda systems: _given(systems, "/dechets/tonnages/lines?size=10000").count(b'"flux"'),
        ),
        ("bus-perturbations", Keeping.REPLACE, lambda _: 2),
        ("dechetteries-attente", Keeping.REPLACE, lambda _: 5),
        (
            "arretes-circulation",
            Keeping.REPLACE,
            lambda s: _given(s, "/routes/arretes.xml").count(b"<trafficRegulation>"),
        ),
    ],
)
def test_a_source_that_misbehaves_is_refused_or_recovers_and_no_row_is_lost_or_doubled(
    systems: Running, tmp_path: Path, dataset: str, keeping: Keeping, counted: Callable[[Running], int]
) -> None:
    (flow,) = [source for source in sources_of(systems.where) if source.dataset == dataset]
    (store, reach), allowed = place(systems.where, tmp_path, CALM), allowed_in(dataset)

    def visit() -> str:
        try:
            harvest(flow, allowed, keeping=keeping, store=store, reach=reach)
        except EclorError as refusal:
            return refusal.code
        return TAKEN

    order(systems)
    assert visit() == TAKEN
    rows = store.held(dataset, flow.name).rows
    assert rows == counted(systems) > 0
    for kind in (*RECOVERED, *REFUSED):
        before = store.held(dataset, flow.name).partitions
        order(systems, f"{system_behind(flow)}={kind}")
        codes = [visit() for _ in range(VISITS.get(kind, 1))]
        if kind in REFUSED:
            assert all(code.startswith(REFUSED[kind]) and SENTENCES[code].cure_fr for code in codes), (kind, codes)
            assert store.held(dataset, flow.name).partitions == before, "the former version is touched"
        else:
            assert set(codes) <= RECOVERED[kind], (kind, codes)
        order(systems)
        assert (visit(), store.held(dataset, flow.name).rows) == (TAKEN, rows), kind


@pytest.mark.broker
def test_lamps_that_misbehave_have_every_reading_held_once_and_the_rest_counted(
    systems: Running, tmp_path: Path
) -> None:
    (flow,) = [source for source in sources_of(systems.where) if source.access == "mqtt"]
    store, reach = place(systems.where, tmp_path)
    connected, stop = Event(), Event()
    listener = Thread(
        target=Listening(flow, store, reach, lambda _state, _code: connected.set()).visit,
        args=[allowed_in(flow.dataset)],
        kwargs={"keeping": Keeping.APPEND, "stop": stop},
    )
    order(systems, f"lamps={TROUBLES}")
    listener.start()
    assert connected.wait(20)
    with Witness.of(systems.where) as witness:
        witness.wait_for(250)
        order(systems)
        witness.wait_for(500)
    Event().wait(2)  # what was said last is taken
    stop.set()
    listener.join(30)
    raw = store.held(flow.dataset, flow.name)
    rows = rows_of(raw, store, tmp_path / "work")
    held = readings_of(rows)
    assert witness.readings - set(held) == set(), "a reading is lost"
    assert set(held.values()) == {1}, "a reading is counted twice"
    assert raw.counts.refused >= witness.unsound > 50
    assert dict(raw.counts.reasons).keys() >= {"payload.nul", "payload.json-cut", "payload.too-large"}
    assert raw.counts.repeated > 10


def test_an_order_to_a_system_that_there_is_not_is_refused_at_the_start(tmp_path: Path) -> None:
    asked = [*command(tmp_path), "--misbehave", "nobody=late"]
    told = subprocess.run(asked, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert (told.returncode, told.stdout) == (1, "")
    assert "no system is called nobody: there are accidents, ademe" in told.stderr
