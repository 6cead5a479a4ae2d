"""Loose entries put in order: by cell, then by mark, a unit of a cell once."""

import numpy as np
import pytest

from anonymizers.differencing.membership import Entries, gathered


@pytest.mark.parametrize("cells", [3, 2**16, 2**16 + 1, 200_000])
@pytest.mark.parametrize("bits", [1, 20, 64])
def test_entries_are_gathered_by_cell_and_unit(cells: int, bits: int) -> None:
    random = np.random.default_rng(cells + bits)
    at = random.choice(np.array([0, 1, 2, cells // 2, cells - 1]), 500)
    marks = random.integers(0, 2**bits - 1, 30, dtype=np.uint64, endpoint=True)
    units, rows = random.choice(marks, 500), random.integers(1, 9, 500)
    expected: dict[tuple[int, int], int] = {}
    for cell, unit, number in zip(at.tolist(), units.tolist(), rows.tolist(), strict=True):
        expected[cell, unit] = expected.get((cell, unit), 0) + number
    found = gathered(Entries(at, units, rows, units, (rows,)), cells)
    named = zip(found.cells.tolist(), found.units.tolist(), strict=True)
    assert dict(zip(named, found.rows.tolist(), strict=True)) == expected
    assert list(zip(found.cells.tolist(), found.units.tolist(), strict=True)) == sorted(expected)
    assert np.array_equal(found.amounts[0], found.rows)
