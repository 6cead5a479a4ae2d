"""What nearly makes a cell: the search by units and the one by their days find a difference in the same places."""

import pytest

from anonymizers.differencing import overtaking
from anonymizers.differencing.overtaking import Difference, Overtakings
from tests.attack.test_combined_cells import told

WHOLE_UNITS_ALONE = 10**9


def test_a_difference_is_found_by_days_exactly_where_it_is_found_by_units(monkeypatch: pytest.MonkeyPatch) -> None:
    by_few, found = Overtakings.small, list[tuple[bool, bool]]()

    def both(self: Overtakings) -> Difference | None:
        monkeypatch.setattr(overtaking, "FEW", -1)
        again = Overtakings(self._facts, self._inside, self._ways, self._work, k=self._k, dominance=self._dominance)
        by_days, by_units = by_few(again), by_few(self)
        found.append((by_days is None, by_units is None))
        monkeypatch.setattr(overtaking, "FEW", WHOLE_UNITS_ALONE)
        return by_units

    monkeypatch.setattr(overtaking, "FEW", WHOLE_UNITS_ALONE)
    monkeypatch.setattr(Overtakings, "small", both)
    assert list(told()) == []
    assert {by_days == by_units for by_days, by_units in found} == {True}
    assert {by_units for _, by_units in found} == {True, False}
