"""One application of a plan: what it executes, on what, in which session and world."""

from dataclasses import dataclass, field

from charter.compile import Plan
from charter.held import Held
from eclor.engine.limits import Range
from eclor.engine.session import Session
from eclor.world import World


@dataclass(frozen=True, slots=True)
class Run:
    """One application of a plan."""

    plan: Plan
    held: Held
    session: Session
    world: World
    not_negative: set[tuple[Range, ...]] = field(default_factory=set)
    """The stretches of stored rows of which no measure was found negative: asked once, not at each step."""
