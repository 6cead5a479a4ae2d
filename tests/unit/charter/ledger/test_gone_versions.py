"""What a version showed that is no longer served: compared with for ever, and never shown again by itself."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from anonymizers.places import Zones
from charter.held import NothingToPublish
from tests.applying import BADGE, SITE, Desk, Essay, shown, table
from tests.arrivals import Came, Store

DAY = "horodatage date-heure temps quasi-identifiant {operation: generaliser, niveaux: [jour]}"
VOLUME = "volume entier mesure mesure {operation: agreger}"
HOMES = "{nom: foyers, calcul: comptage-distinct, champ: badge}"
DEROGATION = """\
derogations:
  - {regle: plancher-k, unite: foyer, k: 7, motif: essai, deliberation: essai, du: 2026-01-01, au: 2026-11-30}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def essay(*, k: int = 11, more: str = "", site: str = SITE, **changes: str) -> Essay:
    return table(
        [BADGE, site, DAY, VOLUME],
        dimensions="[site, horodatage]",
        indicators=[HOMES, "{nom: volume, calcul: somme, champ: volume}"],
        k=k,
        more=more,
        changes={"differences": "{comparer_a: [essai], tardifs: reviser}", **changes},
    )


def published(desk: Desk, asked: Essay, came: Sequence[Came]) -> Store:
    """Publish a first version of what came, which is then withdrawn."""
    store = Store(desk, desk.plan(asked), desk.territory(asked).catalogue)
    store.receives(came)
    store.publishes(store.applied())
    return replace(store, former=None, gone=frozenset({1}))


def cells(store: Store) -> list[tuple[object, ...]]:
    return [row[:3] for row in shown(store.applied())]


def test_a_cell_under_k_that_a_derogation_showed_keeps_its_period_out(desk: Desk) -> None:
    october = [Came("nord", 5, 0, 8, 1), Came("sud", 5, 100, 30, 1)]
    store = published(desk, essay(k=7, more=DEROGATION), october)
    store.plan = desk.plan(essay())
    with pytest.raises(NothingToPublish):
        store.applied()
    store.plan = desk.plan(essay(k=8, more=DEROGATION.replace("k: 7", "k: 8")))
    assert cells(store) == [("nord", "2026-10-05", 8), ("sud", "2026-10-05", 30)]


def test_what_the_policy_in_force_would_show_itself_stands_again(desk: Desk) -> None:
    """One household came late: of the two numbers only the one that was said before may be shown."""
    store = published(desk, essay(), [Came("nord", 5, 0, 20, 1)])
    store.receives([Came("nord", 5, 50, 1, 1)])
    assert cells(store) == [("nord", "2026-10-05", 20)]


def test_a_period_of_a_withdrawn_version_is_published_once(desk: Desk) -> None:
    """It is due again, and its late rows would have it revised too: one line a cell all the same."""
    store = published(desk, essay(), [Came("nord", 5, 0, 20, 1)])
    store.receives([Came("nord", 6, 100, 20, 1)])
    assert cells(store) == [("nord", "2026-10-05", 20), ("nord", "2026-10-06", 20)]


def test_another_rounding_keeps_its_period_out(desk: Desk) -> None:
    store = published(desk, essay(), [Came("nord", 5, 0, 21, 1)])
    store.plan = desk.plan(essay(arrondi="{active: oui, base: 10}"))
    with pytest.raises(NothingToPublish):
        store.applied()


def test_finer_places_than_were_signed_do_not_come_back(desk: Desk) -> None:
    desk.zones = Zones({"57001": "200000001", "57002": "200000001"})
    places = "site code lieu quasi-identifiant {operation: generaliser, niveaux: [%s]}"
    fine, coarse = essay(site=places % "commune"), essay(site=places % "epci")
    store = published(desk, fine, [Came("57001", 5, 0, 20, 1), Came("57002", 5, 50, 20, 1)])
    store.plan = desk.plan(coarse)
    with pytest.raises(NothingToPublish):
        store.applied()
