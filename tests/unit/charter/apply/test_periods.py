"""Which periods are published, when, and that none ever changes."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from charter.apply import FormerRelease, NothingToPublish
from charter.durations import Duration
from charter.periods import rotation_of
from eclor.errors import GuaranteeBroken
from eclor.names import Period, Slug
from eclor.world import Secret
from tests.applying import BADGE, HASHED, HOUR, SITE, Desk, Essay, former_of, shown, table
from tests.keyrings import NoLedgerKeys

DAY = "horodatage date-heure temps quasi-identifiant {operation: generaliser, niveaux: [jour]}"
WEEK = "horodatage date-heure temps quasi-identifiant {operation: generaliser, niveaux: [semaine]}"
COUNT = ["{nom: foyers, calcul: comptage-distinct, champ: badge}"]


def essay(
    time: str = DAY, badge: str = BADGE, *, margins: str = "aucun", frequency: str = "mois", **more: str
) -> Essay:
    return table(
        [badge, SITE, time],
        dimensions="[site, horodatage]",
        indicators=COUNT,
        margins=margins,
        frequency=frequency,
        delay=more.get("delay", "1 jour"),
    )


def visits(at: str, count: int = 12, site: str = "nord") -> list[dict[str, object]]:
    return [{"badge": f"B{number:03}", "site": site, "horodatage": at} for number in range(count)]


def test_a_period_is_published_at_its_end_and_delay_and_not_a_second_before(desk: Desk) -> None:
    """October ends at midnight in Paris, 23:00 UTC that night of winter time; seven days later it may leave."""
    due = datetime(2026, 11, 7, 23, tzinfo=UTC)
    data = visits("2026-10-05T09:00:00+02:00")
    desk.now = due - timedelta(seconds=1)
    with pytest.raises(NothingToPublish) as waiting:
        desk.apply(essay(delay="7 jours"), data)
    assert waiting.value.next_close == due
    desk.now = due
    assert desk.apply(essay(delay="7 jours"), data).periods == ("2026-10",)


def test_only_closed_periods_leave(desk: Desk) -> None:
    data = visits("2026-09-30T23:59:59+02:00") + visits("2026-10-01T00:00:00+02:00") + visits("2026-11-20T09:00:00Z")
    release = desk.apply(essay(), data)
    assert release.periods == ("2026-09", "2026-10")
    assert [row[1] for row in shown(release)] == ["2026-09-30", "2026-10-01"]
    assert release.figures.rows_in == 24


def test_nothing_is_due_when_no_row_stands_in_a_period(desk: Desk) -> None:
    with pytest.raises(NothingToPublish) as waiting:
        desk.apply(essay(), "badge,site,horodatage\n")
    assert waiting.value.next_close is None


def test_a_published_period_never_changes_whatever_comes_late(desk: Desk) -> None:
    desk.now = datetime(2026, 10, 10, tzinfo=UTC)
    september = visits("2026-09-10T09:00:00Z")
    first = desk.apply(essay(), september)
    desk.now = datetime(2026, 11, 10, tzinfo=UTC)
    late = visits("2026-09-10T10:00:00Z", 40, "sud") + visits("2026-09-11T10:00:00Z", 40)
    second = desk.apply(essay(), september + late + visits("2026-10-02T09:00:00Z", 15), former=former_of(first))
    assert second.periods == ("2026-09", "2026-10")
    assert shown(second) == [*shown(first), ("nord", "2026-10-02", 15, "publie")]


def test_all_periods_published_and_nothing_new_is_no_refusal(desk: Desk) -> None:
    data = visits("2026-10-05T09:00:00Z") + visits("2026-11-05T09:00:00Z")
    first = desk.apply(essay(), data)
    with pytest.raises(NothingToPublish) as waiting:
        desk.apply(essay(), data, former=former_of(first))
    assert waiting.value.next_close == datetime(2026, 12, 1, 23, tzinfo=UTC)


def test_a_late_period_that_was_never_published_still_leaves(desk: Desk) -> None:
    october = desk.apply(essay(), visits("2026-10-05T09:00:00Z"))
    both = desk.apply(
        essay(), visits("2026-10-05T09:00:00Z") + visits("2026-08-05T09:00:00Z"), former=former_of(october)
    )
    assert both.periods == ("2026-08", "2026-10")


def test_a_total_over_the_period_says_of_which_where_several_stand_in_one_table(desk: Desk) -> None:
    with_total = essay(margins="[{par: [site]}]")
    desk.now = datetime(2026, 10, 10, tzinfo=UTC)
    september = visits("2026-09-10T09:00:00Z")
    first = desk.apply(with_total, september)
    assert ("nord", "ensemble", 12, "publie") in shown(first)
    desk.now = datetime(2026, 11, 10, tzinfo=UTC)
    second = desk.apply(with_total, september + visits("2026-10-05T09:00:00Z", 15), former=former_of(first))
    desk.now = datetime(2026, 12, 10, tzinfo=UTC)
    third = desk.apply(with_total, visits("2026-11-05T09:00:00Z", 20), former=former_of(second))
    totals = {row[1]: row[2] for row in shown(third) if str(row[1]).startswith("ensemble")}
    assert totals == {"ensemble 2026-09": 12, "ensemble 2026-10": 15, "ensemble 2026-11": 20}


def test_a_former_release_with_other_columns_refuses(desk: Desk) -> None:
    first = desk.apply(essay(), visits("2026-09-10T09:00:00Z"))
    renamed = table(
        [BADGE, SITE, DAY],
        dimensions="[site, horodatage]",
        indicators=["{nom: menages, calcul: comptage-distinct, champ: badge}"],
    )
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(renamed, visits("2026-10-10T09:00:00Z"), former=former_of(first))
    assert refused.value.code == "release.former-differs"


def test_a_week_belongs_to_the_month_of_its_thursday(desk: Desk) -> None:
    """Monday 28 September to Sunday 4 October 2026: its Thursday is 1 October."""
    desk.now = datetime(2026, 11, 10, tzinfo=UTC)
    data = visits("2026-09-28T00:00:00+02:00", 6) + visits("2026-10-04T23:00:00+02:00", 12)
    release = desk.apply(essay(WEEK), data)
    assert release.periods == ("2026-10",)
    assert shown(release) == [("nord", "2026-W40", 12, "publie")]


def test_a_month_of_weeks_waits_for_the_end_of_its_last_week(desk: Desk) -> None:
    """31 December 2026 is a Thursday: its week ends on Sunday 3 January, past the month's end and a day's delay."""
    data = visits("2026-12-31T09:00:00+01:00")
    closes = datetime(2027, 1, 3, 23, tzinfo=UTC)
    desk.now = closes - timedelta(seconds=1)
    with pytest.raises(NothingToPublish) as waiting:
        desk.apply(essay(WEEK), data)
    assert waiting.value.next_close == closes
    desk.now = closes
    assert desk.apply(essay(WEEK), data).periods == ("2026-12",)


def test_weeks_that_reach_into_days_already_published_do_not_leave(desk: Desk) -> None:
    """The week of 28 September reaches into October only on paper: September's days are out, its rows would be told."""
    september = desk.apply(essay(DAY), visits("2026-09-29T09:00:00Z"))
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(
            essay(WEEK),
            visits("2026-09-29T09:00:00Z") + visits("2026-10-02T09:00:00Z"),
            former=FormerRelease(september.rows.path, september.periods),
        )
    assert refused.value.code == "release.no-step"


def test_the_autumn_night_has_two_hours_of_one_name_and_a_third_cell_for_those_without_offset(desk: Desk) -> None:
    data = (
        visits("2026-10-25T02:30:00+02:00", 11)
        + visits("2026-10-25T02:30:00+01:00", 12)
        + visits("2026-10-25T02:30:00", 13)
        + visits("2026-10-25T03:00:00", 14)
    )
    assert shown(desk.apply(essay(HOUR), data)) == [
        ("nord", "2026-10-25T02:00:00", 13, "publie"),
        ("nord", "2026-10-25T02:00:00+01:00", 12, "publie"),
        ("nord", "2026-10-25T02:00:00+02:00", 11, "publie"),
        ("nord", "2026-10-25T03:00:00+01:00", 14, "publie"),
    ]


def test_the_spring_night_has_no_hour_of_two(desk: Desk) -> None:
    desk.now = datetime(2026, 5, 10, tzinfo=UTC)
    data = visits("2026-03-29T00:59:59Z", 11) + visits("2026-03-29T01:00:00Z", 12) + visits("2026-03-29T02:30:00", 20)
    assert shown(desk.apply(essay(HOUR), data)) == [
        ("nord", "2026-03-29T01:00:00+01:00", 11, "publie"),
        ("nord", "2026-03-29T03:00:00+02:00", 12, "publie"),
    ]


def test_a_local_day_is_cut_at_midnight_in_paris(desk: Desk) -> None:
    data = visits("2026-10-24T21:59:59Z", 11) + visits("2026-10-24T22:00:00Z", 12) + visits("2026-10-25T22:59:59Z", 13)
    assert shown(desk.apply(essay(DAY), data)) == [
        ("nord", "2026-10-24", 11, "publie"),
        ("nord", "2026-10-25", 13, "publie"),
    ]


def test_a_date_before_all_refuses_the_delivery(desk: Desk) -> None:
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(essay(), visits("1900-01-01T00:00:00Z") + visits("2026-10-05T09:00:00Z"))
    assert refused.value.code == "release.too-early"
    assert "une date d'avant 1912" in refused.value.french()


@pytest.mark.parametrize("kind", ["entier", "code"])
def test_a_year_is_a_period_as_a_number_or_a_text(desk: Desk, kind: str) -> None:
    yearly = table(
        [BADGE, f"an {kind} temps! technique {{operation: generaliser, niveaux: [annee]}}"],
        dimensions="[an]",
        indicators=COUNT,
        frequency="annee",
    )
    data = [{"badge": f"B{n}", "an": an} for an in (2024, 2025, 2026) for n in range(12)]
    release = desk.apply(yearly, data)
    assert shown(release) == [("2024", 12, "publie"), ("2025", 12, "publie")]
    assert release.periods == ("2024", "2025")
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(yearly, [*data, {"badge": "B1", "an": 26}])
    assert refused.value.code == "release.too-early"


def test_a_row_of_the_future_waits_and_a_row_without_time_is_left_aside(desk: Desk) -> None:
    data = visits("2026-10-05T09:00:00Z") + visits("9998-12-31T09:00:00Z") + visits("", 30)
    release = desk.apply(essay(), data)
    assert release.periods == ("2026-10",)
    assert release.figures.rows_in == 12
    assert release.figures.internal["rows_held"] == 54


@dataclass
class SpyRing(NoLedgerKeys):
    """Keys that remember which were asked for."""

    asked: list[str] = field(default_factory=list)

    def pseudonym_key(self, dataset: Slug, period: Period) -> Secret:
        self.asked.append(f"{dataset} {period}")
        return Secret(period.encode().ljust(32, b"."))

    def partition_key(self, partition: str) -> Secret:
        raise AssertionError(partition)

    def destroy_pseudonym_key(self, dataset: Slug, period: Period) -> None:
        raise AssertionError(dataset)

    def destroy_partition_key(self, partition: str) -> None:
        raise AssertionError(partition)


def test_the_key_is_that_of_the_rotation_of_the_release_period(desk: Desk) -> None:
    """A row of 30 September in a week of October is hashed under October's key, so its household counts once."""
    ring = SpyRing()
    desk.keys = ring
    desk.now = datetime(2026, 11, 10, tzinfo=UTC)
    data = visits("2026-09-30T09:00:00Z") + visits("2026-10-02T09:00:00Z") + visits("2026-08-12T09:00:00Z")
    release = desk.apply(essay(WEEK, HASHED), data)
    assert sorted(ring.asked) == ["essai 2026-08", "essai 2026-10"]
    assert shown(release) == [("nord", "2026-W33", 12, "publie"), ("nord", "2026-W40", 12, "publie")]


@pytest.mark.parametrize(
    ("day", "rotation", "label"),
    [
        ("2026-05-17", "1 mois", "2026-05"),
        ("2026-05-17", "3 mois", "2026-T2"),
        ("2026-05-17", "2 mois", "2026-05-01"),
        ("2026-05-17", "12 mois", "2026"),
        ("2026-05-17", "1 an", "2026"),
        ("2026-05-17", "2 semaines", "2026-05-11"),
        ("2026-05-25", "2 semaines", "2026-05-25"),
    ],
)
def test_a_rotation_is_named_by_its_calendar(day: str, rotation: str, label: str) -> None:
    assert rotation_of(datetime.fromisoformat(day).date(), Duration.parse(rotation)).label == label


def test_a_delivery_without_time_waits_for_its_delay_since_receipt(desk: Desk) -> None:
    timeless = table([BADGE, SITE], dimensions="[site]", indicators=COUNT, frequency="annee", delay="7 jours")
    data = [{"badge": f"B{n}", "site": "nord"} for n in range(12)]
    received = datetime(2026, 11, 20, tzinfo=UTC)
    with pytest.raises(NothingToPublish) as waiting:
        desk.apply(timeless, data, received=received)
    assert waiting.value.next_close == received + timedelta(days=7)
    desk.now = received + timedelta(days=7)
    first = desk.apply(timeless, data, received=received)
    assert (shown(first), first.periods) == ([("nord", 12, "publie")], ())
    with pytest.raises(NothingToPublish):
        desk.apply(timeless, data, received=received, former=former_of(first))
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(timeless, data[:11], received=received, former=former_of(first))
    assert refused.value.code == "release.not-in-ledger"
    with pytest.raises(NothingToPublish) as empty:
        desk.apply(timeless, "badge,site\n", received=received)
    assert empty.value.next_close is None
