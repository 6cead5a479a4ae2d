"""The search: the node of least loss at which everybody kept stands among k, proven least."""

from dataclasses import dataclass
from typing import final

from anonymizers.microdata.lattice import Lattice
from anonymizers.microdata.leaves import Leaves, Node
from anonymizers.microdata.made import Made
from anonymizers.microdata.models import Asked, failing
from eclor.errors import GuaranteeBroken


@dataclass(frozen=True, slots=True)
class Found:
    """The node taken: `loss` is the mean over all rows, 1 for a row left out, which is `suppressed` of them."""

    levels: Node
    loss: float
    suppressed: int
    classes: int


@final
class _Search:
    """One search; `best` is the node of least loss so far."""

    __slots__ = ("_asked", "_lattice", "_leaves", "_made", "_suppressible", "best")

    def __init__(self, leaves: Leaves, asked: Asked) -> None:
        self._leaves, self._asked = leaves, asked
        self._lattice = Lattice(leaves)
        self._suppressible = asked.suppressible_percent * leaves.rows // 100
        self._made = Made(leaves)
        self.best: Found | None = None

    def run(self) -> Found | None:
        """Try the nodes that could lose less than the best, cheapest first; none is left out unproven."""
        for node in self._lattice.in_order():
            if self._hopeless(node):
                break
            if not self._lattice.dead[node] and not self._holds(node):
                self._probe(node)
        return self.best

    def _hopeless(self, node: Node) -> bool:
        """Tell whether coarsening alone loses as much there as the best does in all."""
        return self.best is not None and bool(self._lattice.bounds[node] >= self.best.loss)

    def _probe(self, node: Node) -> None:
        """Find by halving where a chain of coarser nodes begins to hold: each miss buries all that is finer."""
        chain = [step for step in self._lattice.chain(node) if not self._hopeless(step)]
        low, high = 0, len(chain)
        while low < high:
            middle = (low + high) // 2
            if not self._lattice.dead[chain[middle]] and self._holds(chain[middle]):
                high = middle
            else:
                low = middle + 1

    def _holds(self, node: Node) -> bool:
        """Tell whether few enough rows are left out at a node, and keep it if it loses least."""
        classes = self._made.at(node)
        out = failing(classes, self._asked)
        suppressed = int(classes.rows[out].sum())
        if suppressed > self._suppressible:
            self._lattice.bury(node)
            return False
        lost = float((self._leaves.losses(classes, node) * classes.rows)[~out].sum())
        loss = (lost + suppressed) / self._leaves.rows
        if self.best is None or loss < self.best.loss:
            self.best = Found(node, loss, suppressed, int((~out).sum()))
        return True


def search(leaves: Leaves, asked: Asked) -> Found:
    """Return the node of least loss at which everybody kept stands among k, and few enough are left out.

    Guarantee: every class that is kept holds `asked.k` units and `asked.l` sensitive values, and no node of the lattice
    that does so loses less (full-domain recoding; mean normalised certainty penalty, 1 for a row left out). Refuses
    (`microdata.no-node`) where not even the coarsest node holds.
    Held by: tests/unit/anonymizers/microdata/test_search.py (all nodes tried). Source: disclosure control, section 4.
    """
    found = _Search(leaves, asked).run()
    if found is None:
        raise GuaranteeBroken("microdata.no-node", k=asked.k)
    return found
