"""What a guarantee says of a table of cells."""

from dataclasses import dataclass

from anonymizers.cells import Booleans, Integers


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which cells a guarantee refuses, and what a reader must not learn of them.

    `refused` has one entry a cell. `exposed` and `floors` have one row an indicator and one column a cell:
    `exposed` says whose value must stay uncertain, `floors` which value a reader's upper bound must reach at
    least (0: none).
    """

    refused: Booleans
    exposed: Booleans
    floors: Integers
