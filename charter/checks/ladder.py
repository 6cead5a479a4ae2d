"""The ladder of a table and the loss that it admits (G515, P408)."""

from collections.abc import Iterator
from itertools import pairwise

from charter.checks.case import Case
from charter.levels import is_finer
from charter.model import LadderStep, PolicyField
from charter.vocabulary import Level
from eclor.errors import PolicyRefused

Heights = dict[str, Level]


def ladder(case: Case) -> Iterator[PolicyRefused]:
    """Yield G515 where steps are missing, incomplete or not coarser each time, P408 where too much loss is admitted."""
    guarantees = case.policy.guarantees
    steps = guarantees.ladder or ()
    several = [field for field in case.dimensions() if len(field.treatment.levels or ()) > 1]
    if several and not steps:
        yield case.refuse("G515", "guarantees", column=several[0].name)
    if steps and guarantees.max_loss_percent is None:
        yield case.refuse("G515", "guarantees", "ladder", column=steps[0].step[0].field)
    for rank, step in enumerate(steps):
        yield from _step(case, rank, step, several=several)
    yield from _descent(case, steps)
    if guarantees.max_loss_percent is not None and guarantees.max_loss_percent > case.charter.max_loss_percent:
        facts = {"asked": guarantees.max_loss_percent, "floor": case.charter.max_loss_percent}
        yield case.refuse("P408", "guarantees", "max_loss_percent", **facts)


def _step(case: Case, rank: int, step: LadderStep, *, several: list[PolicyField]) -> Iterator[PolicyRefused]:
    levels = {field.name: field.treatment.levels or () for field in case.dimensions()}
    named: set[str] = set()
    for order, part in enumerate(step.step):
        if part.level not in levels.get(part.field, ()) or part.field in named:
            yield case.refuse("G515", "guarantees", "ladder", rank, "step", order, column=part.field)
        named.add(part.field)
    for field in several:
        if field.name not in named:
            yield case.refuse("G515", "guarantees", "ladder", rank, column=field.name)


def _descent(case: Case, steps: tuple[LadderStep, ...]) -> Iterator[PolicyRefused]:
    heights: list[Heights] = [{part.field: part.level for part in step.step} for step in steps]
    for rank, (before, after) in enumerate(pairwise(heights), start=1):
        shared = before.keys() & after.keys()
        finer = sorted(name for name in shared if is_finer(after[name], before[name]))
        if finer or not any(is_finer(before[name], after[name]) for name in shared):
            yield case.refuse("G515", "guarantees", "ladder", rank, column=(finer or sorted(after))[0])
