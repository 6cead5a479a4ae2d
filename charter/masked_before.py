"""Which cells the period before masks: in a series they are masked again rather than others (`protect`, `preferred`).

Source: disclosure-control section 6, "Weekly series". From what readers hold alone: what was published of the period
before, or is published of it in the same release. They are preferred, never forced.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from anonymizers.cells import TOGETHER, Booleans, CellTable, Key
from charter.former import carried_rows
from charter.held import FormerRelease
from charter.protection import Shielded
from charter.published_cells import MASKED, STATUS
from eclor.names import Period


def masked_before(
    cells: CellTable, period: Period, time: str, *, former: FormerRelease | None, beside: Sequence[Shielded]
) -> Booleans:
    """Return which cells of a period the last one before it masks: the same key but for its label of time.

    Cells that are finer in time than a period have none before them: the labels of another period never meet theirs.
    """
    at = cells.dimensions.index(time)
    made = [part for part in beside if part.period < period]
    published = [one for one in former.periods if one < period] if former else []
    if made and made[-1].period >= max(published, default=""):
        masked = _masked_in(made[-1])
        names = {made[-1].period: str(period), TOGETHER: TOGETHER}
    elif former and published:
        last = max(published)
        masked = _masked_of(former, cells.dimensions)
        names = {str(last): str(period), f"{TOGETHER} {last}": TOGETHER} | (
            {TOGETHER: TOGETHER} if len(former.periods) == 1 else {}
        )
    else:
        return np.zeros(len(cells.keys), dtype=np.bool_)
    again = {(*key[:at], names[key[at]], *key[at + 1 :]) for key in masked if key[at] in names}
    return np.array([key in again for key in cells.keys], dtype=np.bool_)


def _masked_in(part: Shielded) -> list[Key]:
    return [key for key, hidden in zip(part.cells.keys, part.protected.masked.tolist(), strict=True) if hidden]


def _masked_of(former: FormerRelease, dimensions: Sequence[str]) -> list[Key]:
    rows = carried_rows(former, pa.schema([(name, pa.string()) for name in (*dimensions, STATUS)]))
    keys = zip(*(rows[name].to_pylist() for name in dimensions), strict=True)
    said = zip(keys, rows[STATUS].to_pylist(), strict=True)
    return [key for key, status in said if status == MASKED]
