"""What an expectation's result says, in great-expectations' own words and without any value of a cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from pydantic import JsonValue

MOST_ROWS: Final = 1_000
"""Row numbers kept in a report for one expectation."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result: `counts` are the library's `result` without lists and values, `rows` the first that break it, from 1.

    `broken` says that the expectation could not be computed.
    """

    success: bool
    counts: Mapping[str, JsonValue] = field(default_factory=dict)
    rows: tuple[int, ...] = ()
    broken: bool = False

    @classmethod
    def of_rows(cls, *, elements: int, missing: int | None, unexpected: int, mostly: float = 1.0) -> Self:
        """Return the outcome of an expectation on each row, counted as the library counts.

        `missing` rows are not judged; None where being missing is what is judged. Nothing to judge holds.
        """
        judged = elements if missing is None else elements - missing
        success = judged == 0 or (float(judged) - float(unexpected)) / float(judged) >= mostly
        counts: dict[str, JsonValue] = {
            "element_count": elements,
            "unexpected_count": unexpected,
            "unexpected_percent": _percent(unexpected, judged),
        }
        if missing is not None:
            counts |= {
                "missing_count": missing,
                "missing_percent": _percent(missing, elements),
                "unexpected_percent_total": _percent(unexpected, elements),
                "unexpected_percent_nonmissing": _percent(unexpected, judged),
            }
        return cls(success, counts)


def _percent(part: int, whole: int) -> float | None:
    return part / whole * 100 if whole else None
