"""HiGHS, without the voice: its wrapper's constructor prints a banner and calls back into Python at every step."""

from collections.abc import Mapping
from typing import Final

from highspy import Highs

Option = bool | int | float | str

QUIET: Final[dict[str, Option]] = {"output_flag": False, "threads": 1, "parallel": "off"}
"""One thread: the same input gives the same answer."""


class Solver(Highs):
    """HiGHS as it is below its wrapper."""

    def __init__(self, options: Mapping[str, Option]) -> None:
        super(Highs, self).__init__()
        for option, value in {**QUIET, **options}.items():
            self.setOptionValue(option, value)
