"""The plan: one expression a step, the same for the same policy, and lines that say all that a run does."""

import ibis
import pytest

from tests.applying import BADGE, HASHED, SITE, Desk, Essay, table

LADDER = "horodatage date-heure temps quasi-identifiant {operation: generaliser, niveaux: [heure, jour]}"


def essay(badge: str = HASHED, *, k: int = 11, volume: str = "agreger", **changes: str) -> Essay:
    return table(
        [badge, SITE, LADDER, f"volume entier mesure mesure {{operation: {volume}}}"],
        dimensions="[site, horodatage]",
        indicators=["{nom: volume, calcul: somme, champ: volume}"],
        k=k,
        changes={
            "echelle": "\n  - pas: [{champ: horodatage, niveau: heure}]\n  - pas: [{champ: horodatage, niveau: jour}]",
            "perte_max_pourcent": "30",
            **changes,
        },
    )


def test_there_is_one_step_a_level_and_its_expression_reads_raw_alone(desk: Desk) -> None:
    plan = desk.plan(essay())
    assert [dict(step.levels) for step in plan.steps] == [{"horodatage": "heure"}, {"horodatage": "jour"}]
    for step in plan.steps:
        tables = step.expression.value.op().find(ibis.expr.operations.UnboundTable)
        assert {table.name for table in tables} == {"raw"}


def test_compiling_twice_gives_the_same_plan(desk: Desk) -> None:
    first, second = desk.plan(essay()), desk.plan(essay())
    assert (first.operations, first.digest) == (second.operations, second.digest)
    queries = [
        [ibis.to_sql(step.expression.value, dialect="duckdb") for step in plan.steps] for plan in (first, second)
    ]
    assert queries[0] == queries[1]


@pytest.mark.parametrize(
    "other",
    [
        essay(BADGE),
        essay(k=12),
        essay(volume="plafonner, plafond: 9"),
        essay(volume="arrondir, base: 9"),
        essay(dominance="{active: oui, contributeurs: 2, pourcent: 85}"),
        essay(dominance="{active: oui, contributeurs: 1, pourcent: 84}"),
        essay(arrondi="{active: oui, base: 5}"),
        essay(cellules_vides="masquer"),
        essay(delai_publication="2 jours"),
        essay(perte_max_pourcent="29"),
    ],
)
def test_a_policy_that_does_something_else_reads_otherwise(desk: Desk, other: Essay) -> None:
    assert desk.plan(other).operations != desk.plan(essay()).operations


def test_the_lines_follow_the_pipeline(desk: Desk) -> None:
    assert desk.plan(essay(volume="plafonner, plafond: 9")).operations == (
        "champs: badge code, site code, horodatage date-heure, volume entier",
        "pseudonymiser badge",
        "generaliser horodatage heure < jour",
        "agreger site",
        "plafonner volume 9",
        "rotation 1 mois",
        "forme tableau",
        "dimensions: site, horodatage",
        "somme volume : volume",
        "periodicite mois",
        "comptages foyer (badge) k = 11",
        "dominance contributeurs 1, pourcent 85",
        "cellules_vides publier",
        "differences essai : geler",
        "delai_publication 1 jour",
        "pas horodatage heure",
        "pas horodatage jour",
        "perte_max_pourcent 30",
    )
