"""The listener heeds what people paused, and asks nobody while it cannot know."""

from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any

from catalog.flow_orders import FILE, Order, OrderBook, give
from eclor.cli.intake import _heed
from eclor.names import PersonId
from tests.unit.catalog.publish.released import Home


def test_a_paused_flow_is_halted_and_resumed_and_all_are_while_the_orders_cannot_be_read(tmp_path: Path) -> None:
    home = Home(tmp_path)
    house: Any = SimpleNamespace(settings=home.settings)
    book = OrderBook(tmp_path, home.catalog.journal, home.world)
    halts: list[tuple[Any, Event]] = [
        (SimpleNamespace(name=name, dataset="lampes"), Event()) for name in ("une", "deux")
    ]

    def halted() -> list[bool]:
        _heed(halts, house)
        return [halt.is_set() for _, halt in halts]

    assert halted() == [False, False]
    give(Order.PAUSE, "une/lampes", PersonId("p-voirie"), book)
    assert halted() == [True, False]
    give(Order.RESUME, "une/lampes", PersonId("p-voirie"), book)
    assert halted() == [False, False]
    (tmp_path / FILE).write_text("?")
    assert halted() == [True, True]
