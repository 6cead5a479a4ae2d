"""What is refused before a row is read: columns that are not those declared, and what is not built yet."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from charter.apply import Held, apply
from eclor.engine.limits import Limits
from eclor.errors import GuaranteeBroken
from eclor.names import FieldName, Slug, SourceName
from harvesters.intake import Delivery, IntakeCounts, RawColumn, rows_held
from tests.applying import BADGE, SITE, Desk, Essay, names, rows, shown, table

DAY = "horodatage date-heure temps quasi-identifiant {operation: generaliser, niveaux: [jour]}"
COUNT = ["{nom: foyers, calcul: comptage-distinct, champ: badge}"]
NOON = datetime(2026, 11, 1, tzinfo=UTC)

DEROGATION = """\
derogations:
  - {regle: plancher-k, unite: foyer, k: 7, motif: essai, deliberation: essai, du: 2026-01-01, au: 2026-11-30}
"""
COLUMNS = (("badge", "code"), ("site", "code"), ("horodatage", "date-heure"))


def essay(**changes: str) -> Essay:
    return table([BADGE, SITE, DAY], dimensions="[site, horodatage]", indicators=COUNT, changes=changes)


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ((*COLUMNS, ("nom", "texte")), "release.undeclared-column"),
        (COLUMNS[:2], "release.missing-column"),
        ((*COLUMNS[:2], ("horodatage", "texte")), "release.retyped-column"),
    ],
)
def test_other_columns_than_those_declared_refuse_the_delivery(
    desk: Desk, columns: tuple[tuple[str, str], ...], code: str
) -> None:
    delivered = tuple(RawColumn(FieldName(name), kind) for name, kind in columns)
    raw = rows_held(Slug("essai"), SourceName("essais"), [Delivery(delivered, (), IntakeCounts(), NOON)])
    plan = desk.plan(essay())
    held = Held(raw, (), former=None, catalogue=desk.territory(essay()).catalogue, zones=None)
    with pytest.raises(GuaranteeBroken) as refused:
        apply(plan, held, world=desk.world, limits=Limits(desk.folder / "work"))
    assert refused.value.code == code
    assert not (desk.folder / "work" / "release.parquet").exists()


@pytest.mark.parametrize(
    ("more", "last"),
    [
        ("", datetime(2028, 12, 31, 22, 59, 59, tzinfo=UTC)),
        (DEROGATION, datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC)),
    ],
)
def test_what_ended_since_it_was_compiled_publishes_nothing(desk: Desk, more: str, last: datetime) -> None:
    """The last day is included, in Paris: a second later is the next one."""
    asked = table(
        [BADGE, SITE], dimensions="[site]", indicators=COUNT, frequency="annee", k=7 if more else 11, more=more
    )
    data = [{"badge": name, "site": "nord"} for name in names(12)]
    desk.now = last
    plan = desk.plan(asked)
    assert shown(desk.apply(asked, data, changed=plan)) == [("nord", 12, "publie")]
    desk.now = last + timedelta(seconds=1)
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(asked, data, changed=plan)
    assert refused.value.code == "release.policy-ended"


def test_a_plan_is_applied_to_its_own_dataset(desk: Desk) -> None:
    raw = rows_held(Slug("autre"), SourceName("essais"), [Delivery((), (), IntakeCounts(), NOON)])
    held = Held(raw, (), former=None, catalogue=desk.territory(essay()).catalogue, zones=None)
    with pytest.raises(AssertionError, match="own dataset"):
        apply(desk.plan(essay()), held, world=desk.world, limits=Limits(desk.folder / "work"))


SISTER = """\
  - jeu: soeur
    source: essais
    colonnes:
      - {{nom: site, categorie: lieu, technique: oui}}
{more}
"""


def test_who_is_in_a_table_is_kept_where_a_sister_counts_units_and_nowhere_else(desk: Desk) -> None:
    compared = essay(differences="{comparer_a: [essai, soeur], tardifs: geler}")
    silent = replace(compared, sources=SISTER.format(more=""))
    counting = replace(compared, sources=SISTER.format(more="      - {nom: badge, categorie: foyer}"))
    data = [{"badge": f"B{n}", "site": "nord", "horodatage": "2026-10-05T09:00:00Z"} for n in range(12)]
    assert desk.apply(silent, data).ledger is None
    kept = desk.apply(counting, data).ledger
    assert kept is not None
    assert [period.period for period in kept.periods] == ["2026-10"]


KEPT = "code code nomenclature! technique {operation: conserver}"


@pytest.mark.parametrize(
    ("column", "code"),
    [
        ("size entier mesure! technique {operation: agreger}", "G505"),
        ("size entier mesure! technique {operation: arrondir, base: 5}", "G505"),
        ("size entier mesure! technique {operation: plafonner, plafond: 5}", "G505"),
        ("size code foyer technique {operation: comptage}", "G501"),
        ("size code foyer identifiant-direct {operation: pseudonymiser}", "G501"),
    ],
)
def test_no_policy_by_rows_compiles_that_a_run_could_not_execute(desk: Desk, column: str, code: str) -> None:
    """In rows what is kept, generalised or reviewed alone may stand, and what stands nowhere is not kept (G518)."""
    shown_and_not = (rows([KEPT, column], shown="[code, size]"), code), (rows([KEPT, column], shown="[code]"), "G518")
    for asked, expected in shown_and_not:
        with pytest.raises(AssertionError) as refused:
            desk.plan(asked)
        assert f"[{expected}]" in str(refused.value)


def test_a_distinct_count_of_a_column_in_no_minimum_count_does_not_compile(desk: Desk) -> None:
    asked = table(
        [BADGE, "client code personne identifiant-direct {operation: comptage}", SITE],
        dimensions="[site]",
        indicators=[*COUNT, "{nom: clients, calcul: comptage-distinct, champ: client}"],
        frequency="annee",
    )
    with pytest.raises(AssertionError, match="G508"):
        desk.plan(asked)
    with pytest.raises(AssertionError, match="G504"):
        desk.plan(
            table(
                [BADGE, SITE],
                dimensions="[site]",
                indicators=["{nom: sites, calcul: comptage-distinct, champ: site}"],
                frequency="annee",
            )
        )
