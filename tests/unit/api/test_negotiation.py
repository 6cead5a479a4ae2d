"""Which representation a reader prefers."""

import pytest

from api.negotiation import choose, prefers_html

OFFERS = ("application/json", "text/csv", "application/x-ndjson")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/csv", "text/csv"),
        ("text/*", "text/csv"),
        ("text/csv;q=0.4, application/json;q=0.5", "application/json"),
        ("application/json;q=0, */*", "text/csv"),
        ("text/html", None),
        ("application/json;q=0", None),
        ("text/csv;q=oops", None),
        ("nonsense", "application/json"),
        ("TEXT/CSV", "text/csv"),
    ],
)
def test_the_best_weight_wins_then_our_own_order(accept: str, chosen: str | None) -> None:
    assert choose(accept, OFFERS) == chosen


def test_a_browser_is_who_names_html() -> None:
    assert prefers_html("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    assert not prefers_html("*/*")
    assert not prefers_html("application/json, text/html;q=0.5")
    assert not prefers_html("text/html;q=0")
