"""The search: the node of least loss at which everybody kept stands among k, proven least."""

from typing import final

from anonymizers.cells import Booleans
from anonymizers.microdata.judged import Found, judged, must_hold_traits, suppressible
from anonymizers.microdata.lattice import Lattice
from anonymizers.microdata.leaves import Classes, Leaves, Node
from anonymizers.microdata.made import Made
from anonymizers.microdata.models import Asked, crowded, diverse, near
from eclor.errors import GuaranteeBroken


@final
class _Search:
    """One search; `best` is the node of least loss so far."""

    __slots__ = ("_asked", "_lattice", "_leaves", "_made", "_suppressible", "best")

    def __init__(self, leaves: Leaves, asked: Asked) -> None:
        self._leaves, self._asked = leaves, asked
        self._lattice = Lattice(leaves)
        self._suppressible = suppressible(leaves, asked)
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
        """Find by halving where a chain of coarser nodes begins to hold: a good best early spares the most nodes."""
        chain = [step for step in self._lattice.chain(node) if not self._hopeless(step)]
        low, high = 0, len(chain)
        while low < high:
            middle = (low + high) // 2
            if not self._lattice.dead[chain[middle]] and self._holds(chain[middle]):
                high = middle
            else:
                low = middle + 1

    def _holds(self, node: Node) -> bool:
        """Tell whether few enough rows are left out at a node, and keep it if it loses least.

        Sensitive values are looked at only where the units allow a new best: they can but leave out more rows.
        """
        classes = self._made.at(node)
        kept = crowded(classes, self._asked)
        if self._too_many_out(classes, kept, node, buries=True):
            return False
        found = judged(self._leaves, classes, node, kept)
        if self.best is not None and found.loss >= self.best.loss:
            return True
        if classes.traits is not None:
            kept = kept & diverse(classes, classes.traits, self._asked)
            if self._too_many_out(classes, kept, node, buries=True):
                return False
            kept = kept & near(classes, classes.traits, self._asked)
            # a class within t and one beyond may merge into one beyond: only where no row may be left out does
            # coarsening never move a class further away
            if self._too_many_out(classes, kept, node, buries=self._suppressible == 0):
                return False
            found = judged(self._leaves, classes, node, kept)
        if self.best is None or found.loss < self.best.loss:
            self.best = found
        return True

    def _too_many_out(self, classes: Classes, kept: Booleans, node: Node, *, buries: bool) -> bool:
        """Tell whether too many rows are left out, and bury the node if all that is finer leaves out as many."""
        too_many = int(classes.rows[~kept].sum()) > self._suppressible
        if too_many and buries:
            self._lattice.bury(node)
        return too_many


def search(leaves: Leaves, asked: Asked) -> Found:
    """Return the node of least loss at which everybody kept stands among k, and few enough are left out.

    Guarantee: every class that is kept holds `asked.k` units and `asked.l` sensitive values and lies within
    `asked.t_percent`, and no node of the lattice that does so loses less, to the rounding of sums (full-domain
    recoding; mean normalised certainty penalty, 1 for a row left out). Refuses (`microdata.no-node`) where no node
    holds, and (`microdata.nothing-sensitive`) l or t asked of rows that hold no sensitive value.
    Held by: tests/unit/anonymizers/microdata/test_search.py and tests/property/test_microdata.py (all nodes tried).
    Source: disclosure control, section 4.
    """
    must_hold_traits(leaves, asked)
    found = _Search(leaves, asked).run()
    if found is None:
        raise GuaranteeBroken("microdata.no-node", k=asked.k)
    return found
