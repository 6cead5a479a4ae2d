"""The prover: for every cell that must stay uncertain, another table that its reader cannot tell from the true one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.circles import Circle
from anonymizers.disclosure.constraints import Floats
from anonymizers.disclosure.feasibility import NOBODY
from anonymizers.disclosure.plain import Plain, plain_proofs
from anonymizers.disclosure.proof import Deviations, exact_readings
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
    """A proof: the `cells` at `places` move by `moves` over `denominator`, the others stand still."""

    cells: frozenset[int]
    places: Integers
    moves: Floats
    denominator: int


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
        "_found",
        "_knowers",
        "_need_of",
        "_owners",
        "_plain",
        "_prices",
        "_routers",
        "_routes",
        "_scopes",
        "hidden",
        "reader",
    )

    def __init__(self, reader: Reader, means: Means, circles: Sequence[Circle]) -> None:
        self.reader = reader
        self.hidden = means.hidden.copy()
        self._prices, self._scopes = means.prices, means.scopes
        self._routers: list[Router] = []
        self._found: list[Route] = []
        self._routes: dict[tuple[int, int], list[Route]] = {}
        self._need_of = {int(cell): need for need, cell in enumerate(reader.needs.cells)}
        self._knowers = _memberships([circle.known for circle in circles])
        self._owners = _memberships([circle.own for circle in circles])
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
        own = self._owners.get(int(self.reader.needs.cells[ask.need]), ())
        moved = self._routes[ask.need, ask.sign][0].cells
        yield from sorted({circle for cell in moved for circle in self._knowers.get(cell, ())} - set(own))

    def proves_against(self, ask: Ask, circle: Circle) -> bool:
        """Prove it against the one contributor of a circle."""
        return self._known(ask, circle.known) or self._find(ask, circle.known)

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
        low, high = self.reader.ranges(self.hidden)
        for route in routes:
            numerators = np.zeros(len(self.hidden))
            numerators[route.places] = route.moves
            moved = Deviations(numerators, route.denominator)
            if moved.stand(self.reader.constraints, low=low, high=high):
                self._record(moved)

    def _find(self, ask: Ask, circle: Integers) -> bool:
        """Look for a proof scope by scope; ask for one more where the solver's answer is no exact fraction."""
        target = int(self.reader.needs.cells[ask.need])
        for index in range(len(self._scopes)):
            for more in (0, 1):
                found = self._router(index).route(target, ask.sign * (ask.amount + more), still=circle)
                if found is None:
                    break
                if any(self._keep(reading) for reading in exact_readings(found)):
                    return True
        return False

    def _router(self, index: int) -> Router:
        while len(self._routers) <= index:
            scope = self._scopes[len(self._routers)]
            self._routers.append(Router(self.reader, self.hidden, self._prices, scope=scope))
        return self._routers[index]

    def _keep(self, moved: Deviations) -> bool:
        """Keep deviations that stand once the cells that they move are masked."""
        beyond = moved.beyond(*self.reader.ranges(self.hidden))
        masked = self.hidden | (beyond & np.isfinite(self._prices))
        low, high = self.reader.ranges(masked)
        if not moved.stand(self.reader.constraints, low=low, high=high):
            return False
        if (masked != self.hidden).any():
            self.hide(np.flatnonzero(masked & ~self.hidden))
        self._record(moved)
        return True

    def _record(self, moved: Deviations) -> None:
        """Note what deviations that stand prove, and their opposite if it stands too."""
        low, high = self.reader.ranges(self.hidden)
        places = np.flatnonzero(moved.numerators)
        route = Route(frozenset(places.tolist()), places, moved.numerators[places], moved.denominator)
        self._found.append(route)
        self._note(route, 1)
        if moved.opposite().stand(self.reader.constraints, low=low, high=high):
            self._note(route, -1)

    def _note(self, route: Route, way: int) -> None:
        for cell, move in zip(route.places.tolist(), (way * route.moves).tolist(), strict=True):
            need = self._need_of.get(cell)
            if need is not None:
                for sign, amount in ((1, self.reader.needs.up[need]), (-1, self.reader.needs.down[need])):
                    if sign * move >= amount * route.denominator:
                        self._routes.setdefault((need, sign), []).append(route)

    def _known(self, ask: Ask, circle: Integers) -> bool:
        known = set(circle.tolist())
        return any(route.cells.isdisjoint(known) for route in self._routes.get((ask.need, ask.sign), ()))


def _memberships(groups: Sequence[Integers]) -> dict[int, tuple[int, ...]]:
    """Return the groups that each cell belongs to."""
    found: dict[int, tuple[int, ...]] = {}
    for index, group in enumerate(groups):
        for cell in group.tolist():
            found[cell] = (*found.get(cell, ()), index)
    return found
