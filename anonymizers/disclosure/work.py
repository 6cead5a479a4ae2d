"""Work: what protecting one table, and comparing it, may take, counted in what is read, never timed."""

from typing import Final

from eclor.errors import GuaranteeBroken

LIMIT: Final = 250_000_000_000
"""Work that a table may take: about ten minutes of CPU, one entry of a row that one dual step reads taking 2.5 ns."""
QUESTION: Final = 400_000
"""What is spent around each question to a programme, whatever its size."""
OPENING: Final = 10
"""How often a question reads every entry before its first step."""
CHOICE: Final = 60_000
"""What is spent around each choice of a search by who is in the cells, whatever their size."""
LOOKS: Final = 50
"""How often such a choice reads each unit of each cell."""


class Work:
    """The work left for one table. What is spent hangs on the table alone: it runs out on each machine or on none."""

    __slots__ = ("_left",)

    def __init__(self, limit: int | None = None) -> None:
        self._left = LIMIT if limit is None else limit

    def spend(self, amount: int) -> None:
        """Take an amount away. Refuses (`GuaranteeBroken`, `protection.too-tied`) once less than nothing is left."""
        self._left -= amount
        if self._left < 0:
            raise GuaranteeBroken("protection.too-tied")

    @property
    def is_spent(self) -> bool:
        """Say whether more was spent than there was."""
        return self._left < 0

    def asked(self, entries: int, steps: int) -> None:
        """Spend what a question took to a programme of so many entries, in so many steps."""
        self.spend(QUESTION + entries * (OPENING + steps))

    def chosen(self, entries: int) -> None:
        """Spend what a choice took among cells of so many units, a unit of two cells counted twice."""
        self.spend(CHOICE + LOOKS * entries)

    def steps(self, entries: int) -> int:
        """Return in how many steps over so many entries all that is left is spent for sure."""
        return max(self._left, 0) // max(entries, 1) + 1


class Allowance(Work):
    """Work of which what goes beyond is left undone, never refused: for what is only told."""

    __slots__ = ()

    def spend(self, amount: int) -> None:
        """Take an amount away."""
        self._left -= amount
