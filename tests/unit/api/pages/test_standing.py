"""Where a dataset stands: late by its declaration, silent by its source, refused by the charter."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from api.pages.standing import standing_of
from catalog.freshness import CONFIRMING, Tried, freshness_of
from catalog.views import DatasetView, VersionView, WalkView
from eclor.names import Sha256, Slug
from tests.unit.catalog.publish.released import DECLARED_PASSAGES

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
DIGEST = Sha256("0" * 64)
VERSION = VersionView(
    id=1,
    dataset=Slug("d"),
    number=1,
    published_at=NOW - timedelta(days=39),
    periods=(),
    rows=1,
    masked=0,
    columns=(),
    folder="d/versions/1",
    content_digest=DIGEST,
    policy_digest=DIGEST,
    policy_version=1,
    journal_index=1,
    note="",
    withdrawn_at=None,
    withdrawn_reason="",
    files=(),
)
VIEW = DatasetView(
    slug=Slug("d"),
    title="D",
    description="",
    kind="series",
    theme="dechets",
    service="",
    licence="",
    source="",
    simulated=True,
    shape="tableau",
    declared=DECLARED_PASSAGES,
    state="served",
    state_reason="",
    withdrawal_delay_s=900,
    updated_at=NOW,
    current=VERSION,
)


def walk(outcome: str, *, days: float = 0) -> WalkView:
    instant = NOW - timedelta(days=days)
    return WalkView("r", Slug("d"), instant, instant, outcome, "", None, "", "")


def stands(
    view: DatasetView, last: WalkView | None, confirming: WalkView | None = None, *, now: datetime = NOW
) -> tuple[str, bool]:
    found = last if last and last.outcome in CONFIRMING else confirming
    fresh = freshness_of(view, Tried(last, found), now)
    return standing_of(view, fresh).word, fresh.late


def test_a_series_is_late_forty_days_after_its_last_version_whatever_was_tried() -> None:
    assert stands(VIEW, walk("waiting")) == ("À jour", False)
    assert stands(VIEW, walk("unchanged"), now=NOW + timedelta(days=2)) == ("En retard", True)


def test_a_list_that_its_source_confirms_is_not_late() -> None:
    listed = replace(VIEW, kind="snapshot", current=replace(VERSION, published_at=NOW - timedelta(days=300)))
    assert stands(listed, walk("unchanged", days=1)) == ("À jour", False)
    assert stands(listed, walk("unavailable")) == ("En retard", True)
    assert stands(listed, None) == ("En retard", True)


@pytest.mark.parametrize("outcome", ["unavailable", "paused", "failed"])
def test_a_list_that_was_confirmed_lately_is_not_late_for_one_bad_walk_and_is_in_time(outcome: str) -> None:
    listed = replace(VIEW, kind="snapshot", current=replace(VERSION, published_at=NOW - timedelta(days=300)))
    assert stands(listed, walk(outcome), walk("unchanged", days=1)) == ("À jour", False)
    assert stands(listed, walk(outcome), walk("unchanged", days=41)) == ("En retard", True)


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"state": "withdrawn"}, "Retiré"),
        ({"state": "refused", "current": None}, "Refusé"),
        ({"state": "waiting", "current": None}, "En attente"),
        ({"kind": "live"}, "En direct"),
    ],
)
def test_each_state_has_its_word(changed: dict[str, object], word: str) -> None:
    assert stands(replace(VIEW, **changed), None)[0] == word  # type: ignore[arg-type]


def test_a_refusal_is_said_beside_what_stays_served() -> None:
    assert stands(VIEW, walk("refused"))[0] == "Dernière mise à jour refusée"
