"""What people order of flows: told in the journal with who and when, kept over restarts, refused when senseless."""

from pathlib import Path

import pytest

from catalog.flow_orders import FILE, Order, OrderBook, give, is_paused, orders_of
from charter.chain import Kind
from eclor.errors import SettingsRefused
from eclor.names import PersonId
from tests.unit.catalog.publish.released import START, Home

FLOW = "barrieres/passages"
AGENT, OTHER = PersonId("p-voirie"), PersonId("p-mobilite")


@pytest.fixture
def book(tmp_path: Path) -> OrderBook:
    home = Home(tmp_path)
    return OrderBook(home.folder, home.catalog.journal, home.world)


def test_a_home_where_nothing_was_ever_ordered_pauses_nothing(book: OrderBook) -> None:
    assert dict(orders_of(book.home)) == {}
    assert not is_paused("barrieres", "passages", book.home)


def test_each_order_is_in_the_journal_with_who_and_what_and_stands_for_whoever_asks_next(book: OrderBook) -> None:
    give(Order.PAUSE, FLOW, AGENT, book)
    assert is_paused("barrieres", "passages", book.home)
    paused = orders_of(book.home)[FLOW].paused
    assert paused is not None
    assert (paused.person, paused.at) == (AGENT, START)
    give(Order.RESUME, FLOW, OTHER, book)
    give(Order.RERUN, FLOW, AGENT, book)
    assert not is_paused("barrieres", "passages", book.home)
    told = [dict(entry.facts) for entry in book.journal.verified() if entry.kind is Kind.FLOW]
    assert told == [
        {"source": "barrieres", "dataset": "passages", "order": order, "person": person}
        for order, person in (("pause", AGENT), ("resume", OTHER), ("rerun", AGENT))
    ]


def test_an_order_on_one_flow_leaves_the_others(book: OrderBook) -> None:
    give(Order.PAUSE, FLOW, AGENT, book)
    give(Order.PAUSE, "mobilier/bancs", OTHER, book)
    give(Order.RESUME, FLOW, AGENT, book)
    assert [is_paused(*name.split("/"), book.home) for name in (FLOW, "mobilier/bancs")] == [False, True]


@pytest.mark.parametrize(
    ("given", "then", "code"),
    [
        ([], Order.RESUME, "flow.not-paused"),
        ([Order.PAUSE], Order.PAUSE, "flow.paused"),
        ([Order.PAUSE], Order.RERUN, "flow.paused"),
    ],
)
def test_a_senseless_order_is_refused_and_told_to_nobody(
    book: OrderBook, given: list[Order], then: Order, code: str
) -> None:
    for order in given:
        give(order, FLOW, AGENT, book)
    before = len(list(book.journal.entries()))
    with pytest.raises(SettingsRefused) as refused:
        give(then, FLOW, OTHER, book)
    assert refused.value.code == code
    assert len(list(book.journal.entries())) == before
    assert code != "flow.paused" or AGENT in refused.value.french()


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"flows": {"a/b": 1}}', b"[]", b'{"flows": {"a/b": {"paused": {}}}}']
)
def test_a_damaged_file_pauses_all_rather_than_none(book: OrderBook, content: bytes) -> None:
    (book.home / FILE).write_bytes(content)
    with pytest.raises(SettingsRefused) as refused:
        is_paused("barrieres", "passages", book.home)
    assert refused.value.code == "flow.file-damaged"
