"""A generalisation hierarchy: what each value becomes, level after level, and how much of it is then lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from eclor.errors import GuaranteeBroken

Codes = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The values of one quasi-identifier and what they become.

    `labels[l]` are the distinct values of level `l`, level 0 being the values themselves; `codes[l][leaf]` is the place
    in `labels[l]` of what a leaf becomes; `losses[l][code]` is the share of the hierarchy that a value of level `l`
    may stand for: (leaves under it - 1) / (leaves - 1), the normalised certainty penalty of one value.
    """

    name: str
    labels: tuple[tuple[str, ...], ...]
    codes: tuple[Codes, ...]
    losses: tuple[Floats, ...]

    @property
    def top(self) -> int:
        """Return the coarsest level."""
        return len(self.labels) - 1

    def steps(self, low: int, high: int) -> Codes:
        """Return what each value of level `low` becomes at level `high`, by place."""
        becomes = np.zeros(len(self.labels[low]), dtype=np.int64)
        becomes[self.codes[low]] = self.codes[high]
        return becomes

    def places(self, values: Sequence[str]) -> Codes:
        """Return the leaf of each value. Refuses (`microdata.unknown-value`) a value that the hierarchy lacks."""
        known = {label: place for place, label in enumerate(self.labels[0])}
        if not known.keys() >= set(values):
            raise GuaranteeBroken("microdata.unknown-value", column=self.name)
        return np.array([known[value] for value in values], dtype=np.int64)


def hierarchy(name: str, lines: Sequence[Sequence[str]]) -> Hierarchy:
    """Read one line a leaf, its coarser values from left to right.

    Refuses (`microdata.no-hierarchy`) lines of several lengths, a leaf written twice, a level where one value becomes
    two: what is merged never parts again.
    """
    levels = list(zip(*lines, strict=False))
    if not lines or len({len(line) for line in lines}) != 1 or len(set(levels[0])) != len(lines):
        raise GuaranteeBroken("microdata.no-hierarchy", column=name)
    labels, codes = [], []
    for values in levels:
        known = tuple(dict.fromkeys(values))
        place = {label: code for code, label in enumerate(known)}
        labels.append(known)
        codes.append(np.array([place[value] for value in values], dtype=np.int64))
    if not all(_merges(fine, coarse) for fine, coarse in pairwise(codes)):
        raise GuaranteeBroken("microdata.no-hierarchy", column=name)
    return Hierarchy(name, tuple(labels), tuple(codes), tuple(_losses(each) for each in codes))


def _merges(fine: Codes, coarse: Codes) -> bool:
    pairs = set(zip(fine.tolist(), coarse.tolist(), strict=True))
    return len(pairs) == len(set(fine.tolist()))


def _losses(codes: Codes) -> Floats:
    leaves = len(codes)
    under = np.bincount(codes).astype(np.float64)
    return (under - 1) / (leaves - 1) if leaves > 1 else np.zeros_like(under)
