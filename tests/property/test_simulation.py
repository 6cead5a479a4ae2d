"""A simulation and a release say the same of every cell, for any visits: two commands, never two answers."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.cells import TOGETHER
from charter.apply import Held, NothingToPublish
from charter.published_cells import MASKED, PUBLISHED, STATUS
from charter.simulation.attempt import Attempt, Verdict, attempted
from charter.simulation.cells import CellFound, Fate, periods_found
from eclor.engine.limits import Limits
from eclor.errors import GuaranteeBroken
from eclor.offline.delivery import read_delivery
from tests.applying import BADGE, SITE, Desk, Essay, as_csv, table

DAY = "horodatage date-heure temps quasi-identifiant {operation: generaliser, niveaux: [jour]}"
LOAD = "volume entier mesure mesure {operation: agreger}"
OPEN = "prenom code nomenclature quasi-identifiant {operation: agreger}"
CLOSED = "genre code nomenclature(a,b) quasi-identifiant {operation: agreger}"
COUNTS = (
    "{nom: passages, calcul: comptage-lignes}",
    "{nom: foyers, calcul: comptage-distinct, champ: badge}",
    "{nom: volume, calcul: somme, champ: volume}",
)
NOW = datetime(2026, 12, 20, tzinfo=UTC)

GROUPS = st.lists(
    st.tuples(
        st.sampled_from(["nord", "sud", ""]),
        st.sampled_from(["a", "b"]),
        st.integers(1, 2),
        st.sampled_from([0, 1, 9, 10, 11, 12, 20, 30]),  # households, on either side of k
        st.integers(0, 30),
    ),
    min_size=3,
    max_size=8,
)
"""Households of a place, a kind and a day; the same household may be in several."""


def essays() -> dict[str, Essay]:
    """A table of a closed list with all its totals, and one of an open list."""
    margins = "\n  - {par: [site]}\n  - {par: [genre]}\n  - {par: []}"
    return {
        "genre": table(
            [BADGE, SITE, CLOSED, DAY, LOAD], dimensions="[site, genre, horodatage]", indicators=COUNTS, margins=margins
        ),
        "prenom": table([BADGE, SITE, OPEN, DAY, LOAD], dimensions="[site, prenom, horodatage]", indicators=COUNTS),
    }


@settings(max_examples=8, deadline=None)
@given(GROUPS, st.sampled_from(["genre", "prenom"]))
def test_a_simulation_and_a_release_agree_cell_by_cell(
    groups: list[tuple[str, str, int, int, int]], column: str
) -> None:
    rows = [
        {"badge": f"B{n:02}", "site": site, column: kind, "horodatage": f"2026-10-0{day}T10:00:00Z", "volume": load}
        for site, kind, day, households, load in [("nord", "a", 1, 15, 3), *groups]
        for n in range(households)
    ]
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), now=NOW)
        essay = essays()[column]
        attempt, released = tried(desk, essay, rows), released_rows(desk, essay, rows)
    assert (attempt.verdict is Verdict.PUBLISHES) == (released is not None)
    if released is None:
        return
    dimensions = essay_dimensions(attempt)
    (period,) = periods_found(attempt)
    by_key = {cell.key: cell for cell in period.cells if cell.fate is not Fate.UNSAID}
    assert set(by_key) == {tuple(str(row[name]) for name in dimensions) for row in released}
    for row in released:
        agree(by_key[tuple(str(row[name]) for name in dimensions)], row)
    for cell in period.cells:
        explained(cell, opened=column == "prenom")


def agree(cell: CellFound, row: dict[str, object]) -> None:
    if cell.fate is Fate.PUBLISHED:
        assert row[STATUS] == PUBLISHED
        assert (row["passages"], row["foyers"], row["volume"]) == cell.values
    else:
        assert (row[STATUS], row["passages"], row["foyers"], row["volume"]) == (MASKED, None, None, None)


def explained(cell: CellFound, *, opened: bool) -> None:
    """A cell has a reason if and only if it is not shown; one of an open list is said nowhere."""
    assert bool(cell.reasons) == (cell.fate is not Fate.PUBLISHED)
    if opened and cell.fate is not Fate.PUBLISHED:
        assert (cell.fate is Fate.UNSAID) == (cell.key[1] != TOGETHER)


def essay_dimensions(attempt: Attempt) -> tuple[str, ...]:
    return attempt.plan.policy.publication.dimensions or ()


def tried(desk: Desk, essay: Essay, rows: list[dict[str, object]]) -> Attempt:
    work = desk.folder / "tried"
    work.mkdir()
    plan, file = desk.plan(essay), work / "data.csv"
    file.write_text(as_csv(rows), "utf-8")
    raw, files = read_delivery(file, plan.policy, received=datetime(2020, 1, 1, tzinfo=UTC), into=work)
    held = Held(raw, files, None, desk.territory(essay).catalogue, None)
    return attempted(plan, held, world=desk.world, limits=Limits(work / "out"))


def released_rows(desk: Desk, essay: Essay, rows: list[dict[str, object]]) -> list[dict[str, object]] | None:
    """What `eclor apply` writes: the rows of a release, none where there is none."""
    try:
        release = desk.apply(essay, rows)
    except (GuaranteeBroken, NothingToPublish):
        return None
    read: list[dict[str, object]] = pq.read_table(release.rows.path).to_pylist()
    return read
