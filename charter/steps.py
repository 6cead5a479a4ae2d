"""The steps of a plan: one Ibis expression a step of the ladder, and the readable list of operations.

Nothing is read to build them, and nothing about rows, zones, clock or keys is in them: session functions
(`eclor_paris`, `eclor_pseudonym`, `eclor_epci`) stand for what a run knows.
"""

from functools import lru_cache
from typing import assert_never

from charter.cells_expression import cells_expression
from charter.expressions import Expression, PlanStep
from charter.grains import step_levels
from charter.model import CatalogueEntry, Policy
from charter.operations import operations
from charter.rows_expression import rows_expression
from charter.vocabulary import Shape

__all__ = ["build", "operations"]


@lru_cache(maxsize=64)
def build(policy: Policy, entry: CatalogueEntry) -> tuple[PlanStep, ...]:
    """Return the steps of a policy that was accepted, finest first; one step where there is no ladder.

    `entry` is the dataset's input contract: a policy about another dataset is a bug of the caller. A policy that asks
    for what this version does not execute still has steps; `apply` refuses it. While a policy stays, its steps are the
    same objects, and their SQL is known.
    """
    assert entry.dataset == policy.dataset, "a policy is built with its own input contract"
    match policy.publication.shape:
        case Shape.ROWS:
            return (PlanStep(levels=(), expression=Expression(rows_expression(policy))),)
        case Shape.TABLE:
            return tuple(
                PlanStep(
                    levels=tuple((name, level.value) for name, level in levels.items()),
                    expression=Expression(cells_expression(policy, levels)),
                )
                for levels in step_levels(policy)
            )
        case _:
            assert_never(policy.publication.shape)
