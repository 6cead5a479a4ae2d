"""Which refused cell a complementary mask protects: the nearest one, from total to total."""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence

from anonymizers.cells import Booleans, Key


def protected_cells(keys: Sequence[Key], masked: Booleans, primary: Booleans) -> Mapping[int, int]:
    """Return, for each cell masked for another's sake, the nearest one that is refused for itself.

    Two masked cells are neighbours when their keys differ in one dimension: they stand under one total, or one is the
    other's. What masks what is a matter of the whole pattern: the nearest is a reading aid, not a proof. A cell that
    nothing reaches is left out.
    """
    lines: dict[tuple[int, Key], list[int]] = defaultdict(list)
    hidden = [cell for cell, is_masked in enumerate(masked.tolist()) if is_masked]
    for cell in hidden:
        for line in _lines(keys[cell]):
            lines[line].append(cell)
    origins = {cell: cell for cell in hidden if primary[cell]}
    queue = deque(origins)
    while queue:
        cell = queue.popleft()
        for line in _lines(keys[cell]):
            for other in lines.pop(line, ()):
                if other not in origins:
                    origins[other] = origins[cell]
                    queue.append(other)
    return {cell: origin for cell, origin in origins.items() if cell != origin}


def _lines(key: Key) -> list[tuple[int, Key]]:
    return [(place, (*key[:place], *key[place + 1 :])) for place in range(len(key))]
