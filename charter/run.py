"""One application of a plan: what it executes, on what, in which session and world."""

from dataclasses import dataclass

from charter.compile import Plan
from charter.held import Held
from eclor.engine.session import Session
from eclor.world import World


@dataclass(frozen=True, slots=True)
class Run:
    """One application of a plan."""

    plan: Plan
    held: Held
    session: Session
    world: World
