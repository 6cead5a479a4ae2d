"""Which margins contain a cell, where few of the cells that could be are listed."""

from anonymizers.cells import TOGETHER, Key
from anonymizers.differencing.keys import containers

LABELS = [f"label {number:03}" for number in range(500)]


def opened(key: Key, level: tuple[bool, ...]) -> Key:
    return tuple(TOGETHER if is_open else label for label, is_open in zip(key, level, strict=True))


def test_margins_are_found_among_cells_that_are_few_of_all_combinations() -> None:
    """A diagonal of five dimensions: numbering each combination would take more room than there is."""
    finest = [(label,) * 5 for label in LABELS]
    levels = [(False, False, False, False, True), (True, True, False, True, True), (True,) * 5]
    keys = sorted({*finest, *(opened(key, level) for key in finest for level in levels)})
    place = {key: number for number, key in enumerate(keys)}
    expected = [[place.get(opened(key, level), -1) for key in keys] for level in levels]
    for of_level in expected:
        for cell, key in enumerate(keys):
            of_level[cell] = -1 if keys[of_level[cell]] == key else of_level[cell]
    assert sorted(of_level.tolist() for of_level in containers(keys)) == sorted(expected)
