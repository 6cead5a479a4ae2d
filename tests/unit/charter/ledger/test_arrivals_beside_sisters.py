"""What came since is all that is read of a revised period, and still what came between two sisters is looked for.

One table is of days, its sister of months; each is published at several moments, every delivery reaching both.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from anonymizers.differencing import nesting
from anonymizers.differencing import settle as settling
from charter.apply import Release
from charter.compile import compile_policy
from charter.held import NothingToPublish
from charter.reader import parse
from eclor.errors import GuaranteeBroken
from tests.applying import BADGE, SITE, Desk, shown, table
from tests.arrivals import Came, Store, by_all_rows, same

SISTER = """\
  - jeu: soeur
    source: essais
    colonnes:
      - {nom: badge, categorie: foyer}
      - {nom: site, categorie: lieu, technique: oui}
      - {nom: horodatage, categorie: temps}
      - {nom: volume, categorie: mesure}
"""
DAYS, MONTHS = (
    replace(
        table(
            [
                BADGE,
                SITE,
                f"horodatage date-heure temps quasi-identifiant {{operation: generaliser, niveaux: [{level}]}}",
                "volume entier mesure mesure {operation: agreger}",
            ],
            dimensions="[site, horodatage]",
            indicators=[
                "{nom: foyers, calcul: comptage-distinct, champ: badge}",
                "{nom: passages, calcul: comptage-lignes}",
                "{nom: volume, calcul: somme, champ: volume}",
            ],
            changes={"differences": "{comparer_a: [essai, soeur], tardifs: reviser}"},
        ),
        sources=SISTER,
    )
    for level in ("jour", "mois")
)
BEFORE = [Came("nord", 5, 0, 20, 3), Came("nord", 6, 100, 20, 3)]


class Sisters:
    """Two tables of one source, which remember one another."""

    def __init__(self, folder: Path) -> None:
        desk = Desk(folder)
        territory = desk.territory(DAYS)
        text = MONTHS.policy().replace("jeu: essai\n", "jeu: soeur\n")
        plan = compile_policy(parse(text.encode(), "soeur.yaml"), territory, now=desk.now)
        self.days = Store(desk, desk.plan(DAYS), territory.catalogue)
        self.months = Store(desk, plan, territory.catalogue, versions=self.days.versions)

    def receive(self, came: Sequence[Came], *, without: str = "", instead_of: int | None = None) -> None:
        for store in (self.days, self.months):
            store.receives(came, without=without, instead_of=instead_of)


def two_more_than_a_month(folder: Path) -> Release:
    """Eleven households come before the month is published and two after: the days of then and now would tell of two.

    Of the day itself thirteen are new, which alone is no difference of too few.
    """
    sisters = Sisters(folder)
    sisters.receive(BEFORE)
    sisters.days.publishes(sisters.days.applied())
    sisters.receive([Came("nord", 5, 200, 11, 3)])
    sisters.months.publishes(sisters.months.applied())
    sisters.receive([Came("nord", 5, 300, 2, 3), Came("sud", 5, 400, 20, 3)])
    release = sisters.days.applied()
    same(release, by_all_rows(sisters.days))
    return release


def first_day(release: Release) -> tuple[object, ...]:
    found: tuple[object, ...] = next(row[2:4] for row in shown(release) if row[:2] == ("nord", "2026-10-05"))
    return found


def test_what_came_after_a_sister_s_total_is_not_told_by_a_day_of_which_only_new_rows_were_read(
    tmp_path: Path, asked: list[int]
) -> None:
    release = two_more_than_a_month(tmp_path)
    assert asked == [1, 2, 2, 3]
    assert first_day(release) == (20, 20)


def test_the_day_would_be_shown_if_nothing_were_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nesting, "nearly_inside", lambda _: iter(()))
    monkeypatch.setattr(nesting, "with_totals", lambda facts, _: facts)
    monkeypatch.setattr(settling, "combinations", lambda new, fresh, past, work: iter(()))
    assert first_day(two_more_than_a_month(tmp_path)) == (33, 33)


CAME = st.builds(
    Came,
    site=st.sampled_from(["nord", "sud", "est"]),
    day=st.integers(5, 6),
    first=st.integers(0, 300),
    households=st.integers(1, 20),
    volume=st.integers(1, 40),
)
MOMENTS = st.lists(
    st.tuples(st.lists(CAME, min_size=1, max_size=3), st.booleans(), st.none() | st.integers(0, 20)),
    min_size=2,
    max_size=3,
)


def made(apply: Callable[[], Release]) -> Release | str:
    """Return the release, or why there is none."""
    try:
        return apply()
    except (NothingToPublish, GuaranteeBroken) as none:
        return str(none)


@given(moments=MOMENTS)
@settings(
    derandomize=True,
    max_examples=5,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_beside_a_sister_what_came_alone_settles_a_period_as_all_its_rows_do(
    tmp_path_factory: pytest.TempPathFactory, moments: list[tuple[list[Came], bool, int | None]]
) -> None:
    """Either sister is published at each moment, somebody's rows taken out before or not."""
    sisters = Sisters(tmp_path_factory.mktemp("sisters"))
    sisters.receive(BEFORE)
    sisters.days.publishes(sisters.days.applied())
    for came, of_days, erased in moments:
        sisters.receive(came)
        if erased is not None:
            sisters.receive(BEFORE, without=f"B{erased:03}", instead_of=0)
        store = sisters.days if of_days else sisters.months
        release, otherwise = made(store.applied), made(partial(by_all_rows, store))
        if isinstance(release, Release) and isinstance(otherwise, Release):
            same(release, otherwise)
            store.publishes(release)
        else:
            assert release == otherwise
