"""One node judged: who is left out there, and what it loses. A stored node is checked so, without a search."""

from dataclasses import dataclass

from anonymizers.cells import Booleans
from anonymizers.microdata.leaves import Classes, Leaves, Node
from anonymizers.microdata.models import Asked, crowded, diverse, near
from eclor.errors import GuaranteeBroken


@dataclass(frozen=True, slots=True)
class Found:
    """A node taken: `loss` is the mean over all rows, 1 for a row left out, which is `suppressed` of them."""

    levels: Node
    loss: float
    suppressed: int
    classes: int


def judged(leaves: Leaves, classes: Classes, node: Node, kept: Booleans) -> Found:
    """Return what a node costs when only the rows of some of its classes are kept."""
    suppressed = int(classes.rows[~kept].sum())
    lost = float((leaves.losses(classes, node) * classes.rows)[kept].sum())
    return Found(node, (lost + suppressed) / leaves.rows, suppressed, int(kept.sum()))


def held(leaves: Leaves, node: Node, asked: Asked) -> tuple[Classes, Booleans, Found]:
    """Return the classes of a node, made from the leaves at once, which of them are kept, and what that costs.

    Guarantee: every class that is kept holds `asked.k` units, `asked.l` sensitive values and lies within
    `asked.t_percent`. Refuses (`microdata.node-fails`) a node where too many rows would be left out,
    (`microdata.no-such-node`) levels that the hierarchies lack, and (`microdata.nothing-sensitive`) l or t asked of
    rows that hold no sensitive value.
    """
    tops = [each.top for each in leaves.hierarchies]
    if len(node) != len(tops) or not all(0 <= level <= top for level, top in zip(node, tops, strict=True)):
        raise GuaranteeBroken("microdata.no-such-node")
    must_hold_traits(leaves, asked)
    classes = leaves.coarsened(leaves.classes, leaves.finest, node)
    kept = crowded(classes, asked)
    if classes.traits is not None:
        kept &= diverse(classes, classes.traits, asked) & near(classes, classes.traits, asked)
    found = judged(leaves, classes, node, kept)
    if found.suppressed > suppressible(leaves, asked):
        raise GuaranteeBroken("microdata.node-fails", percent=asked.suppressible_percent)
    return classes, kept, found


def must_hold_traits(leaves: Leaves, asked: Asked) -> None:
    """Refuse (`microdata.nothing-sensitive`) l or t asked of rows that hold no sensitive value."""
    if asked.on_traits and leaves.classes.traits is None:
        raise GuaranteeBroken("microdata.nothing-sensitive")


def check(leaves: Leaves, node: Node, asked: Asked) -> Found:
    """Return what a node that was chosen before costs on the rows of today: one grouping, no search.

    Guarantees and refuses as `held` does: choosing another node is a decision, not a run's.
    Source: disclosure control, section 4. Held by: tests/unit/anonymizers/microdata/test_check.py.
    """
    _, _, found = held(leaves, node, asked)
    return found


def suppressible(leaves: Leaves, asked: Asked) -> int:
    """Return how many rows may be left out at most."""
    return asked.suppressible_percent * leaves.rows // 100
