"""Expectations of our own, beside the library's: to add one, a file here and a line in the table."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from catalog.gates.own.empty_where import EMPTY_WHERE
from catalog.gates.own.hours_make_day import HOURS_MAKE_DAY
from catalog.gates.own.local_days import LOCAL_DAYS
from catalog.gates.own.never_negative import NEVER_NEGATIVE
from catalog.gates.own.own_expectation import Own
from catalog.gates.own.timetable import TIMETABLE
from catalog.gates.own.total_of_parts import TOTAL_OF_PARTS
from catalog.gates.own.within_territory import WITHIN_TERRITORY

OWN: Final[Mapping[str, Own]] = MappingProxyType(
    {
        "energie-jamais-negative": NEVER_NEGATIVE,
        "heures-font-le-jour": HOURS_MAKE_DAY,
        "horaires-croissants": TIMETABLE,
        "jours-de-23-24-25-heures": LOCAL_DAYS,
        "positions-dans-le-territoire": WITHIN_TERRITORY,
        "total-egal-aux-parties": TOTAL_OF_PARTS,
        "vide-la-ou": EMPTY_WHERE,
    }
)
"""Name, as declarations write it → expectation."""
