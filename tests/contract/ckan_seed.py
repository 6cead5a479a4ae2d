"""The contract's own territory: what the golden pairs rest on, put straight behind the CKAN surface.

The charter language allows neither its columns nor its names, so no publication could make it: its datasets are
built here from `contracts/ckan/seed`, and handed to the routes in the place of what is served. Production knows no way
to load it. Run as a program, it serves on a port; `seeded()` runs it so, and gives its address and two tokens.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import uvicorn
from sqlalchemy import Engine

import api.routes.ckan as room
from api.app import create_app
from api.ckan.callers import Tokens
from api.ckan.draft_room import shown_of
from api.ckan.licences import licence_of
from api.ckan.model import About, Package, Party, Shown, naive, packaged, stable_id
from api.ckan.packages import in_dataset, tag
from api.ckan.site import Holdings
from api.parts import Parts
from catalog.catalogue import open_catalog
from catalog.drafts import Draft, drafts
from catalog.tokens import Bearer, Role, make_token
from eclor.readiness import wait_until_ready
from eclor.settings import Settings
from eclor.world import FileKeyRing, SystemClock, SystemRandomness, World
from tests.contract.ckan_tables import stored
from tests.serving import free_port

SHARED = Path(os.environ.get("ECLOR_SHARED", "../shared")).resolve()
CONTRACT = SHARED / "contracts" / "ckan"
SEED = CONTRACT / "seed"
START = datetime(2026, 11, 24, 11, 27, 18, 485409, tzinfo=UTC)
EDITOR, ADMINISTRATOR = "redactrice", "admin"
TABLES = ("types", "pagination", "prive", "nan")
_LAST = {"deliberations": 30, "types-de-donnees": 20}
"""Datasets changed again after the others were made (their tables were written last), by seconds."""


def read(name: str) -> Any:
    """Return a file of the seed."""
    return json.loads((SEED / name).read_text("utf-8"))


def tables() -> dict[str, dict[str, Any]]:
    """Return the seed's tables by resource: `{resource_id, fields: [{id, type, info?}], records: [...]}`."""
    found = [read(f"datastore_{name}.json") for name in TABLES]
    return {table["resource_id"]: table for table in found}


def _party(written: Mapping[str, Any], *, group: bool) -> Party:
    named = {
        "id": written["id"],
        "name": written["name"],
        "title": written["title"],
        "type": "group" if group else "organization",
        "description": written.get("description", ""),
        "image_url": written.get("image_url", ""),
        "created": naive(START),
        "is_organization": not group,
        "approval_status": "approved",
        "state": "active",
    }
    return Party(named, tuple(written.get("extras", ())))


def _resource(written: Mapping[str, Any], package: str, position: int, *, active: bool) -> Shown:
    plain = dict.fromkeys(("cache_last_updated", "cache_url", "last_modified", "mimetype", "mimetype_inner"))
    instant = naive(START + timedelta(milliseconds=position))
    given = {"description": None, "resource_type": None, "size": None, "url_type": None, "hash": "", **plain, **written}
    kind = {"csv": "CSV"}.get(written["format"], written["format"])
    fixed = {"created": instant, "metadata_modified": instant, "datastore_active": active, "state": "active"}
    return {**given, "format": kind, **fixed, "package_id": package, "position": position}


def _package(place: int, written: Mapping[str, Any], parties: Mapping[str, Party]) -> Package:
    instant = START + timedelta(seconds=place)
    active = tables()
    owner = parties[written["owner_org"]].named
    resources = [
        _resource(one, written["id"], at, active=one["id"] in active) for at, one in enumerate(written["resources"])
    ]
    texts = ("author", "author_email", "maintainer", "maintainer_email", "url", "version")
    shown: Shown = {
        **{name: written.get(name) for name in texts},
        "creator_user_id": stable_id("user", ADMINISTRATOR),
        "id": written["id"],
        **licence_of(written["license_id"]),
        "metadata_created": naive(instant),
        "metadata_modified": naive(instant + timedelta(seconds=_LAST.get(written["name"], 0))),
        "name": written["name"],
        "notes": written["notes"],
        "num_resources": len(resources),
        "num_tags": len(written["tags"]),
        "organization": owner,
        "owner_org": owner["id"],
        "private": written["private"],
        "state": "active",
        "title": written["title"],
        "type": "dataset",
        "extras": written["extras"],
        "groups": [in_dataset(parties[group["name"]]) for group in written["groups"]],
        "resources": resources,
        "tags": [tag(name) for name in sorted(one["name"] for one in written["tags"])],
        "relationships_as_subject": [],
        "relationships_as_object": [],
    }
    return packaged(shown, is_open=not written["private"])


def _vocabulary(written: Mapping[str, Any]) -> Shown:
    named = stable_id("vocabulary", written["name"])
    tags = [{"id": stable_id("tag", one["name"], named), "vocabulary_id": named, **one} for one in written["tags"]]
    return {"id": named, "name": written["name"], "tags": [{**one, "display_name": one["name"]} for one in tags]}


def _user(name: str, fullname: str | None) -> Shown:
    nothing = dict.fromkeys(("about", "image_url", "image_display_url", "last_active", "apikey"))
    return {
        "id": stable_id("user", name),
        "name": name,
        "fullname": fullname,
        "created": naive(START),
        **nothing,
        "activity_streams_email_notifications": False,
        "sysadmin": name == ADMINISTRATOR,
        "state": "active",
        "display_name": fullname or name,
        "email_hash": "",
        "email": f"{name}@exemple.fr",
        "number_created_packages": 0,
    }


def holdings(origin: str, more: Sequence[Mapping[str, Any]] = ()) -> Holdings:
    """Return the seed, whole, as the CKAN surface holds it, and some organisations more."""
    organizations = tuple(_party(one, group=False) for one in (*read("organizations.json"), *more))
    groups = tuple(_party(one, group=True) for one in read("groups.json"))
    parties = {str(one.named[key]): one for one in (*organizations, *groups) for key in ("id", "name")}
    packages = [_package(place, one, parties) for place, one in enumerate(read("datasets.json"))]
    return Holdings(
        mark=0,
        about=About("Contrat", "", "", origin),
        packages={one.name: one for one in packages},
        organizations=organizations,
        groups=groups,
        vocabularies=tuple(_vocabulary(one) for one in read("vocabularies.json")),
        users=(_user(EDITOR, "Hélène Rédac"), _user(ADMINISTRATOR, None)),
    )


def _open(draft: Draft) -> bool:
    return draft.state != "deleted" and not draft.described["private"]


def _signed(draft: Draft) -> Draft:
    return draft if draft.state == "deleted" else replace(draft, state="active")


@dataclass
class Seed:
    """The seed as a source of datasets; what tokens write in is shown at once, as if its policy had been signed."""

    kept: Holdings
    engine: Engine
    former: tuple[Draft, ...] = ()
    whole: Holdings | None = None

    async def held(self) -> Holdings:
        written = tuple(drafts(self.engine))
        if self.whole is None or written != self.former:
            shown = [shown_of(_signed(one), self.kept, is_open=_open(one)) for one in written]
            mark = self.whole.mark + 1 if self.whole else 0
            self.whole, self.former = replace(self.kept.beside(shown), mark=mark), written
        return self.whole


@dataclass(frozen=True)
class Seeded:
    """A server on the seed."""

    address: str
    admin: str
    editor: str


def serve(home: Path, port: int, more: Sequence[Mapping[str, Any]]) -> None:
    """Serve the seed from a home of its own, until stopped."""
    settings = Settings(home=home, PORT=port)

    def routes(parts: Parts) -> Any:
        engine = parts.shelf.engine
        held = replace(holdings(settings.origin, more), tables=stored(tables(), parts.rows.published))
        source = Seed(held, engine)
        return room.routes_over(parts, source, Tokens(engine, frozenset()), room.drafting(parts))

    room.routes = routes
    served = create_app(settings)
    uvicorn.run(served, port=port, loop="uvloop", http="httptools", access_log=False, log_level="warning")


def _token(home: Path, user: str, role: Role, organization: str = "") -> str:
    world = World(SystemClock(), SystemRandomness(), FileKeyRing(home / "keys"))
    catalog = open_catalog(Settings(home=home), world)
    secret, _ = make_token(catalog.engine, world, Bearer(user, role, organization))
    catalog.engine.dispose()
    return secret.reveal().decode()


@contextmanager
def seeded(home: Path, *more: Mapping[str, Any]) -> Iterator[Seeded]:
    """Run the contract's territory, and some organisations more, on a real server until the block ends."""
    town = next(one["id"] for one in read("organizations.json") if one["name"] == "ville-de-lyon")
    admin, editor = _token(home, ADMINISTRATOR, Role.ADMIN), _token(home, EDITOR, Role.EDITOR, town)
    port = free_port()
    command = [sys.executable, "-m", "tests.contract.ckan_seed", str(home), str(port), json.dumps(more)]
    with subprocess.Popen(command) as process:
        try:
            status = wait_until_ready(port, until=Event(), ended=process.poll)
            assert status is None, status
            yield Seeded(f"http://127.0.0.1:{port}", admin, editor)
        finally:
            process.terminate()
            process.wait(timeout=20)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3]))
