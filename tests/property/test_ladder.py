"""A step of the ladder that loses too much by itself is left early: the same step is taken as if all were protected."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

import charter.ladder
from anonymizers.places import ZoneGrain, Zones
from charter.ladder import NothingHolds
from tests.applying import BADGE, Desk, Essay, shown, table

COMMUNES = ("57001", "57002", "57003")
ZONES = Zones(
    {"57001": "200000001", "57002": "200000001", "57003": "200000002"},
    populations={
        (ZoneGrain.COMMUNE, "57001"): 900,
        (ZoneGrain.COMMUNE, "57002"): 90,
        (ZoneGrain.COMMUNE, "57003"): 900,
        (ZoneGrain.EPCI, "200000001"): 990,
        (ZoneGrain.EPCI, "200000002"): 900,
    },
)
STEPS = (("commune", "jour"), ("commune", "mois"), ("epci", "mois"))
HOMES = "{unite: foyer, champs: [badge], k: 11}"
DEVICES = "{unite: appareil, champs: [borne], k: 11}"
MARGINS = ("aucun", "[{par: [jour]}]", "[{par: [commune]}, {par: []}]")


@st.composite
def essays(draw: st.DrawFn) -> Essay:
    several = draw(st.booleans())
    steps = "".join(f"\n  - pas: [{{champ: commune, niveau: {p}}}, {{champ: jour, niveau: {t}}}]" for p, t in STEPS)
    changes = {
        "echelle": steps,
        "perte_max_pourcent": str(draw(st.sampled_from([0, 5, 20, 30, 40]))),
        "cellules_vides": draw(st.sampled_from(["publier", "masquer"])),
    }
    small = draw(st.sampled_from(["", "masquer", "fusionner"]))
    return table(
        [
            BADGE,
            *(["borne code appareil quasi-identifiant {operation: comptage}"] if several else []),
            "commune code lieu quasi-identifiant {operation: generaliser, niveaux: [commune, epci]}",
            "jour date temps quasi-identifiant {operation: generaliser, niveaux: [jour, mois]}",
        ],
        dimensions="[commune, jour]",
        indicators=["{nom: foyers, calcul: comptage-distinct, champ: badge}"],
        units=f"{HOMES}\n  - {DEVICES}" if several else HOMES,
        margins=draw(st.sampled_from(MARGINS)),
        changes=changes | ({"petites_populations": f"{{seuil: 200, action: {small}}}"} if small else {}),
    )


@st.composite
def deliveries(draw: st.DrawFn) -> list[dict[str, object]]:
    """Return visits of October and November by households of one commune each."""
    sizes = draw(st.dictionaries(st.sampled_from(COMMUNES), st.sampled_from([3, 12, 30, 60]), min_size=1))
    days = draw(st.lists(st.sampled_from(["2026-10-05", "2026-10-06", "2026-11-05"]), min_size=1, unique=True))
    kept = draw(st.integers(1, 3))
    return [
        {"badge": f"{commune}-{n}", "borne": f"A{n % 14}", "commune": commune, "jour": day}
        for commune, size in sizes.items()
        for place, day in enumerate(days)
        for n in range(size)
        if (n + place) % kept == 0
    ]


def told(desk: Desk, essay: Essay, rows: list[dict[str, object]]) -> tuple[object, ...]:
    """Return what is published, or at which steps nothing could be."""
    left = set() if "borne" in essay.policy() else {"borne"}
    held = [{name: value for name, value in row.items() if name not in left} for row in rows]
    try:
        return tuple(shown(desk.apply(essay, held)))
    except NothingHolds as refusal:
        return tuple(trial.levels for trial in refusal.trials)


@settings(max_examples=15, deadline=None)
@given(essays(), deliveries())
def test_the_step_taken_is_that_of_a_ladder_that_protects_each_in_full(
    essay: Essay, rows: list[dict[str, object]]
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        desk = Desk(Path(folder), now=datetime(2027, 1, 1, tzinfo=UTC), zones=ZONES)
        early = told(desk, essay, rows)
        patched.setattr(charter.ladder, "_lost_already", lambda *_: ())
        assert told(desk, essay, rows) == early
        event(f"published: {any('publie' in row for row in early)}")
