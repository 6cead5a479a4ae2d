"""Inside: how the cells that are masked already can move, each connected part of them studied apart."""

import numpy as np

from anonymizers.cells import Booleans, Integers
from anonymizers.disclosure.components import components, settled
from anonymizers.disclosure.reader import Reader
from anonymizers.disclosure.router import MASKED_PRICE, Moved, Router
from anonymizers.disclosure.work import Work


class Inside:
    """Answer, for one reader, how a target can move when nothing more is masked.

    Parts are small next to the table, and a question concerns one of them: its programme is opened when first asked.
    """

    __slots__ = ("_hidden", "_left", "_part", "_parts", "_reader", "_routers", "unknowns")

    def __init__(self, reader: Reader, hidden: Booleans, left: Work) -> None:
        self._reader, self._hidden, self._left = reader, hidden.copy(), left
        self._parts = components(reader.constraints, *settled(reader.constraints, *reader.ranges(hidden)))
        self._part = np.full(len(hidden), -1, dtype=np.int64)
        for number, part in enumerate(self._parts):
            self._part[part.columns] = number
        self._routers: dict[int, Router] = {}
        self.unknowns = 0

    def route(self, target: int, amount: float, *, still: Integers) -> Moved | None:
        """Return deviations in which `target` moves by `amount` and `still` do not, or None if none is found."""
        number = int(self._part[target])
        if number < 0:
            return None
        self.unknowns += len(self._parts[number].columns)
        return self._router(number).route(target, amount, still=still)

    def show(self, cell: int) -> None:
        """Take a cell for shown from now on."""
        self._hidden[cell] = False
        router = self._routers.get(int(self._part[cell]))
        if router is not None:
            router.show(np.array([cell]))

    def hide(self, cell: int) -> None:
        """Take a cell that was masked at first for masked again, for good: its moves cost no more than any other's."""
        self._hidden[cell] = True
        router = self._routers.get(int(self._part[cell]))
        if router is not None:
            router.hide(np.array([cell]), MASKED_PRICE)

    def _router(self, number: int) -> Router:
        if number not in self._routers:
            part = self._parts[number]
            never = np.full(len(part.columns), np.inf)
            self._routers[number] = Router(self._reader, part, self._hidden, never, self._left)
        return self._routers[number]
