"""Every leak in every place: each path of each flow says one, and each that comes in says all kinds; none is published.

What became of them is told at the end of the run (`-s`); `--rewrite` keeps it for the sweep of every day.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator

import pytest

from eclor.names import Slug
from eclor.sentences import SENTENCES
from tests.e2e.planted.conftest import territory
from tests.e2e.planted.known import FILE, Known, known, written
from tests.e2e.planted.sorting import Became, Outcome, Sorter
from tests.e2e.planted.test_sweep import DATASETS
from tests.e2e.planted.walks import Place, Town

__all__ = ["territory"]
pytestmark = [pytest.mark.soak, pytest.mark.timeout(3600)]


@pytest.fixture(scope="module")
def became() -> Iterator[Counter[str]]:
    counted: Counter[str] = Counter()
    yield counted
    sys.stdout.write(f"\nplanted {counted.total()}: {dict(counted)}\n")


@pytest.mark.parametrize("dataset", DATASETS)
def test_no_leak_is_published_and_each_refusal_says_what_to_do(
    territory: Town, became: Counter[str], dataset: str, *, rewrite: bool
) -> None:
    before = {Place(one.file, one.path): one.became for one in known() if one.dataset == dataset}
    barred = {place for place, was in before.items() if was is Became.REFUSED}
    sorter = Sorter.of(territory, Slug(dataset), came=before.keys() - barred, barred=barred)
    first = [*sorter.first()]
    more = [*sorter.others({one.place: one.leak.kind for one in first if one.became is not Became.NOT_LET_IN})]
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


def _says_what_to_do(one: Outcome) -> bool:
    """In French: its code, what was found, and a cure."""
    sentence = SENTENCES[one.code]
    words = re.split(r"\{.+?\}", f"[{one.code}] {sentence.fr} {sentence.cure_fr}")
    told = ".+".join(re.escape(word) for word in words)
    return bool(sentence.cure_fr) and re.search(told, one.message) is not None


def _known(dataset: str, one: Outcome, sorter: Sorter) -> Known:
    place, leak, cell = one.place, one.leak, sorter.cell(one.place)
    return Known(dataset, place.file, place.path, cell, leak.kind, leak.number, one.became, one.column, one.code)
