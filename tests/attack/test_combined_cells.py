"""Three tables at three moments, a few rows coming in between: no sum of their cells speaks of too few.

Each place and day holds nobody or enough at first, so that most cells are shown; who came late is in few of them.
"""

from collections.abc import Iterator

import pytest

from anonymizers.cells import Integers
from anonymizers.differencing import leaving, overtaking
from anonymizers.differencing import settle as settling
from anonymizers.differencing.past import Mark
from tests.attack.combining_attacker import combined
from tests.attack.moments_attacker import Said
from tests.attack.test_sister_moments import DAYS, SITES, TABLES, K, Moment, published, said_of
from tests.chance import Chance
from tests.releases import Row

STORIES = 60
NAMES = ("semaine-par-site", "jours", "jours-par-site", "semaine")
ORDERS = ((0, 2, 1), (1, 0, 2), (2, 1, 0), (0, 1, 2), (1, 2, 0), (2, 0, 1), (2, 0, 2), (3, 1, 2))


def rows_of(chance: Chance, several: int, since: int) -> Iterator[Row]:
    """Yield rows of new units, and now and then of one that came before, all of one place and day."""
    site, day = SITES[chance.below(len(SITES))], DAYS[chance.below(len(DAYS))]
    for number in range(since, since + several):
        unit = f"u{number}" if chance.below(4) else f"u{chance.below(since + 1)}"
        yield Row(number, {"semaine": "s1", "site": site, "jour": day}, (unit,), (1,))


def a_story(chance: Chance) -> list[Moment]:
    rows: list[Row] = []
    for _ in range(7):
        rows += rows_of(chance, 2 + chance.below(3), len(rows))
    story = []
    for name in ORDERS[chance.below(len(ORDERS))]:
        story.append(Moment(TABLES[NAMES[name]], list(rows)))
        for several in (1, 3, 3):
            rows += rows_of(chance, several if chance.below(2) else 0, len(rows))
    return story


def stories() -> list[list[Moment]]:
    chance = Chance()
    return [a_story(chance) for _ in range(STORIES)]


def read(story: list[Moment]) -> list[Said]:
    """Return all that was ever shown."""
    held = frozenset((row.place["site"], row.place["jour"]) for moment in story for row in moment.rows)
    shown = enumerate(published(story))
    return [said for version, settled in shown for said in said_of(story[version], settled, version, held)]


def told() -> Iterator[str]:
    """Name the combinations that speak of too few."""
    for story in stories():
        yield from map(str, combined(read(story), K))


def test_no_combination_of_cells_speaks_of_too_few() -> None:
    assert list(told()) == []


def test_nor_does_any_where_units_are_taken_apart_by_day_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overtaking, "FEW", -1)
    assert list(told()) == []


def test_the_stories_hold_combinations_that_nothing_else_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "combinations", lambda new, fresh, past, work: iter(()))
    assert next(told(), None) is not None


def test_cells_of_which_not_all_could_be_looked_at_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    before = masked()
    monkeypatch.setattr(leaving.Leaving, "spaces", too_much)
    assert masked() > before


def test_sets_that_are_too_large_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As docs/guarantees.md says: nothing is masked for being in one of them."""
    monkeypatch.setattr(leaving, "COLUMNS", 0)
    too_large = masked()
    monkeypatch.setattr(settling, "combinations", lambda new, fresh, past, work: iter(()))
    assert masked() == too_large


def too_much(_: leaving.Leaving) -> Iterator[list[Integers]]:
    raise leaving.TooMuchWork


def masked() -> int:
    """Count the masked cells of stories of which some hold what is looked for, or could."""
    return sum(one.marks.count(Mark.MASKED) for story in stories()[28:52] for one in published(story))
