"""A pattern: the cells that are masked, with the proofs that they are enough."""

from dataclasses import dataclass

from anonymizers.cells import Booleans
from anonymizers.disclosure.audit import Routes


@dataclass(frozen=True, slots=True)
class Pattern:
    """Masked cells of a problem, primary ones included, and the proofs found on the way, for the audit to check."""

    hidden: Booleans
    routes: Routes
