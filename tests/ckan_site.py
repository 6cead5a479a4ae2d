"""A small CKAN for tests: keeps what is written, answers as 2.12 does (contracts/ckan), drops the line when told to."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Thing = dict[str, Any]
TOKEN = "jeton-de-la-redactrice"
NAME = re.compile(r"[a-z0-9_\-]{2,100}")
TAG = re.compile(r"[\w \-.]{2,100}")
LICENCES = ("notspecified", "odc-odbl", "cc-zero", "cc-by", "other-open")
"""Some of CKAN's own list, on which the French state's open licence is not."""
READS = {"license_list", "package_show", "package_search", "organization_show", "group_show"}


class RefusedError(Exception):
    """An error of the action API: its status and what `error` holds."""

    def __init__(self, status: int, kind: str, **said: object) -> None:
        self.status, self.said = status, {**said, "__type": kind}


def not_found() -> RefusedError:
    return RefusedError(404, "Not Found Error", message="Not found")


def invalid(**fields: str) -> RefusedError:
    return RefusedError(409, "Validation Error", **{name: [text] for name, text in fields.items()})


@dataclass
class CkanSite:
    """What the site holds, and what it was asked to write; `cut_after` writes it stops answering."""

    packages: dict[str, Thing] = field(default_factory=dict)
    organizations: dict[str, Thing] = field(default_factory=dict)
    groups: dict[str, Thing] = field(default_factory=dict)
    datastore: set[str] = field(default_factory=set)
    writes: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    cut_after: int | None = None
    no_groups: bool = False
    redirects: bool = False
    made: int = 0

    def answer(self, action: str, given: Thing, token: str) -> object:
        if action in READS:
            return getattr(self, action)(given, token == TOKEN)
        if token != TOKEN or (action == "group_create" and self.no_groups):
            raise RefusedError(403, "Authorization Error", message="Access denied: User  not authorized")
        self.writes.append(f"{action} {given.get('name') or given.get('id') or given.get('resource_id')}")
        return getattr(self, action)(given)

    def new_id(self) -> str:
        self.made += 1
        return f"{self.made:08d}-0000-4000-8000-000000000000"

    def package(self, asked: str) -> Thing:
        found = [one for one in self.packages.values() if asked in {one["id"], one["name"]}]
        if not found:
            raise not_found()
        return found[0]

    def package_show(self, given: Thing, known: bool) -> Thing:
        shown = self.package(given["id"])
        if shown["state"] == "deleted" and not known:
            raise not_found()
        return shown

    def package_search(self, given: Thing, _known: bool) -> Thing:
        name = given["fq"].removeprefix("organization:")
        live = [one for one in self.packages.values() if one["state"] == "active"]
        found = sorted((one for one in live if one["organization"]["name"] == name), key=lambda one: str(one["name"]))
        return {"count": len(found), "results": found[given["start"] :][: given["rows"]]}

    def package_create(self, given: Thing) -> Thing:
        if any(one["name"] == given["name"] for one in self.packages.values()):
            raise invalid(name="That URL is already in use.")
        made: Thing = {"id": self.new_id(), "state": "active", "notes": None, "extras": [], "resources": []}
        self.packages[made["id"]] = self.checked(made, given)
        return self.packages[made["id"]]

    def package_patch(self, given: Thing) -> Thing:
        former = self.package(given["id"])
        self.packages[former["id"]] = self.checked(former, given)
        return self.packages[former["id"]]

    def checked(self, former: Thing, given: Thing) -> Thing:
        whole = {**former, **{name: value for name, value in given.items() if name != "owner_org"}}
        if not NAME.fullmatch(whole["name"]):
            raise invalid(name="Must be purely lowercase alphanumeric (ascii) characters and these symbols: -_")
        owner = self.organizations.get(given.get("owner_org", ""))
        if owner is None:
            raise invalid(owner_org="Organization does not exist")
        keys = [one["key"] for one in whole["extras"]]
        if len(keys) != len(set(keys)):
            raise invalid(extras_validation="Duplicate key")
        if not all(TAG.fullmatch(one["name"]) for one in whole["tags"]):
            raise invalid(tags="Tag must be alphanumeric characters or symbols: -_.")
        whole["organization"] = {"id": owner["id"], "name": owner["name"]}
        whole["groups"] = [{"name": one["name"], "id": self.groups[one["name"]]["id"]} for one in whole["groups"]]
        whole["tags"] = sorted(({"name": one["name"], "state": "active"} for one in whole["tags"]), key=str)
        whole["extras"] = sorted(whole["extras"], key=lambda one: str(one["key"]))
        whole["resources"] = [
            {"id": self.new_id(), "datastore_active": False, "position": place, **one, "format": format_of(one)}
            for place, one in enumerate(whole["resources"])
        ]
        return whole

    def package_delete(self, given: Thing) -> None:
        self.package(given["id"])["state"] = "deleted"

    def datastore_delete(self, given: Thing) -> Thing:
        if given["resource_id"] not in self.datastore:
            raise not_found()
        self.datastore.remove(given["resource_id"])
        return {"resource_id": given["resource_id"]}

    def license_list(self, _given: Thing, _known: bool) -> list[Thing]:
        return [{"id": name} for name in LICENCES]

    def organization_show(self, given: Thing, _known: bool) -> Thing:
        return self.party(self.organizations, given)

    def group_show(self, given: Thing, _known: bool) -> Thing:
        return self.party(self.groups, given)

    @staticmethod
    def party(held: dict[str, Thing], given: Thing) -> Thing:
        found = next((one for one in held.values() if given["id"] in {one["id"], one["name"]}), None)
        if found is None:
            raise not_found()
        return found

    def organization_create(self, given: Thing) -> Thing:
        self.organizations[given["name"]] = {"id": self.new_id(), "state": "active", **given}
        return self.organizations[given["name"]]

    def organization_patch(self, given: Thing) -> Thing:
        found = self.party(self.organizations, given)
        found.update({name: value for name, value in given.items() if name != "id"})
        return found

    def group_create(self, given: Thing) -> Thing:
        self.groups[given["name"]] = {"id": self.new_id(), "state": "active", **given}
        return self.groups[given["name"]]


def format_of(file: Thing) -> str:
    """Its name in CKAN's own list of formats, whatever the letters it was written in."""
    given = str(file["format"])
    return {"geojson": "GeoJSON", "parquet": "Parquet"}.get(given.casefold(), given)


def _handler(site: CkanSite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            site.headers.append(dict(self.headers))
            given = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}")
            action = self.path.rsplit("/", 1)[-1]
            if site.redirects:
                self.send_response(302)
                self.send_header("Location", "http://127.0.0.1:9/api/action/elsewhere")
                self.end_headers()
                return
            if site.cut_after is not None and action not in READS and len(site.writes) >= site.cut_after:
                self.close_connection = True
                return
            self.said(lambda: site.answer(action, given, self.headers.get("Authorization", "")), action)

        def said(self, made: Callable[[], object], action: str) -> None:
            said: Thing = {"help": f"http://site/api/3/action/help_show?name={action}"}
            try:
                status, said = 200, said | {"success": True, "result": made()}
            except RefusedError as refused:
                status, said = refused.status, said | {"success": False, "error": refused.said}
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json;charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def running(site: CkanSite) -> Iterator[str]:
    """Serve the site until the block ends; give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
