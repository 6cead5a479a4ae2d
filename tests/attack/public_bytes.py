"""A small town published in a folder, and every byte that its application gives to anybody."""

import json
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import shake_256
from itertools import product
from pathlib import Path
from unittest.mock import patch

from starlette.routing import Route
from starlette.testclient import TestClient

from api.app import create_app
from api.ckan.actions import ACTIONS, LATER
from api.ckan.site import stable_id
from api.ogc.collections import RECORDS
from api.routes.dcat import ENDINGS
from api.routes.descriptors import CITATIONS, DESCRIPTORS
from api.routes.files import DATA, DESCRIPTIONS
from catalog.gates.runner import GateRunner
from eclor.settings import Settings
from tests.e2e.faults.town import NOON, VISITS, SetClock, put, settle
from tests.e2e.retention.hamlet import Hamlet, LivingClock, opened

ORIGIN = "https://data.example.org"
Visits = Sequence[tuple[str, str]]
"""Badge and site of each visit of a day."""
Answers = dict[str, tuple[int, dict[str, str], bytes]]

RESOURCE = stable_id(VISITS, "data.csv")
QUERIES = ("", "?site=ZZZ", "?format=csv", "?format=ndjson", "?sort=-foyers", "?q=ZZZ", "?limit=2")
_ABOUT = (f"id={VISITS}", f"id={RESOURCE}", f"resource_id={RESOURCE}", "q=ZZZ", "")
VALUES = {
    "slug": (VISITS,),
    "number": ("1", "2"),
    "resource": tuple(stable_id(VISITS, name) for name in DATA),
    "action": (*ACTIONS, *LATER),
    "descriptor": (*DESCRIPTORS, *CITATIONS),
    "ending": tuple(ENDINGS),
    "form": ("json", "csv"),
    "language": ("fr",),
    "package": (VISITS,),
    "described": (VISITS,),
    "identifier": ("1", VISITS),
}
"""What stands in an address; `name` is of the route (`_names`)."""
WAYS = ({}, {"Accept": "text/html"}, {"Range": "bytes=0-40"})


@dataclass
class Counted:
    """Randomness that is the same in each town: the journal's key is public by its half, and signs its heads."""

    given: int = 0

    def bytes(self, size: int) -> bytes:
        self.given += 1
        return shake_256(self.given.to_bytes(8)).digest(size)


def open_nomenclature(territory: Path) -> None:
    """Let the site be a value of an open nomenclature: a rare one is nowhere."""
    _changed(
        territory / "politiques" / f"{VISITS}.yaml",
        "    categorie: lieu\n    usage: technique\n",
        "    categorie: nomenclature\n    usage: quasi-identifiant\n",
    )
    _changed(
        territory / "charter" / "catalogue.yaml",
        "{nom: site, categorie: lieu, technique: oui}",
        "{nom: site, categorie: nomenclature}",
    )


def _changed(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text, text
    file.write_text(text.replace(old, new), "utf-8")


@contextmanager
def town(folder: Path, gates: GateRunner, change: Callable[[Path], None] | None = None) -> Iterator[Hamlet]:
    """Open a town at a place that is the same each time, and that is gone after."""
    place = folder / "town"
    (place / "passages").mkdir(parents=True)
    territory = settle(place, only=(VISITS,), passages=str(place / "passages"))
    if change:
        change(territory)
    try:
        with opened(place, gates, LivingClock(), Counted()) as one:
            yield one
    finally:
        shutil.rmtree(place)


def publish(hamlet: Hamlet, day: datetime, visits: Visits, **after: int) -> None:
    """Let a day's visits come, and publish them."""
    lines = [f"{badge},{site},{day:%Y-%m-%d}T09:00:00+01:00" for badge, site in visits]
    content = "\n".join(["badge,site,horodatage", *lines, ""]).encode()
    put(hamlet.folder / "passages", f"{day:%Y-%m-%d}.csv", content, at=day + timedelta(days=1))
    done = hamlet.walked(**after)
    assert done.outcome == "published", done.message_fr


def answers(home: Path) -> Answers:
    """Ask every route of the application, each in several ways; streams, which do not end, are left out.

    Each town is asked at one and the same instant: what an answer is dated by is when its server saw what it tells.
    """
    found: Answers = {}
    asked_at = patch("api.app.SystemClock", lambda: SetClock(NOON + timedelta(days=7)))
    with asked_at, TestClient(create_app(Settings(home=home, public_url=ORIGIN)), base_url=ORIGIN) as client:
        routes = sorted({route.path for route in client.app.routes if isinstance(route, Route)})  # type: ignore[attr-defined]
        for path in [path for route in routes if "/live/" not in route for path in addresses(route)]:
            for number, way in enumerate(WAYS[:1] if "/action/" in path else WAYS):
                answer = client.get(path, headers=way)
                found[f"{path} ({number})"] = (answer.status_code, dict(answer.headers), answer.content)
    return found


def addresses(route: str) -> Iterator[str]:
    """Fill a route's parameters; one that this table does not know is an error, so that a new route is asked too."""
    route = route.replace(":path", "")
    names = re.findall(r"{(\w+)}", route)
    for values in product(*(_values(route, name) for name in names)):
        path = route
        for name, value in zip(names, values, strict=True):
            path = path.replace(f"{{{name}}}", value)
        yield from (f"{path}{query}" for query in _queries(route))


def _queries(route: str) -> Sequence[str]:
    if "action" in route:
        return [f"?{about}" for about in _ABOUT] if route.startswith("/api/3") else [f"?{_ABOUT[0]}"]
    return ("",) if "{name}" in route or "{descriptor}" in route or "{number}" in route else QUERIES


def _values(route: str, name: str) -> Sequence[str]:
    if name != "name":
        return VALUES[name]
    if route.startswith("/static"):
        return ()
    if route.startswith("/ogc"):
        return (VISITS, RECORDS)
    return (*DATA, *DESCRIPTIONS) if "charter" not in route else ("odrl", "dpv", "odcs", "notice")


def differing(one: Answers, other: Answers) -> list[str]:
    """Name what is not the same to the byte: addresses, status, headers, content."""
    assert one.keys() == other.keys()
    return sorted(path for path, answer in one.items() if answer != other[path])


def told(answers: Answers) -> str:
    """Return everything as one text, for what must not be in it."""
    return json.dumps([content.decode("latin-1") for _, _, content in answers.values()])
