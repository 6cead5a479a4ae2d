"""An action's question."""

from dataclasses import dataclass
from datetime import datetime

from api.ckan.given import Given
from api.ckan.site import Site
from api.parts import Parts


@dataclass(frozen=True, slots=True)
class Asked:
    """Its parameters, the site as its caller sees it, the parts."""

    given: Given
    site: Site
    parts: Parts
    asker: str = ""
    """Where the request comes from: what a stranger asks waits for what they asked before."""

    @property
    def now(self) -> datetime:
        """Return the present instant."""
        return self.parts.shelf.clock.now()
