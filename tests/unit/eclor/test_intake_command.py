"""The listener heeds what people paused, and asks nobody while it cannot know."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from catalog.flow_orders import FILE, Order, OrderBook, give
from eclor.cli.intake import Watch
from eclor.names import PersonId
from tests.unit.catalog.publish.released import Home


def test_a_paused_flow_is_halted_and_resumed_and_all_are_while_the_orders_cannot_be_read(tmp_path: Path) -> None:
    home = Home(tmp_path)
    house: Any = SimpleNamespace(settings=home.settings, world=home.world, policies={}, acts=tmp_path.joinpath)
    book = OrderBook(tmp_path, home.catalog.journal, home.world)
    flows: Any = [SimpleNamespace(flow=SimpleNamespace(name=name, dataset="lampes")) for name in ("une", "deux")]
    watches = [Watch.of(way, house) for way in flows]

    def halted() -> list[bool]:
        for watch in watches:
            watch.look(house)
        return [watch.halt.is_set() for watch in watches]

    assert halted() == [False, False]
    give(Order.PAUSE, "une/lampes", PersonId("p-voirie"), book)
    assert halted() == [True, False]
    give(Order.RESUME, "une/lampes", PersonId("p-voirie"), book)
    assert halted() == [False, False]
    (tmp_path / FILE).write_text("?")
    assert halted() == [True, True]


def test_a_flow_is_halted_by_an_act_until_its_policy_is_asked_again(tmp_path: Path) -> None:
    home = Home(tmp_path)
    house: Any = SimpleNamespace(settings=home.settings, world=home.world, policies={}, acts=tmp_path.joinpath)
    way: Any = SimpleNamespace(flow=SimpleNamespace(name="une", dataset="lampes"))
    watch = Watch.of(way, house)
    (tmp_path / "lampes").write_text("un acte")
    for _ in range(2):
        watch.look(house)
        assert watch.halt.is_set()
    watch.acted.clear()
    watch.look(house)
    assert not watch.halt.is_set()
