"""The prover: for every cell that must stay uncertain, another table that its reader cannot tell from the true one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.circles import Circle, groups_by_cell
from anonymizers.disclosure.constraints import UNBOUNDED, Floats, columnwise
from anonymizers.disclosure.feasibility import NOBODY
from anonymizers.disclosure.inside import Inside
from anonymizers.disclosure.last_cells import LastCells
from anonymizers.disclosure.plain import Plain, plain_proofs
from anonymizers.disclosure.proof import Deviations, exact_readings, standing
from anonymizers.disclosure.proofs import Proofs, Route
from anonymizers.disclosure.reader import Reader
from anonymizers.disclosure.room import Claim
from anonymizers.disclosure.router import Router, movable
from anonymizers.disclosure.work import Work

SOMEBODY: Final = -1
"""Stands in a count of failures for whoever it was."""


class Ask(NamedTuple):
    """One thing to prove: the cell of need `need` may stand `amount` above (`sign` 1) or below (-1) its value."""

    need: int
    sign: int
    amount: int

    @property
    def order(self) -> tuple[int, bool, int]:
        """Largest amounts first, up before down."""
        return (-self.amount, self.sign < 0, self.need)


@dataclass(frozen=True, slots=True)
class Means:
    """What a prover may use: cells already masked, what masking another costs, in which scopes to look first, work."""

    hidden: Booleans
    prices: Floats
    scopes: tuple[Integers, ...]
    work: Work


class Prover:
    """Prove a reader's needs one by one, masking what the cheapest proofs need; every proof is exact.

    With infinite prices nothing more is masked: the prover then only audits.
    """

    __slots__ = (
        "_columnwise",
        "_failed",
        "_high",
        "_inside",
        "_knowers",
        "_last",
        "_low",
        "_need_of",
        "_owners",
        "_plain",
        "_plain_aside",
        "_plain_moving",
        "_prices",
        "_proofs",
        "_routers",
        "_scopes",
        "_work",
        "hidden",
        "reader",
    )

    def __init__(self, reader: Reader, means: Means, circles: Sequence[Circle]) -> None:
        self.reader = reader
        self.hidden = means.hidden.copy()
        self._prices, self._scopes, self._work = means.prices, means.scopes, means.work
        self._low, self._high = reader.ranges(self.hidden)
        self._columnwise = columnwise(reader.constraints, len(self.hidden))
        self._routers: list[Router] = []
        self._failed: Counter[tuple[Ask, int]] = Counter()
        self._proofs = Proofs()
        self._need_of = np.full(len(self.hidden), -1, dtype=np.int64)
        self._need_of[reader.needs.cells] = np.arange(len(reader.needs.cells))
        self._knowers = groups_by_cell([circle.known for circle in circles])
        self._owners = groups_by_cell([circle.own for circle in circles])
        self._inside = Inside(reader, self.hidden, self._work)
        self._last = LastCells(reader, circles)
        self._plain: Plain = plain_proofs(reader, self.hidden, circles)
        self._plain_aside: dict[Claim, frozenset[int]] = {}
        self._plain_moving = _claims_by_cell(self._plain)

    def asks(self) -> list[Ask]:
        """List what must be proven against any reader, hardest first."""
        both = ((1, self.reader.needs.up), (-1, self.reader.needs.down))
        asks = [Ask(need, sign, int(amount)) for sign, amounts in both for need, amount in enumerate(amounts) if amount]
        return sorted(asks, key=lambda ask: ask.order)

    def proves(self, ask: Ask) -> bool:
        """Prove it against any reader."""
        return (ask.need, ask.sign) in self._plain.granted or self._known(ask, NOBODY) or self._find(ask, NOBODY)

    def against(self, ask: Ask) -> Iterator[int]:
        """Yield the circles that matter to an ask already proven: those that each of its proofs moves."""
        if (ask.need, ask.sign) in self._plain.granted:
            yield from self._plain.refused.get((ask.need, ask.sign), ())
            return
        own = self._owners.get(int(self.reader.needs.cells[ask.need]), ())
        yield from sorted(self._proofs.touched((ask.need, ask.sign)).difference(own))

    def proves_against(self, ask: Ask, circle: Circle) -> bool:
        """Prove it against the one contributor of a circle."""
        return self._known(ask, circle.known) or self._find(ask, circle.known)

    def proves_against_all(self, ask: Ask, circles: Sequence[Circle]) -> bool:
        """Prove it against each contributor: by one proof that moves nothing that any of them knows, else by halves.

        Those against whom it failed before are asked about first, each apart: they are the likeliest to fail again.
        Nothing more is masked for several of them at once.
        """
        failed = [circle for circle in circles if self._failed[ask, int(circle.known[0])]]
        others = [circle for circle in circles if not self._failed[ask, int(circle.known[0])]]
        return all(self.proves_against(ask, circle) for circle in failed) and self._proves_by_halves(ask, others)

    def _proves_by_halves(self, ask: Ask, circles: Sequence[Circle]) -> bool:
        left = [circle for circle in circles if not self._known(ask, circle.known)]
        if len(left) <= 1:
            return all(self._find(ask, circle.known) for circle in left)
        if self._finds(self._inside, ask, np.unique(np.concatenate([circle.known for circle in left]))):
            return True
        half = len(left) // 2
        return self._proves_by_halves(ask, left[:half]) and self._proves_by_halves(ask, left[half:])

    def hide(self, cells: Integers) -> None:
        """Take `cells` for masked from now on; what was proven stays proven."""
        self.hidden[cells] = True
        self._low[cells], self._high[cells] = self.reader.hidden_low[cells], UNBOUNDED
        for router in self._routers:
            router.hide(cells)

    def look_inside_again(self) -> None:
        """Ask from now on among all cells that are masked by now, before any other is."""
        self._inside = Inside(self.reader, self.hidden, self._work)

    def needs(self, cell: int) -> bool:
        """Say whether a single row refuses that a masked cell be shown: some claim could not be proven any more."""
        return self._last.need(cell, self._low, self._high)

    def show(self, cell: int) -> list[Ask]:
        """Take a masked cell for shown and set its proofs aside; return the claims to prove again, hardest first.

        Hardest are those that failed most often when other cells were shown.
        """
        self.hidden[cell] = False
        self._low[cell], self._high[cell] = self.reader.shown_low[cell], self.reader.shown_high[cell]
        falls = self._fallen if self._low[cell] < self._high[cell] else list
        self._inside.show(cell)
        granted = self._plain.granted
        moving = [claim for claims in self._plain_moving.get(cell, ()) for claim in claims if claim in granted]
        self._plain_aside = {claim: granted.pop(claim) for claim in moving}
        claims = {*self._plain_aside, *self._proofs.set_aside(cell, falls)}
        asks = (self._ask(claim) for claim in claims)
        return sorted((ask for ask in asks if ask.amount), key=lambda ask: (-self._failed[ask, SOMEBODY], ask.order))

    def mask_again(self, cell: int) -> None:
        """Take the cell last shown for masked, its proofs with it."""
        self.hide(np.array([cell]))
        self._inside.hide(cell)
        self._plain.granted.update(self._plain_aside)
        self._proofs.put_back()

    def keep_shown(self) -> None:
        """Forget the proofs that the cell last shown was needed for."""
        self._proofs.drop()

    @property
    def unknowns(self) -> int:
        """Return how many unknowns the questions asked so far among masked cells had in all."""
        return self._inside.unknowns

    def routes(self) -> list[Route]:
        """Return every proof found or taken over."""
        return self._proofs.all()

    def adopt(self, routes: Sequence[Route]) -> None:
        """Take over those proofs of another prover that still stand with the cells masked here."""
        for route, (stands, turned) in zip(routes, self._stand([route.moved for route in routes]), strict=True):
            if stands:
                self._record(route.moved, turned=turned)

    def _find(self, ask: Ask, circle: Integers) -> bool:
        """Look for a proof among masked cells, then scope by scope."""
        found = self._finds(self._inside, ask, circle) or any(
            self._finds(self._router(index), ask, circle) for index in range(len(self._scopes))
        )
        if not found:
            self._failed.update({(ask, SOMEBODY), (ask, int(circle[0]) if len(circle) else SOMEBODY)})
        return found

    def _finds(self, router: Router | Inside, ask: Ask, circle: Integers) -> bool:
        """Look for a proof; ask for one more where the solver's answer is no exact fraction."""
        target = int(self.reader.needs.cells[ask.need])
        for more in (0, 1):
            found = router.route(target, ask.sign * (ask.amount + more), still=circle)
            if found is None:
                return False
            if any(self._keep(reading) for reading in exact_readings(found.places, found.amounts)):
                return True
        return False

    def _router(self, index: int) -> Router:
        while len(self._routers) <= index:
            scope = self._scopes[len(self._routers)]
            part = movable(self.reader, self.hidden, self._prices, scope=scope)
            self._routers.append(Router(self.reader, part, self.hidden, self._prices[part.columns], self._work))
        return self._routers[index]

    def _keep(self, moved: Deviations) -> bool:
        """Keep deviations that stand once the cells that they move are masked."""
        beyond = moved.beyond(self._low, self._high)
        if not np.isfinite(self._prices[beyond]).all():
            return False
        stands, turned = self._would_stand(moved, beyond) if len(beyond) else self._stand([moved])[0]
        if stands:
            if len(beyond):
                self.hide(beyond)
            self._record(moved, turned=turned)
        return stands

    def _would_stand(self, moved: Deviations, masked: Integers) -> tuple[bool, bool]:
        low, high = self._low.copy(), self._high.copy()
        low[masked], high[masked] = self.reader.hidden_low[masked], UNBOUNDED
        return standing([moved], self._columnwise, low=low, high=high)[0]

    def _stand(self, moved: Sequence[Deviations]) -> list[tuple[bool, bool]]:
        """Say of each deviations whether they stand, and their opposite."""
        return standing(moved, self._columnwise, low=self._low, high=self._high)

    def _record(self, moved: Deviations, *, turned: bool) -> None:
        """Note what deviations that stand prove, and their opposite where it stands too (`turned`)."""
        claims = self._claims(moved)
        if turned:
            claims += self._claims(moved.opposite())
        cells = frozenset(moved.places.tolist())
        touched = frozenset(circle for cell in cells for circle in self._knowers.get(cell, ()))
        self._proofs.add(Route(cells, touched, moved), claims)

    def _claims(self, moved: Deviations) -> list[Claim]:
        """Return the claims that deviations settle.

        Exact: those that stand are under 2**53, and an amount that no float tells exactly is beyond it, rounded or not.
        """
        needs = self._need_of[moved.places]
        moves, needs = moved.numerators[needs >= 0], needs[needs >= 0]
        up, down = (
            amounts[needs] * float(moved.denominator) for amounts in (self.reader.needs.up, self.reader.needs.down)
        )
        return [(need, 1) for need in needs[moves >= up].tolist()] + [
            (need, -1) for need in needs[-moves >= down].tolist()
        ]

    def _fallen(self, routes: Sequence[Route]) -> list[Route]:
        """Return the routes that fail one way or the other, a cell having been shown."""
        stand = self._stand([route.moved for route in routes])
        return [route for route, ways in zip(routes, stand, strict=True) if not all(ways)]

    def _ask(self, claim: Claim) -> Ask:
        need, sign = claim
        return Ask(need, sign, int((self.reader.needs.up if sign > 0 else self.reader.needs.down)[need]))

    def _known(self, ask: Ask, circle: Integers) -> bool:
        return self._proofs.known((ask.need, ask.sign), apart=frozenset(circle.tolist()))


def _claims_by_cell(plain: Plain) -> dict[int, list[list[Claim]]]:
    """Return the granted claims that rest on each cell, those that rest on the same cells together."""
    together: dict[frozenset[int], list[Claim]] = {}
    for claim, cells in plain.granted.items():
        together.setdefault(cells, []).append(claim)
    found: dict[int, list[list[Claim]]] = {}
    for cells, claims in together.items():
        for cell in cells:
            found.setdefault(cell, []).append(claims)
    return found
