"""The guarantees that a cell must hold before it may be shown: name -> where its judge stands, loaded on use.

An installed package may add some: they are asked of every table, and can only mask more (`eclor.guarantees`).
"""

from importlib import import_module
from typing import Final, Protocol

from anonymizers.cells import CellTable, Rules
from anonymizers.extensions import Extension, Group, installed
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


def added() -> tuple[Extension, ...]:
    """Return the guarantees that installed packages add; refuses (`GuaranteeBroken`) what cannot be one."""
    return installed(Group.GUARANTEES, ours=GUARANTEES)


def judges() -> dict[str, Judge]:
    """Return every judge that a table is shown to, by name: ours, then those that packages add."""
    from anonymizers.added_guarantee import heard  # noqa: PLC0415 - it knows what a verdict is

    return {name: judge_of(name) for name in sorted(GUARANTEES)} | {each.name: heard(each) for each in added()}
