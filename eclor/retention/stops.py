"""A purge that failed stops its dataset's releases, and no other's (LANGUAGE.md section 9).

A small private file a dataset says so; and whoever walks looks for himself whether the rows in hand outlived their
date, in case no purge could even say that it failed.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from charter.model import Policy
from charter.retention import Terms
from eclor.durable import write_whole
from eclor.errors import EclorError
from eclor.house import House
from eclor.names import Slug
from eclor.retention.minutes import FOLDER, said
from harvesters.intake import RawDataset

GRACE: Final = timedelta(hours=36)
"""How long after its date a row may wait for the nightly purge before it stops its dataset."""


def stop(home: Path, dataset: Slug, *, code: str, now: datetime) -> None:
    """Stop a dataset's releases until all that is due of it is destroyed; the first reason stays. No name, no stop."""
    folder = _folder(home)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if dataset and not (folder / f"{dataset}.json").exists():
        plain = {"code": code, "since": said(now)}
        write_whole(folder / f"{dataset}.json", json.dumps(plain).encode(), mode=0o600)


def let_go(home: Path, *, but: Iterable[str]) -> None:
    """Let the releases of all datasets go on, but of those."""
    kept = set(but)
    for path in _folder(home).glob("[!.]*.json"):
        if path.stem not in kept:
            path.unlink(missing_ok=True)


def stopped(home: Path) -> dict[str, str]:
    """Return the datasets that a failed purge stops, and since when."""
    found = {}
    for path in sorted(_folder(home).glob("[!.]*.json")):
        found[path.stem] = "?"
        with suppress(ValueError, LookupError, TypeError):
            found[path.stem] = str(json.loads(path.read_bytes())["since"])
    return found


def refuse_stopped(dataset: Slug, house: House) -> None:
    """Refuse (`EclorError`) a dataset whose purge failed."""
    if (since := stopped(house.settings.home).get(dataset)) is not None:
        raise EclorError("retention.purge-failed", dataset=dataset, since=since)


def refuse_overdue(raw: RawDataset, policy: Policy, house: House) -> None:
    """Refuse (`EclorError`) rows that outlived their date by more than a night."""
    terms = Terms.of_policy(policy, house.territory.charter)
    ends = [terms.raw_ends(one.received_from) for one in raw.partitions]
    if ends and min(ends) + GRACE < house.world.clock.now():
        raise EclorError("retention.overdue", dataset=raw.dataset, due=said(min(ends)))


def _folder(home: Path) -> Path:
    return home / FOLDER / "stopped"
