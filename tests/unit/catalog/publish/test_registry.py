"""What walks write of a dataset (`tests/contract` runs this file on PostgreSQL)."""

from datetime import timedelta

import pytest

from catalog import reading
from catalog.database import reading as session_of
from catalog.database import writing
from catalog.models import WalkRow
from catalog.recovery import recover
from catalog.registry import Terms, declare, record_walk, withdraw
from catalog.views import DatasetView
from tests.unit.catalog.publish.released import START, Home, places

SLUG = "points-de-collecte"


def seen(home: Home) -> DatasetView:
    with session_of(home.catalog.engine) as session:
        view = reading.dataset(session, SLUG)
    assert view is not None
    return view


def walked(home: Home, outcome: str, message: str = "") -> None:
    walk = WalkRow(
        run_id="r",
        dataset=SLUG,
        started_at=START,
        ended_at=START,
        outcome=outcome,
        door="validate",
        message_fr=message,
        internal={},
        told={"reason": message},
    )
    with writing(home.catalog.engine) as session:
        record_walk(session, walk)


def declared(home: Home, *, source: str = "") -> None:
    with writing(home.catalog.engine) as session:
        declare(session, places(home).declaration, Terms(source), now=home.clock.now())


def test_a_declared_dataset_waits(home: Home) -> None:
    made = places(home)
    with writing(home.catalog.engine) as session:
        declare(session, made.declaration, Terms.of_plan(made.plan), now=home.clock.now())
    view = seen(home)
    assert (view.state, view.kind, view.theme, view.licence) == (
        "waiting",
        "snapshot",
        "dechets",
        "licence-ouverte-2.0",
    )
    assert (view.shape, view.simulated, view.withdrawal_delay_s) == ("lignes", True, 900)
    assert view.declared["titre"] == {"fr": "Points de collecte", "en": "Collection points"}


def test_declaring_again_moves_nothing_but_what_changed(home: Home) -> None:
    declared(home)
    home.clock.move(days=1)
    declared(home)
    assert seen(home).updated_at == START
    declared(home, source="autre")
    assert (seen(home).updated_at, seen(home).source) == (START + timedelta(days=1), "autre")


def test_a_refusal_before_any_version_shows_on_the_page(home: Home) -> None:
    declared(home)
    walked(home, "refused", "Trop de cases masquées.")
    assert (seen(home).state, seen(home).state_reason) == ("refused", "Trop de cases masquées.")


@pytest.mark.parametrize(
    ("outcome", "said"),
    [("refused", "127.0.0.1:9 est muet."), ("unavailable", "n'a pas répondu"), ("failed", "panne interne")],
)
def test_a_bad_walk_takes_nothing_away_and_says_so(home: Home, outcome: str, said: str) -> None:
    home.published(places(home))
    walked(home, outcome, "127.0.0.1:9 est muet.")
    assert (seen(home).state, seen(home).served) == ("served", True)
    assert said in seen(home).state_reason
    assert ("127.0.0.1" in seen(home).state_reason) == (outcome == "refused")
    walked(home, "unchanged")
    assert seen(home).state_reason == ""


def test_a_withdrawal_that_the_metadata_missed_is_said_again(home: Home) -> None:
    home.published(places(home))
    with pytest.MonkeyPatch.context() as cut:
        cut.setattr("catalog.registry.writing", _cut)
        with pytest.raises(KeyboardInterrupt):
            withdraw(home.catalog, SLUG, 1, reason="position fausse", now=START)
    assert seen(home).served
    recover(home.catalog, home.world)
    view = seen(home)
    assert (view.served, view.state_reason, view.current and view.current.withdrawn_at) == (
        False,
        "position fausse",
        START,
    )


def _cut(*_args: object) -> object:
    raise KeyboardInterrupt


def test_a_walk_after_a_withdrawal_does_not_serve_it_again(home: Home) -> None:
    home.published(places(home))
    withdraw(home.catalog, SLUG, 1, reason="position fausse", now=START)
    walked(home, "unavailable", "Source muette.")
    assert (seen(home).state, seen(home).state_reason) == ("withdrawn", "position fausse")


def test_a_policy_under_way_changes_no_term_of_what_is_published(home: Home) -> None:
    """What its file says, or no longer says, waits to be agreed; words that were declared do not."""
    home.published(places(home))
    renamed = places(home).declaration.model_copy(update={"question": "Où déposer quoi ?"})
    for terms in (Terms(), Terms("autre", "odbl-1.0", "tableau", 86_400)):
        with writing(home.catalog.engine) as session:
            declare(session, renamed, terms, now=home.clock.now())
        view = seen(home)
        assert (view.licence, view.shape, view.withdrawal_delay_s) == ("licence-ouverte-2.0", "lignes", 900)
        assert view.declared["question"] == "Où déposer quoi ?"
