"""A weekly series: what one week masks, the next masks again rather than others."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from charter.apply import Release
from tests.applying import BADGE, SITE, Desk, former_of, names, shown, table, visits

WEEK = "horodatage date-heure temps quasi-identifiant {operation: generaliser, niveaux: [semaine]}"
ESSAY = table(
    [BADGE, SITE, WEEK],
    dimensions="[site, horodatage]",
    indicators=["{nom: foyers, calcul: comptage-distinct, champ: badge}"],
    margins="[{par: [horodatage]}]",
    frequency="semaine",
)
MONDAYS = ("2026-10-05", "2026-10-12", "2026-10-19", "2026-10-26")
OTHERS = ((20, 30), (30, 20), (30, 20), (30, 20))
"""How many come to « b » and « c »: a fresh pattern masks the smaller beside « a », which is always too small."""


def week(monday: str, counts: tuple[int, int]) -> list[dict[str, object]]:
    at = f"{monday}T09:00:00+02:00"
    sites = {"a": 5, "b": counts[0], "c": counts[1], "d": 60}
    return [row for site, count in sites.items() for row in visits(*names(count, site), site=site, at=at)]


def masked(release: Release, monday: str) -> set[object]:
    label = f"{datetime.fromisoformat(monday):%G-W%V}"
    return {row[0] for row in shown(release) if row[1] == label and row[-1] == "masque"}


def test_the_same_cells_are_masked_week_after_week(desk: Desk) -> None:
    alone = [masked(desk.apply(ESSAY, week(day, counts)), day) for day, counts in zip(MONDAYS, OTHERS, strict=True)]
    assert alone == [{"a", "b"}, {"a", "c"}, {"a", "c"}, {"a", "c"}]
    data: list[dict[str, object]] = []
    former, series = None, []
    for at, (day, counts) in enumerate(zip(MONDAYS, OTHERS, strict=True)):
        data += week(day, counts)
        closed = datetime(2026, 10, 14, 12, tzinfo=UTC) + timedelta(days=7 * at)
        one = replace(desk, folder=desk.folder / str(at), now=closed)
        one.folder.mkdir()
        release = one.apply(ESSAY, data, former=former)
        former = former_of(release)
        series.append(masked(release, day))
    assert series == [{"a", "b"}] * 4


def test_weeks_that_are_published_together_follow_one_another_too(desk: Desk) -> None:
    data = [row for day, counts in zip(MONDAYS, OTHERS, strict=True) for row in week(day, counts)]
    release = desk.apply(ESSAY, data)
    assert [masked(release, day) for day in MONDAYS] == [{"a", "b"}] * 4
