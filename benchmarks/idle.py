"""Claim: 200 declared sources, of which none is due, cost a run at rest less than 2 % of a core.

What is measured is the schedule, its looks at what people ordered (an order stands for each flow) and at what brokers
told (ten flows tell a state); visits that are due, listeners and servers are not in it. `python -m benchmarks.idle
[seconds]`.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from time import perf_counter, process_time
from types import SimpleNamespace
from typing import Any

from catalog.flow_orders import Order, OrderBook, give
from eclor.names import PersonId
from eclor.schedule import keep_walking
from harvesters.raw_store import RawStore
from tests.unit.catalog.publish.released import Home

SOURCES = 200
TOLD = 10
SECONDS = 20.0
TARGET = 0.02


@contextmanager
def running(folder: Path) -> Iterator[None]:
    """Keep the schedule of as many datasets as there are sources, each asked every hour."""
    home = Home(folder)
    slugs = [f"jeu-{number}" for number in range(SOURCES)]
    store = RawStore(folder / "raw", home.world)
    sources: list[Any] = [
        SimpleNamespace(dataset=slug, name="source", flow=slug, every=timedelta(hours=1), tells_a_state=number < TOLD)
        for number, slug in enumerate(slugs)
    ]
    for source in sources[:TOLD]:
        store.place(source.dataset, source.name).mkdir(parents=True)
    house: Any = SimpleNamespace(
        policies=dict.fromkeys(slugs, folder),
        sources=sources,
        store=store,
        settings=home.settings,
        catalog=home.catalog,
        world=home.world,
    )
    book = OrderBook(folder, home.catalog.journal, home.world)
    for slug in slugs:
        give(Order.PAUSE, f"source/{slug}", PersonId("p-voirie"), book)
    stop = Event()
    kept = Thread(
        target=keep_walking, args=[house, lambda _: None], kwargs={"chores": (), "at_once": (), "until": stop}
    )
    kept.start()
    Event().wait(2)
    try:
        yield
        assert kept.is_alive(), "the schedule ended"
    finally:
        stop.set()
        kept.join()


def main() -> int:
    """Measure and judge."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)):
        began, spent = perf_counter(), process_time()
        Event().wait(seconds)
        share = (process_time() - spent) / (perf_counter() - began)
    print(f"{SOURCES} sources at rest: {share:.2%} of a core (target {TARGET:.0%})")
    return int(share >= TARGET)


if __name__ == "__main__":
    raise SystemExit(main())
