"""The guarantees that a cell must hold before it may be shown: name -> where its judge stands, loaded on use."""

from importlib import import_module
from typing import Final, Protocol

from anonymizers.cells import CellTable, Rules
from anonymizers.guarantees.verdict import Verdict

GUARANTEES: Final[dict[str, str]] = {
    "diversity": "anonymizers.guarantees.diversity:judge",
    "dominance": "anonymizers.guarantees.dominance:judge",
    "minimum_count": "anonymizers.guarantees.minimum_count:judge",
    "small_populations": "anonymizers.guarantees.small_populations:judge",
}


class Judge(Protocol):
    """What a guarantee is: a table of cells and a policy's rules in, a verdict on every cell out."""

    def __call__(self, cells: CellTable, rules: Rules, /) -> Verdict:
        """Judge every cell, margins included."""
        ...


def judge_of(name: str) -> Judge:
    """Return the judge that the table names."""
    module, attribute = GUARANTEES[name].split(":")
    judge: Judge = getattr(import_module(module), attribute)
    return judge
