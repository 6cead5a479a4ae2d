"""The proofs found so far: which claim each of them settles, and which need a given cell to move."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from anonymizers.disclosure.proof import Deviations
from anonymizers.disclosure.room import Claim


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """A proof: the `cells` move as `moved` says, the others stand still. Two routes are never the same one.

    `touched` are the circles of contributors who know one of the cells that move.
    """

    cells: frozenset[int]
    touched: frozenset[int]
    moved: Deviations


class Proofs:
    """Routes by claim, oldest first. Those that need a cell can be set aside, then put back."""

    __slots__ = ("_aside", "_claims", "_moving", "_routes")

    def __init__(self) -> None:
        self._claims: dict[Route, list[Claim]] = {}
        self._routes: dict[Claim, list[Route]] = {}
        self._moving: dict[int, list[Route]] = {}
        self._aside: list[Route] = []

    def add(self, route: Route, claims: Iterable[Claim]) -> None:
        """Note a proof of some claims."""
        self._claims[route] = list(claims)
        for claim in self._claims[route]:
            self._routes.setdefault(claim, []).append(route)
        for cell in route.cells:
            self._moving.setdefault(cell, []).append(route)

    def all(self) -> list[Route]:
        """Return every proof."""
        return list(self._claims)

    def touched(self, claim: Claim) -> frozenset[int]:
        """Return the circles that every proof of a claim that has one moves."""
        return frozenset.intersection(*(route.touched for route in self._routes[claim]))

    def known(self, claim: Claim, *, apart: frozenset[int]) -> bool:
        """Say whether a proof of the claim moves no cell of `apart`."""
        return any(route.cells.isdisjoint(apart) for route in self._routes.get(claim, ()))

    def set_aside(self, cell: int, fallen: Callable[[Sequence[Route]], list[Route]]) -> list[Claim]:
        """Set aside the proofs that move `cell` and are `fallen`; return the claims that they settled."""
        self._aside = fallen(self._moving.get(cell, ()))
        aside = set(self._aside)
        claims = dict.fromkeys(claim for route in self._aside for claim in self._claims[route])
        for claim in claims:
            self._routes[claim] = [route for route in self._routes[claim] if route not in aside]
        return list(claims)

    def put_back(self) -> None:
        """Take up again the proofs last set aside, after those found since."""
        for route in self._aside:
            for claim in self._claims[route]:
                self._routes[claim].append(route)
        self._aside = []

    def drop(self) -> None:
        """Forget the proofs last set aside."""
        for route in self._aside:
            del self._claims[route]
            for cell in route.cells:
                self._moving[cell].remove(route)
        self._aside = []
