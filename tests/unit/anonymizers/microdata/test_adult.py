"""On Adult the search finds what ARX finds: the levels, the loss and the rows left out of its published table."""

from collections import Counter, defaultdict

import numpy as np
import pytest

from anonymizers.microdata.judged import check
from anonymizers.microdata.models import Asked, distinct_values
from anonymizers.microdata.search import search
from tests.adult import Adult, adult, present

pytestmark = present


@pytest.fixture(scope="module")
def rows() -> Adult:
    return adult()


@pytest.mark.parametrize(
    ("asked", "levels", "known"),
    [
        (Asked(5), (0, 3, 0, 1, 2, 1, 1, 1), (0.2618, 4.14, 384)),
        (Asked(11), (0, 3, 0, 1, 3, 1, 1, 1), (0.3394, 4.42, 175)),
        (Asked(5, suppressible_percent=0), (0, 4, 0, 2, 3, 2, 2, 1), (0.6608, 0.0, 30)),
    ],
)
def test_the_node_of_least_loss_is_the_one_known(
    rows: Adult, asked: Asked, levels: tuple[int, ...], known: tuple[float, float, int]
) -> None:
    found = search(rows.leaves(), asked)
    suppressed_percent = 100 * found.suppressed / len(rows.rows)
    assert found.levels == levels
    assert (round(found.loss, 4), round(suppressed_percent, 2), found.classes) == known
    assert found.loss == pytest.approx(recounted(rows, levels, asked.k), abs=1e-9)


def recounted(rows: Adult, levels: tuple[int, ...], k: int) -> float:
    """The loss by its definition, from the rows: what a label may stand for, counted in the hierarchy's lines."""
    becomes, lost = [], []
    for each, level in zip(rows.hierarchies, levels, strict=True):
        shown = dict(zip(each.labels[0], (each.labels[level][code] for code in each.codes[level]), strict=True))
        under = Counter(shown.values())
        becomes.append(shown)
        lost.append({label: (number - 1) / (len(shown) - 1) for label, number in under.items()})
    labels = [tuple(shown[value] for shown, value in zip(becomes, row, strict=True)) for row in rows.rows]
    sizes = Counter(labels)
    total = sum(
        sum(own[part] for own, part in zip(lost, label, strict=True)) / len(levels) if sizes[label] >= k else 1.0
        for label in labels
    )
    return total / len(labels)


def test_the_check_of_raw_rows_counts_people_and_values_as_a_dictionary_does(rows: Adult) -> None:
    members = defaultdict(list)
    for row, value in zip(rows.rows, rows.sensitive.tolist(), strict=True):
        members[row].append(value)
    classes = rows.leaves().classes
    assert classes.traits is not None
    assert sorted(classes.units.tolist()) == sorted(map(len, members.values()))
    assert classes.units.min() == min(map(len, members.values())) == 1
    values = distinct_values(classes, classes.traits)
    assert Counter(values.tolist()) == Counter(len(set(own)) for own in members.values())


def test_two_salaries_in_each_class_cost_more_than_none_asked(rows: Adult) -> None:
    leaves = rows.leaves()
    plain, diverse = search(leaves, Asked(5)), search(leaves, Asked(5, l=2))
    assert plain.loss < diverse.loss
    again = check(leaves, diverse.levels, Asked(5, l=2))
    assert again == diverse


def test_the_order_of_the_rows_moves_nothing(rows: Adult) -> None:
    order = np.random.default_rng(5).permutation(len(rows.rows))
    assert search(rows.leaves(order), Asked(5)) == search(rows.leaves(), Asked(5))
