"""The public entry of a month's requests: written in a later one, so that it tells neither day, dataset nor number."""

from collections import defaultdict
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import orjson

from anonymizers.times import PARIS
from charter.chain import Kind
from charter.lines import add_line, cut_torn_line, lines
from eclor.house import House
from eclor.retention.minutes import FOLDER

_FILE: Final = "requests.jsonl"


def add_request(home: Path, plain: dict[str, Any]) -> None:
    """Add the internal record of a request that was executed. Under the retention lock."""
    file = home / FOLDER / _FILE
    cut_torn_line(file)
    add_line(file, orjson.dumps(plain, option=orjson.OPT_SORT_KEYS))
    file.chmod(0o600)


def requests(home: Path) -> list[dict[str, Any]]:
    """Return the internal records of the requests, oldest first."""
    cut_torn_line(home / FOLDER / _FILE)
    return [orjson.loads(line) for line in lines(home / FOLDER / _FILE)]


def publish_months(house: House, *, now: datetime) -> None:
    """Say in the public journal, once, that requests were executed in each month that is over."""
    file = house.settings.home / FOLDER / _FILE
    cut_torn_line(file)
    months: defaultdict[str, list[bytes]] = defaultdict(list)
    for line in lines(file):
        months[orjson.loads(line)["month"]].append(line)
    over = {month for month in months if month < f"{now.astimezone(PARIS):%Y-%m}"}
    if not over:
        return
    journal = house.catalog.journal
    told = {entry.facts["month"] for entry in journal.entries() if entry.kind is Kind.REQUESTS}
    for month in sorted(over - told):
        digest = sha256(b"\n".join(months[month])).hexdigest()
        journal.append(Kind.REQUESTS, month=month, digest=digest)
