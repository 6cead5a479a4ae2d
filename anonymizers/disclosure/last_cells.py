"""Last cells: what a single row tells once one more of its cells is shown, without a linear programme."""

from collections.abc import Sequence

from anonymizers.disclosure.circles import Circle, groups_by_cell
from anonymizers.disclosure.constraints import Floats, columnwise
from anonymizers.disclosure.reader import Reader
from anonymizers.disclosure.room import Claimed, both_ways


class LastCells:
    """Finds the cells that cannot be shown because a row that holds them would leave another too little room.

    A refusal is a proof: a cell stands within what any one of its rows leaves it, whatever the other rows say, so that
    no deviations could settle the claim. The same is asked of who knows some cells of the row, which then stand still.
    Nothing is said where no row refuses.
    """

    __slots__ = ("_by_column", "_circles", "_constraints", "_knowers", "_needs", "_reader")

    def __init__(self, reader: Reader, circles: Sequence[Circle]) -> None:
        self._reader, self._constraints = reader, reader.constraints
        self._by_column = columnwise(reader.constraints, len(reader.values))
        self._circles = [(circle.known.tolist(), set(circle.own.tolist())) for circle in circles]
        self._knowers = groups_by_cell([circle.known for circle in circles])
        needs = zip(reader.needs.cells.tolist(), reader.needs.up.tolist(), reader.needs.down.tolist(), strict=True)
        self._needs = {cell: (need, up, down) for need, (cell, up, down) in enumerate(needs)}

    def need(self, cell: int, low: Floats, high: Floats) -> bool:
        """Say whether `cell`, which stands from `low` to `high` like every other, must stay masked."""
        shown = self._reader.shown_low[cell], self._reader.shown_high[cell]
        masked = low[cell], high[cell]
        low[cell], high[cell] = shown
        rows = self._by_column.rows[self._by_column.starts[cell] : self._by_column.starts[cell + 1]].tolist()
        needed = any(self._tells(row, low, high) for row in rows)
        low[cell], high[cell] = masked
        return needed

    def _tells(self, row: int, low: Floats, high: Floats) -> bool:
        entries = slice(self._constraints.starts[row], self._constraints.starts[row + 1])
        cells, signs = self._constraints.columns[entries], self._constraints.coefficients[entries]
        free = low[cells] < high[cells]
        cells, signs = cells[free], signs[free]
        spans = low[cells], high[cells], float(self._constraints.low[row]), float(self._constraints.high[row])
        members = cells.tolist()
        ways = both_ways(cells, signs, spans, self._claims(members))
        circles = sorted({circle for cell in members for circle in self._knowers.get(cell, ())})
        asked = [([], set[int]()), *(self._circles[circle] for circle in circles)]
        return any(next(way.lost(known, own), None) is not None for known, own in asked for way in ways)

    def _claims(self, members: Sequence[int]) -> list[Claimed]:
        claims: list[Claimed] = []
        for cell in members:
            if cell in self._needs:
                need, up, down = self._needs[cell]
                claims += [((need, 1), cell, float(up)), ((need, -1), cell, float(down))]
        return claims
