"""How a Data Fair portal gives lines: a page at a time, the columns that are asked for, the next page's address."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

import orjson

from harvesters.simulators.clock import midnight
from harvesters.simulators.stage import Given, Stage

_MOST: Final = 10_000


def page_of(rows: Sequence[dict[str, object]], path: str, stage: Stage) -> Given:
    """Give the page of a list that stands since the month began, by `size`, `after` and `select`."""
    size, after = min(int(stage.query.get("size", "12")), _MOST), int(stage.query.get("after", "0"))
    answer: dict[str, object] = {"total": len(rows)}
    if after + size < len(rows):
        answer["next"] = f"{stage.origin}{path}?{urlencode({**stage.query, 'after': after + size})}"
    answer["results"] = [stage.chosen(row, "select") for row in rows[after : after + size]]
    return Given(orjson.dumps(answer), "application/json", midnight(stage.today.replace(day=1), stage.zone))
