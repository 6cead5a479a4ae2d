"""Every leak in every place: each path of each flow says one, and each that comes in says all kinds; none is published.

What became of them is told at the end of the run (`-s`); `--rewrite` keeps it for the sweep of every day.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping

import pytest

from eclor.names import Slug
from eclor.sentences import SENTENCES
from tests.e2e.planted.conftest import territory
from tests.e2e.planted.known import FILE, Known, known, written
from tests.e2e.planted.leaks import KINDS, Leak
from tests.e2e.planted.sorting import Became, Outcome, Sorter, leaks_in_turn
from tests.e2e.planted.test_sweep import DATASETS
from tests.e2e.planted.walks import Place, Town

__all__ = ["territory"]
pytestmark = [pytest.mark.soak, pytest.mark.timeout(3600)]
TURNS = range(len(KINDS))


@pytest.fixture(scope="module")
def became() -> Iterator[Counter[str]]:
    counted: Counter[str] = Counter()
    yield counted
    sys.stdout.write(f"\nplanted {counted.total()}: {dict(counted)}\n")


@pytest.mark.parametrize("dataset", DATASETS)
def test_no_leak_is_published_and_each_refusal_says_what_to_do(
    territory: Town, became: Counter[str], dataset: str, *, rewrite: bool
) -> None:
    sorter = Sorter.of(territory, Slug(dataset))
    first = [*sorter.sorted(leaks_in_turn(sorter.places, 0))]
    more = [*_others(sorter, [one for one in first if one.became is not Became.NOT_LET_IN])]
    became.update(one.became.value for one in (*first, *more))
    assert [one for one in (*first, *more) if one.became is Became.PUBLISHED] == []
    for one in (*first, *more):
        if one.became in (Became.BLOCKED, Became.REFUSED):
            assert _says_what_to_do(one), (one.place, one.message)
    found = sorted(_known(dataset, one, sorter) for one in first if one.became is not Became.NOT_LET_IN)
    others = [one for one in known() if one.dataset != dataset]
    if rewrite:
        FILE.write_text(written([*others, *found]), "utf-8")
    assert found == sorted(one for one in known() if one.dataset == dataset)


def _others(sorter: Sorter, first: list[Outcome]) -> Iterator[Outcome]:
    """Every other kind, in the places where something comes in or is refused for what it says."""
    places: Mapping[Place, int] = {one.place: sorter.places[one.place] for one in first}
    said = {one.place: one.leak for one in first}
    for turn in TURNS:
        leaks = leaks_in_turn(places, turn)
        yield from sorter.sorted({place: leak for place, leak in leaks.items() if leak.kind != said[place].kind})


def _says_what_to_do(one: Outcome) -> bool:
    """In French: its code, and a cure."""
    cure = SENTENCES[one.code].cure_fr
    return f"[{one.code}]" in one.message and bool(cure) and cure[:20] in one.message


def _known(dataset: str, one: Outcome, sorter: Sorter) -> Known:
    cell = sorter.cell(one.place)
    leak: Leak = one.leak
    return Known(
        dataset, one.place.file, one.place.path, cell, leak.kind, leak.number, one.became, one.column, one.code
    )
