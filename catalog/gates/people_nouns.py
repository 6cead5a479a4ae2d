"""Which words say what somebody is, by those that do: a language model's vectors of trades, kinship and offices.

A line is drawn between the vectors of the words that we list and those of others (Fisher's linear discriminant); what
lies well beyond it is told apart from things, places and bodies: "géomètre", "collègue", "créancière".
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_OTHERS: Final = 3_000
"""Rows that stand for all words, drawn anew the same each time."""
_SEED: Final = 1
_KEPT_APART: Final = 0.002
"""Added to the spread in each direction, against those in which the words listed hardly differ."""
_BEYOND: Final = 0.12
"""How far beyond the line a word must lie, in vectors of length 1: no thing of a few hundred looked at does."""


def rows_of_people(vectors: "NDArray[np.float32]", listed: Iterable[int]) -> frozenset[int]:
    """Return the rows whose words say what somebody is, by the rows of words that do."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = vectors / np.maximum(length, np.finfo(np.float32).tiny)
    ones = np.array(sorted(set(listed)))
    drawn = np.random.default_rng(_SEED).choice(len(unit), min(_OTHERS, len(unit)), replace=False)
    groups = unit[ones], unit[np.setdiff1d(drawn, ones)]
    means = [group.mean(0) for group in groups]
    within = np.vstack([group - mean for group, mean in zip(groups, means, strict=True)])
    spread = within.T @ within / len(within) + _KEPT_APART * np.eye(unit.shape[1])
    line = np.linalg.solve(spread, means[0] - means[1])
    line /= np.linalg.norm(line)
    told = unit @ line - line @ (means[0] + means[1]) / 2
    return frozenset(np.flatnonzero(told > _BEYOND).tolist())
