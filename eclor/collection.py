"""Door 2 of one dataset: each of its flows is asked, unless a person paused it; what each met is told."""

from dataclasses import dataclass, field

import structlog

from catalog.flow_orders import is_paused
from charter.compile import Plan
from eclor.errors import Busy, SourceUnavailable
from eclor.house import House
from eclor.keeping import keeping_of
from eclor.names import Slug
from eclor.standing import NotBegun, allowed_fields
from harvesters.harvest import harvest
from harvesters.intake import RawDataset
from harvesters.source import Source

log = structlog.get_logger()


@dataclass(slots=True)
class Collected:
    """What asking a dataset's flows came to: `mute` says what each that did not answer met."""

    asked: int = 0
    paused: int = 0
    mute: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def nobody_asked(self) -> bool:
        """Say whether every flow is paused."""
        return self.paused > 0 and self.asked == 0


def collect(plan: Plan, house: House, collected: Collected) -> RawDataset:
    """Fetch what is new of every flow that is not paused, then return what is held, and note what each met.

    A flow that fails refuses only if no other answered, or if nothing is held. Refuses (`NotBegun`) a dataset whose
    flows are all paused before anything came.
    """
    dataset = Slug(plan.policy.dataset)
    flows, failures = house.flows(dataset), []
    for flow in flows:
        if is_paused(flow.name, dataset, house.settings.home):
            collected.paused += 1
            continue
        collected.asked += 1
        if (failure := _asked(flow, plan, house)) is not None:
            failures.append(failure)
            collected.mute[flow.flow] = failure.told()
    holds = house.store.has(dataset, flows[0].name)
    if failures and (len(failures) == collected.asked or not holds):
        raise failures[0]
    if collected.nobody_asked and not holds:
        raise NotBegun("flow.nothing-held", dataset=dataset)
    return house.store.held(dataset, flows[0].name)


def _asked(flow: Source, plan: Plan, house: House) -> SourceUnavailable | None:
    """Fetch what is new of one flow; return why it could not be, if its source is to blame."""
    try:
        harvest(flow, allowed_fields(plan), keeping=keeping_of(plan), store=house.store, reach=house.reach)
    except Busy:
        log.info("harvest.under_way", source=flow.name, access=flow.access)
    except SourceUnavailable as failure:
        log.warning("source.unavailable", source=flow.name, code=failure.code)
        return failure
    return None
