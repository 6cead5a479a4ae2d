"""The prover: for every cell that must stay uncertain, another table that its reader cannot tell from the true one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.constraints import Floats
from anonymizers.disclosure.feasibility import NOBODY
from anonymizers.disclosure.plain import Plain, plain_proofs
from anonymizers.disclosure.proof import FRACTION, stands, whole
from anonymizers.disclosure.reader import Reader
from anonymizers.disclosure.router import Router


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing to prove: the cell of need `need` may stand `amount` above (`sign` 1) or below (-1) its value."""

    need: int
    sign: int
    amount: int

    @property
    def order(self) -> tuple[int, bool, int]:
        """Largest amounts first, up before down."""
        return (-self.amount, self.sign < 0, self.need)


@dataclass(frozen=True, slots=True)
class Route:
    """A proof: `cells` move by `moves` (times `FRACTION`, whole), the others stand still."""

    cells: frozenset[int]
    places: Integers
    moves: Floats


@dataclass(frozen=True, slots=True)
class Means:
    """What a prover may use: cells already masked, what masking another costs, and in which scopes to look first."""

    hidden: Booleans
    prices: Floats
    scopes: tuple[Integers, ...]


class Prover:
    """Prove a reader's needs one by one, masking what the cheapest proofs need; every proof is exact.

    With infinite prices nothing more is masked: the prover then only audits.
    """

    __slots__ = (
        "_circles_of",
        "_found",
        "_need_of",
        "_plain",
        "_prices",
        "_routers",
        "_routes",
        "_scopes",
        "hidden",
        "reader",
    )

    def __init__(self, reader: Reader, means: Means, circles: Sequence[Integers]) -> None:
        self.reader = reader
        self.hidden = means.hidden.copy()
        self._prices, self._scopes = means.prices, means.scopes
        self._routers: list[Router] = []
        self._found: list[Route] = []
        self._routes: dict[tuple[int, int], list[Route]] = {}
        self._need_of = {int(cell): need for need, cell in enumerate(reader.needs.cells)}
        self._circles_of = _memberships(circles)
        self._plain: Plain = plain_proofs(reader, self.hidden, circles)

    def asks(self) -> list[Ask]:
        """List what must be proven against any reader, hardest first."""
        both = ((1, self.reader.needs.up), (-1, self.reader.needs.down))
        asks = [Ask(need, sign, int(amount)) for sign, amounts in both for need, amount in enumerate(amounts) if amount]
        return sorted(asks, key=lambda ask: ask.order)

    def proves(self, ask: Ask) -> bool:
        """Prove it against any reader."""
        return (ask.need, ask.sign) in self._plain.granted or self._known(ask, NOBODY) or self._find(ask, NOBODY)

    def against(self, ask: Ask) -> Iterator[int]:
        """Yield the circles that matter to an ask already proven: those that its proof moves."""
        if (ask.need, ask.sign) in self._plain.granted:
            yield from self._plain.refused.get((ask.need, ask.sign), ())
            return
        own = self._circles_of.get(int(self.reader.needs.cells[ask.need]), ())
        moved = self._routes[ask.need, ask.sign][0].cells
        yield from sorted({circle for cell in moved for circle in self._circles_of.get(cell, ())} - set(own))

    def proves_against(self, ask: Ask, circle: Integers) -> bool:
        """Prove it against the one contributor who knows the cells of `circle`."""
        return self._known(ask, circle) or self._find(ask, circle)

    def hide(self, cells: Integers) -> None:
        """Take `cells` for masked from now on; what was proven stays proven."""
        self.hidden[cells] = True
        for router in self._routers:
            router.hide(cells)

    def routes(self) -> list[Route]:
        """Return every proof found or taken over."""
        return list(self._found)

    def adopt(self, routes: Sequence[Route]) -> None:
        """Take over those proofs of another prover that still stand with the cells masked here."""
        for route in routes:
            scaled = np.zeros(len(self.hidden))
            scaled[route.places] = route.moves
            self._record(scaled)

    def _find(self, ask: Ask, circle: Integers) -> bool:
        """Look for a proof scope by scope; ask for one more where the solver's answer is no exact fraction."""
        target = int(self.reader.needs.cells[ask.need])
        for index in range(len(self._scopes)):
            for more in (0, 1):
                found = self._router(index).route(target, ask.sign * (ask.amount + more), still=circle)
                if found is None:
                    break
                if self._keep(whole(found)):
                    return True
        return False

    def _router(self, index: int) -> Router:
        while len(self._routers) <= index:
            scope = self._scopes[len(self._routers)]
            self._routers.append(Router(self.reader, self.hidden, self._prices, scope=scope))
        return self._routers[index]

    def _keep(self, scaled: Floats) -> bool:
        low, high = self.reader.ranges(self.hidden)
        beyond = (scaled < low * FRACTION) | (scaled > high * FRACTION)
        masked = self.hidden | (beyond & np.isfinite(self._prices))
        low, high = self.reader.ranges(masked)
        if not stands(self.reader.constraints, scaled, low=low, high=high):
            return False
        if (masked != self.hidden).any():
            self.hide(np.flatnonzero(masked & ~self.hidden))
        return self._record(scaled)

    def _record(self, scaled: Floats) -> bool:
        """Keep deviations that stand, and note what they and their opposite prove."""
        low, high = self.reader.ranges(self.hidden)
        if not stands(self.reader.constraints, scaled, low=low, high=high):
            return False
        places = np.flatnonzero(scaled)
        route = Route(frozenset(places.tolist()), places, scaled[places])
        self._found.append(route)
        self._note(route, 1)
        if stands(self.reader.constraints, -scaled, low=low, high=high):
            self._note(route, -1)
        return True

    def _note(self, route: Route, way: int) -> None:
        for cell, move in zip(route.places.tolist(), (way * route.moves).tolist(), strict=True):
            need = self._need_of.get(cell)
            if need is not None:
                for sign, amount in ((1, self.reader.needs.up[need]), (-1, self.reader.needs.down[need])):
                    if sign * move >= amount * FRACTION:
                        self._routes.setdefault((need, sign), []).append(route)

    def _known(self, ask: Ask, circle: Integers) -> bool:
        known = set(circle.tolist())
        return any(route.cells.isdisjoint(known) for route in self._routes.get((ask.need, ask.sign), ()))


def _memberships(circles: Sequence[Integers]) -> dict[int, tuple[int, ...]]:
    """Return the circles that each cell belongs to: one a minimum count at most."""
    found: dict[int, tuple[int, ...]] = {}
    for index, circle in enumerate(circles):
        for cell in circle.tolist():
            found[cell] = (*found.get(cell, ()), index)
    return found
