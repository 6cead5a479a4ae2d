"""The ladder of a table and the loss that it admits (G515, P408)."""

from collections.abc import Iterator
from itertools import pairwise

from charter.checks.case import Case
from charter.guarantees import LadderStep
from charter.levels import is_finer
from charter.model import PolicyField
from charter.vocabulary import Level
from eclor.errors import PolicyRefused
from eclor.sentences.variants import variant

Heights = dict[str, Level]


def ladder(case: Case) -> Iterator[PolicyRefused]:
    """Yield G515 where it is not said which level is taken, P408 where too much loss is admitted."""
    if not case.is_table:
        yield from _in_rows(case)
        return
    guarantees = case.policy.guarantees
    steps = guarantees.ladder or ()
    several = _of_several_levels(case.dimensions())
    if several and not steps:
        yield case.refuse("G515", "guarantees", **variant("G515", "absent", column=several[0].name))
    if steps and guarantees.max_loss_percent is None:
        yield case.refuse("G515", "guarantees", "ladder", **variant("G515", "loss"))
    for rank, step in enumerate(steps):
        yield from _step(case, rank, step, several=several)
    yield from _descent(case, steps)
    if guarantees.max_loss_percent is not None and guarantees.max_loss_percent > case.charter.max_loss_percent:
        facts = {"asked": guarantees.max_loss_percent, "floor": case.charter.max_loss_percent}
        yield case.refuse("P408", "guarantees", "max_loss_percent", **facts)


def _in_rows(case: Case) -> Iterator[PolicyRefused]:
    for field in _of_several_levels(case.kept()):
        place = ("fields", case.rank(field), "treatment", "levels")
        yield case.refuse("G515", *place, **variant("G515", "rows", column=field.name))


def _of_several_levels(fields: list[PolicyField]) -> list[PolicyField]:
    return [field for field in fields if len(field.treatment.levels or ()) > 1]


def _step(case: Case, rank: int, step: LadderStep, *, several: list[PolicyField]) -> Iterator[PolicyRefused]:
    levels = {field.name: field.treatment.levels for field in case.dimensions() if field.treatment.levels}
    named: set[str] = set()
    for order, part in enumerate(step.step):
        facts = {"step": rank + 1, "column": part.field}
        place = ("guarantees", "ladder", rank, "step", order)
        if part.field not in levels:
            yield case.refuse("G515", *place, **variant("G515", "stranger", **facts))
        elif part.level not in levels[part.field]:
            admitted = ", ".join(levels[part.field])
            yield case.refuse("G515", *place, **variant("G515", "level", level=part.level, admitted=admitted, **facts))
        elif part.field in named:
            yield case.refuse("G515", *place, **variant("G515", "twice", **facts))
        named.add(part.field)
    for field in several:
        if field.name not in named:
            facts = {"step": rank + 1, "column": field.name}
            yield case.refuse("G515", "guarantees", "ladder", rank, **variant("G515", "forgotten", **facts))


def _descent(case: Case, steps: tuple[LadderStep, ...]) -> Iterator[PolicyRefused]:
    heights: list[Heights] = [{part.field: part.level for part in step.step} for step in steps]
    for rank, (before, after) in enumerate(pairwise(heights), start=1):
        shared = before.keys() & after.keys()
        finer = sorted(name for name in shared if is_finer(after[name], before[name]))
        if finer or not any(is_finer(before[name], after[name]) for name in shared):
            facts = {"step": rank + 1, "column": (finer or sorted(after))[0]}
            yield case.refuse("G515", "guarantees", "ladder", rank, **variant("G515", "order", **facts))
