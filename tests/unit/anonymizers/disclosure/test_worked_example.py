"""Dominance then complementary suppression, as the language's second example works it out."""

import numpy as np
import pytest

from anonymizers.cells import Bounds, Rules
from anonymizers.disclosure.bounds import bounds_of, spans_by_reader, wide_enough
from anonymizers.disclosure.problem import problem_of
from anonymizers.disclosure.protect import protect
from anonymizers.disclosure.table import studied
from tests.cell_tables import Key, masked_keys
from tests.unit.anonymizers.disclosure.worked import AUMETZ, CELLS, DOMINATED, OTTANGE, RULES, THIL

COMMERCE_SQUARE = {(AUMETZ, "commerce"), (OTTANGE, "commerce"), (OTTANGE, "industrie")}
SERVICES_SQUARE = {(AUMETZ, "services"), (OTTANGE, "services"), (OTTANGE, "industrie")}
THIL_COMMERCE = {(AUMETZ, "commerce"), (THIL, "commerce"), (THIL, "industrie")}
THIL_SERVICES = {(AUMETZ, "services"), (THIL, "services"), (THIL, "industrie")}


def test_aumetz_services_thil_services_and_thil_industrie_are_masked() -> None:
    assert masked_keys(CELLS, protect(CELLS, RULES).masked) == {DOMINATED} | THIL_SERVICES


def test_only_aumetz_industrie_is_masked_for_itself() -> None:
    protected = protect(CELLS, RULES)
    assert masked_keys(CELLS, protected.primary) == {DOMINATED}
    assert {cause: cells for cause, cells in protected.causes if cells} == {"dominance": 1, "complementary": 3}


def test_a_reader_places_it_between_790_and_1125() -> None:
    dominated = CELLS.keys.index(DOMINATED)
    assert protect(CELLS, RULES).bounds == (Bounds(dominated, 1, true=970, low=790, high=1125),)


def test_the_loss_counts_the_units_of_masked_finest_cells() -> None:
    masked_units, all_units = 3 + 3 + 4 + 4, 29
    assert protect(CELLS, RULES).loss_percent == pytest.approx(100 * masked_units / all_units)


@pytest.mark.parametrize(
    ("added", "low", "high", "enough"),
    [
        (set(), 970, 970, False),
        (COMMERCE_SQUARE, 770, 1050, False),
        (SERVICES_SQUARE, 905, 1125, False),
        (THIL_COMMERCE, 870, 1050, False),
        (THIL_SERVICES, 790, 1125, True),
    ],
)
def test_each_square_of_the_example_has_its_bounds_and_verdict(
    added: set[Key], low: int, high: int, enough: bool
) -> None:
    problem = problem_of(studied(CELLS, RULES))
    masked = np.array([key in added | {DOMINATED} for key in CELLS.keys])
    spans = spans_by_reader(problem, masked)
    assert [(bound.low, bound.high) for bound in bounds_of(problem.readers, spans)] == [(low, high)]
    assert wide_enough(problem, spans) is enough


def test_without_a_protection_rule_only_what_is_refused_for_itself_is_masked() -> None:
    alone = Rules(RULES.ks, RULES.dominance, None, RULES.empty_cells, None)
    assert masked_keys(CELLS, protect(CELLS, alone).masked) == {DOMINATED}
