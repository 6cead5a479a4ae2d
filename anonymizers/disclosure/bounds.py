"""The bounds that a reader can compute, and whether they are wide enough."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from anonymizers.cells import Booleans, Bounds
from anonymizers.disclosure.constraints import Floats
from anonymizers.disclosure.feasibility import Spans, spans_of
from anonymizers.disclosure.problem import Problem
from anonymizers.disclosure.programme import LARGEST_PLAIN
from anonymizers.disclosure.reader import Reader

ROUGHLY: Final = 1e-6
"""How far a solver's optimum may be from the exact one; the exact proofs decide, this only looks again."""


def spans_by_reader(problem: Problem, masked: Booleans) -> tuple[Spans, ...]:
    """Solve, for each reader, how far from the truth each cell that must stay uncertain can be placed."""
    return tuple(spans_of(reader, masked, reader.needs.cells, work=problem.work) for reader in problem.readers)


def wide_enough(problem: Problem, spans: tuple[Spans, ...]) -> bool:
    """Say whether the spans are as wide as LANGUAGE.md section 9 requires ("Secondary: when it is right")."""
    return all(_is_met(reader, own) for reader, own in zip(problem.readers, spans, strict=True))


def bounds_of(readers: Sequence[Reader], spans: Sequence[Spans]) -> tuple[Bounds, ...]:
    """Say the spans as intervals of values, by indicator then cell; none where an end is not told."""
    return tuple(
        Bounds(int(cell), reader.indicator, true, true + low, true + high if np.isfinite(high) else None)
        for reader, own in zip(readers, spans, strict=True)
        for cell, true, low, high in zip(
            reader.needs.cells.tolist(),
            reader.values[reader.needs.cells].tolist(),
            _snapped(own.low).tolist(),
            _snapped(own.high).tolist(),
            strict=True,
        )
        if not (np.isnan(low) or np.isnan(high))
    )


def _is_met(reader: Reader, own: Spans) -> bool:
    largest = float(reader.values.max(initial=0))
    tolerance = ROUGHLY * max(1.0, largest / LARGEST_PLAIN)
    up, down = (np.where(np.isnan(ends), 0.0, ends) for ends in (own.high, -own.low))
    up, down = up >= reader.needs.up - tolerance, down >= reader.needs.down - tolerance
    return bool(up.all() and down.all())


def _snapped(spans: Floats) -> Floats:
    return np.where(np.isclose(spans, np.rint(spans), rtol=0.0, atol=ROUGHLY), np.rint(spans), spans)
