"""Door 5: a release that passed every gate becomes a `ValidatedRelease`, here and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

from charter.apply import Release


@dataclass(frozen=True, slots=True)
class Report:
    """What one gate saw. `public` is its verdict for anyone; `internal` its counts and places, never a value."""

    gate: str
    passed: bool
    executor: str
    public: Mapping[str, object]
    internal: Mapping[str, object]


@final
@dataclass(frozen=True, slots=True)
class ValidatedRelease:
    """A release and the reports of all its gates, each of which passed."""

    release: Release
    reports: tuple[Report, ...]
