"""What a period keeps of versions that are no longer served: the policy in force must be able to show it itself.

A revoked version and one that an ended derogation made are compared with for ever, since they were downloaded; but
what they alone could show must not leave again under another version's number. Source: LANGUAGE.md section 10,
"Serving", and docs/decisions/0063.
"""

import numpy as np

from anonymizers.cells import CellTable, Rules
from anonymizers.disclosure.primary import primary_cells
from charter.comparison import Comparison


def may_stand_again(comparison: Comparison, cells: CellTable, rules: Rules, *, gone: frozenset[int]) -> bool:
    """Tell whether each number kept of the versions `gone` is one that `rules` admit, in a cell of the table to come.

    `cells` is the table that the policy in force makes of the period: another level of place or time, another
    indicator or another rounding is nothing that was signed now.
    """
    numbers = {str(number) for number in gone}
    sources, shown = comparison.settled.sources, comparison.settled.shown
    kept = np.array([source in numbers for source in sources], dtype=np.bool_)
    if not kept.any():
        return True
    bases = {comparison.roundings[source] for source in sources if source in numbers}
    if shown.indicators != cells.indicators or len(shown.units) != len(rules.ks) or bases != {rules.rounding}:
        return False
    made = set(cells.keys)
    stay = all(key in made for key, stays in zip(shown.keys, kept.tolist(), strict=True) if stays)
    return stay and not primary_cells(shown, rules).masked[kept].any()
