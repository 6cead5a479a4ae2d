"""What a plan's steps are made of: `charter.steps` makes them, `charter.compile` puts them in a plan."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Expression:
    """An Ibis expression over the unbound table `raw`; ibis ships no types, so it stays wrapped."""

    value: Any


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step of the ladder: `levels` maps each generalised dimension to its level; the only step has none.

    For `tableau`, `expression` gives one row per cell of the finest grouping and per margin (see charter/steps.py);
    for `lignes`, one row per row.
    """

    levels: tuple[tuple[str, str], ...]
    expression: Expression
