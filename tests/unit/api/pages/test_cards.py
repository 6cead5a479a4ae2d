"""A dataset in a list: what happened last to it, and when; what is asked every minute is no news."""

from dataclasses import replace
from datetime import datetime, timedelta

from api.pages.cards import Card, card, newest
from catalog.freshness import Tried
from catalog.models import NOT_COLLECTED
from tests.unit.api.pages.test_standing import NOW, VERSION, VIEW, walk

PUBLISHED = NOW - timedelta(days=39)


def told(made: Card) -> tuple[str, datetime]:
    return made.event, made.age_of


def test_a_list_that_was_just_confirmed_was_still_published_when_it_was() -> None:
    asked = Tried(walk("unchanged"), walk("unchanged"))
    assert told(card(replace(VIEW, kind="snapshot"), asked, NOW)) == ("publié", PUBLISHED)
    assert told(card(replace(VIEW, kind="live"), asked, NOW)) == ("confirmé", NOW)


def test_what_is_not_served_says_what_became_of_it() -> None:
    cut = NOW - timedelta(hours=2)
    withdrawn = replace(VIEW, state="withdrawn", current=replace(VERSION, withdrawn_at=cut))
    assert told(card(withdrawn, Tried(), NOW)) == ("retiré", cut)
    assert told(card(replace(VIEW, state="refused", current=None), Tried(), NOW)) == ("refusé", NOW)
    assert told(card(replace(VIEW, state="waiting", current=None), Tried(), NOW)) == ("dernière tentative", NOW)


def test_news_are_the_newest_first_states_last_and_never_what_is_not_collected() -> None:
    asked = Tried(walk("unchanged"), walk("unchanged"))
    refused = replace(VIEW, title="refused", state="refused", current=None, updated_at=NOW - timedelta(days=1))
    views = (
        replace(VIEW, title="old"),
        replace(VIEW, title="live", kind="live"),
        replace(VIEW, title="never", state=NOT_COLLECTED, current=None),
        refused,
    )
    cards = [card(view, asked, NOW) for view in views]
    assert [one.title for one in newest(cards, 6)] == ["refused", "old", "live"]
    assert [one.title for one in newest(cards, 2)] == ["refused", "old"]
