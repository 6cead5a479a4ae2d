"""Hidden sums: what a shown margin leaves once its shown parts are taken away holds k units or more."""

from anonymizers.disclosure.protect import protect
from tests.cell_tables import ROWS, UNITS, Layout, Measure, Visit, cell_table, masked_keys, rules

HOURS = {"heure": ["09", "10", "11", "12"]}


def visits(**counts: int) -> list[Visit]:
    """Return `counts` units at each hour; one household comes at every hour, so that counts do not add up."""
    return [
        Visit((hour[1:],), ("always" if unit == 0 else f"{hour}-{unit}",))
        for hour, count in counts.items()
        for unit in range(count)
    ]


def masked(counts: dict[str, int], measures: list[Measure], k: int) -> set[str]:
    cells = cell_table(visits(**counts), Layout(HOURS, [[]], measures))
    return {hour for (hour,) in masked_keys(cells, protect(cells, rules(ks=(k,))).masked)}


def test_two_small_hours_that_stay_under_k_together_take_a_third_with_them() -> None:
    assert masked({"h09": 3, "h10": 4, "h11": 12, "h12": 30}, [ROWS, UNITS], 11) == {"09", "10", "11"}


def test_two_small_hours_of_k_units_together_are_enough() -> None:
    assert masked({"h09": 5, "h10": 6, "h11": 12, "h12": 30}, [ROWS, UNITS], 11) == {"09", "10"}
