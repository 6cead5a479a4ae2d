"""A release against a count by hand in Python, for any visits: same cells, same numbers, masked where they must be."""

import tempfile
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charter.apply import NothingToPublish
from eclor.errors import GuaranteeBroken
from tests.applying import BADGE, HASHED, HOUR, SITE, Desk, shown, table

PARIS = ZoneInfo("Europe/Paris")
K = 11

VISITS = st.lists(
    st.tuples(
        st.sampled_from([f"B{n:02}" for n in range(16)] + [""]),
        st.sampled_from(["nord", "sud", ""]),
        st.integers(0, 7),  # hours around the autumn night and the end of the month
        st.integers(0, 30),
    ),
    min_size=40,
    max_size=160,
)
STARTS = [datetime.fromisoformat("2026-10-24T22:00:00"), datetime.fromisoformat("2026-10-31T20:00:00")]


@pytest.mark.parametrize("identifier", [BADGE, HASHED])
@settings(max_examples=10, deadline=None)
@given(VISITS, st.sampled_from(STARTS), st.randoms(use_true_random=False))
def test_a_release_says_what_a_count_by_hand_says(
    identifier: str, visits: list[tuple[str, str, int, int]], start: datetime, shuffle: object
) -> None:
    rows = [
        {
            "badge": badge,
            "site": site,
            "horodatage": f"{(start + timedelta(hours=hour)).isoformat()}Z",
            "volume": volume,
        }
        for badge, site, hour, volume in visits
    ]
    essay = table(
        [identifier, SITE, HOUR, "volume entier mesure mesure {operation: agreger}"],
        dimensions="[site, horodatage]",
        indicators=[
            "{nom: passages, calcul: comptage-lignes}",
            "{nom: foyers, calcul: comptage-distinct, champ: badge}",
            "{nom: volume, calcul: somme, champ: volume}",
        ],
    )
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), now=datetime(2026, 11, 20, tzinfo=UTC))
        expected = by_hand(rows)
        if not expected:
            with pytest.raises(NothingToPublish):
                desk.apply(essay, rows)
            return
        if all(cell[-1] == "masque" for cell in expected):
            with pytest.raises(GuaranteeBroken, match="No cell of essai can be shown"):
                desk.apply(essay, rows)
            return
        assert shown(desk.apply(essay, rows)) == expected
        shuffle.shuffle(rows)  # type: ignore[attr-defined]
        assert shown(desk.apply(essay, rows)) == expected


def by_hand(rows: list[dict[str, object]]) -> list[tuple[object, ...]]:
    cells: dict[tuple[str, str], list[dict[str, object]]] = defaultdict(list)
    for row in rows:
        local = datetime.fromisoformat(str(row["horodatage"])).astimezone(PARIS)
        if local.month == 10:
            hour = local.replace(minute=0).isoformat()
            cells[str(row["site"]) or "inconnu", hour].append(row)
    return [(*key, *judged(cells[key])) for key in sorted(cells, key=lambda key: [part.encode() for part in key])]


def judged(rows: list[dict[str, object]]) -> tuple[object, ...]:
    loads: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        loads[str(row["badge"])].append(int(str(row["volume"])))
    units = {badge for badge in loads if badge}
    volume = sum(sum(load) for load in loads.values())
    dominated = any(len(load) * 100 > 85 * len(rows) or sum(load) * 100 > 85 * volume for load in loads.values())
    if len(units) < K or (dominated and volume) or any(len(load) * 100 > 85 * len(rows) for load in loads.values()):
        return None, None, None, "masque"
    return len(rows), len(units), volume, "publie"


@settings(max_examples=10, deadline=None)
@given(VISITS)
def test_no_shown_cell_has_fewer_than_k_households(visits: list[tuple[str, str, int, int]]) -> None:
    rows = [
        {"badge": badge, "site": site, "horodatage": f"{(STARTS[0] + timedelta(hours=hour)).isoformat()}Z"}
        for badge, site, hour, _ in visits
    ]
    essay = table(
        [BADGE, SITE, HOUR],
        dimensions="[site, horodatage]",
        indicators=["{nom: foyers, calcul: comptage-distinct, champ: badge}"],
        margins="[{par: [site]}, {par: [horodatage]}, {par: []}]",
    )
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), now=datetime(2026, 11, 20, tzinfo=UTC))
        try:
            cells = shown(desk.apply(essay, rows))
        except GuaranteeBroken:  # no pattern of masks protects this one: nothing is shown at all
            cells = []
        for *_, households, status in cells:
            assert status == "masque" or int(str(households)) >= K
