"""From what a CKAN holds to what it should hold, step by step: what left first, then what is new or changed.

The site itself is the only memory: a run that was cut is taken up by the next one, and where nothing changed a run
writes nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from eclor.errors import EclorError
from eclor.pushing.site import Shown, Site
from eclor.pushing.wanted import MARK, Form

_SAME: Final = ("title", "notes", "url", "version", "license_id", "maintainer", "maintainer_email", "private", "state")
_FILE: Final = ("url", "name", "description", "format", "mimetype", "size", "hash")
_ORGANISATION: Final = ("title", "description")


class Change(StrEnum):
    """What is done to a dataset."""

    DELETED = "deleted"
    CREATED = "created"
    UPDATED = "updated"


@dataclass(frozen=True, slots=True)
class Step:
    """One dataset to delete, create or update: the actions to call, in order, each with what it is given."""

    change: Change
    name: str
    calls: tuple[tuple[str, Form], ...]

    def take(self, site: Site) -> None:
        """Call the actions. What was already gone stays gone."""
        for action, given in self.calls:
            try:
                site.call(action, **given)
            except EclorError as refusal:
                if self.change is not Change.DELETED or refusal.code != "push.not-found":
                    raise


@dataclass(frozen=True, slots=True)
class Failed:
    """A dataset that could not be looked at, or is not ours to change."""

    name: str
    refusal: EclorError


def held(site: Site, organisation: str, origin: str) -> dict[str, Shown]:
    """Return the datasets of the organisation that came from this catalogue, by name."""
    return {str(one["name"]): one for one in site.datasets_of(organisation) if _extras(one).get(MARK) == origin}


def departures(known: Mapping[str, Shown], wanted: Iterable[Form]) -> Iterator[Step]:
    """Give what to delete: datasets that the catalogue serves no longer; copies that the site made of rows go first."""
    staying = {str(form["name"]) for form in wanted}
    for name in sorted(known.keys() - staying):
        copies = [one["id"] for one in known[name]["resources"] if one.get("datastore_active")]
        emptied = [("datastore_delete", {"resource_id": copy, "force": True}) for copy in copies]
        yield Step(Change.DELETED, name, (*emptied, ("package_delete", {"id": known[name]["id"]})))


def arrivals(site: Site, known: Mapping[str, Shown], wanted: Iterable[Form]) -> Iterator[Step | Failed]:
    """Give what to create or update, and what cannot be; nothing for a dataset that is as it should be."""
    for form in wanted:
        name = str(form["name"])
        try:
            shown = known.get(name) or site.find("package_show", name)
        except EclorError as refusal:
            yield Failed(name, refusal)
            continue
        if shown is None:
            yield Step(Change.CREATED, name, (("package_create", form),))
        elif _extras(shown).get(MARK) != _extras(form).get(MARK):
            yield Failed(name, EclorError("push.name-taken", dataset=name))
        elif _plain(shown, form) != _plain(form, form):
            yield Step(Change.UPDATED, name, (("package_patch", _patched(shown, form)),))


def settle_organisation(site: Site, form: Form) -> None:
    """Create the organisation, or give it its words again."""
    shown = site.find("organization_show", str(form["name"]))
    if shown is None:
        site.call("organization_create", **form)
    elif any(shown.get(key) != form[key] for key in _ORGANISATION) or shown.get("state") == "deleted":
        words = {key: form[key] for key in _ORGANISATION}
        site.call("organization_patch", id=shown["id"], state="active", **words)


def settle_groups(site: Site, forms: Iterable[Form]) -> list[str]:
    """Create the groups that are missing; return those that the token may not create."""
    refused = []
    for form in forms:
        if site.find("group_show", str(form["name"])) is None:
            try:
                site.call("group_create", **form)
            except EclorError as refusal:
                if refusal.code != "push.not-allowed":
                    raise
                refused.append(str(form["name"]))
    return refused


def without_groups(form: Form, refused: Iterable[str]) -> Form:
    """Return a dataset without the groups that the site does not have."""
    named: Any = form["groups"]
    return {**form, "groups": [group for group in named if group["name"] not in refused]}


def _extras(shown: Shown) -> dict[str, object]:
    return {one["key"]: one["value"] for one in shown.get("extras") or ()}


def _plain(shown: Shown, form: Form) -> dict[str, object]:
    """Return what is compared, alike for what is shown and for what is wanted; extras of others are left aside."""
    extras = _extras(shown)
    owner = shown.get("organization") or {"name": shown.get("owner_org")}
    return {
        **{key: shown.get(key) for key in _SAME},
        "owner": owner["name"],
        "tags": sorted(tag["name"] for tag in shown.get("tags") or ()),
        "groups": sorted(group["name"] for group in shown.get("groups") or ()),
        "extras": {key: extras.get(key) for key in _extras(form)},
        "files": [_told(file) for file in shown.get("resources") or ()],
    }


def _told(file: Shown) -> dict[str, object]:
    """Return what is compared of a file; a CKAN writes the formats that it knows in letters of its own (GeoJSON)."""
    return {**{key: file.get(key) for key in _FILE}, "format": str(file.get("format")).casefold()}


def _patched(shown: Shown, form: Form) -> Form:
    """Return the change of a dataset: files keep their identity by their address, extras of others stay."""
    ours: Any = form
    former = {file["url"]: file for file in shown.get("resources") or ()}
    extras = {**_extras(shown), **_extras(form)}
    return {
        **form,
        "id": shown["id"],
        "extras": [{"key": key, "value": value} for key, value in extras.items()],
        "resources": [{**former.get(file["url"], {}), **file} for file in ours["resources"]],
    }
