"""Any small table under any small policy gives the same release on both engines."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.applying import BADGE, HASHED, SITE, Essay, table
from tests.e2e.engines.both import on_each, same
from tests.e2e.engines.corpus import COUNT, HOMES, ODD

pytestmark = [pytest.mark.spark, pytest.mark.usefixtures("spark")]

TIMES = [
    f"horodatage date-heure temps quasi-identifiant {{operation: generaliser, niveaux: [{level}]}}"
    for level in ("heure", "jour", "semaine")
]
MEASURES = [
    "poids decimal(2) mesure mesure {operation: agreger}",
    "poids entier mesure mesure {operation: plafonner, plafond: 50}",
    "poids entier mesure mesure {operation: arrondir, base: 7}",
]
MARGINS = ["aucun", "[{par: [site]}, {par: []}]", "[{par: [horodatage]}, {par: [site]}, {par: []}]"]


@st.composite
def essays(draw: st.DrawFn) -> Essay:
    measure = draw(st.sampled_from(MEASURES))
    statistic = draw(st.sampled_from(["somme", "moyenne"]))
    largest = draw(st.integers(1, 3))
    return table(
        [draw(st.sampled_from([BADGE, HASHED])), SITE, draw(st.sampled_from(TIMES)), measure],
        dimensions="[site, horodatage]",
        indicators=[COUNT, HOMES, f"{{nom: poids_total, calcul: {statistic}, champ: poids}}"],
        margins=draw(st.sampled_from(MARGINS)),
        changes={"dominance": f"{{active: oui, contributeurs: {largest}, pourcent: 85}}"},
    )


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "badge": st.sampled_from(["", *(f"B{n:02}" for n in range(18))]),
            "site": st.sampled_from(["", "nord", "sud", *ODD[:3]]),
            "horodatage": st.datetimes(datetime(2026, 10, 24, 20), datetime(2026, 10, 25, 4)).map(  # noqa: DTZ001 - made UTC at once
                lambda at: f"{at.isoformat()}Z"
            ),
            "poids": st.integers(0, 1000),
        }
    ),
    min_size=60,
    max_size=200,
)


def _alike(essay: Essay, rows: list[dict[str, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        now = datetime(2027, 1, 1, tzinfo=UTC)
        assert same(on_each(Path(folder), lambda desk: desk.apply(essay, rows), now=now))


@settings(max_examples=3, deadline=None)
@given(essays(), ROWS)
def test_any_table_gives_the_same_release(essay: Essay, rows: list[dict[str, object]]) -> None:
    _alike(essay, rows)


@pytest.mark.soak
@settings(max_examples=40, deadline=None, derandomize=True)
@given(essays(), ROWS)
def test_forty_tables_do(essay: Essay, rows: list[dict[str, object]]) -> None:
    _alike(essay, rows)
