"""Organisations and groups: lists, one of them, its datasets, whom they are for."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from api.ckan.asking import Asked
from api.ckan.model import Package, Party, Shown, stable_id
from api.ckan.wire import invalid, not_found

MOST: Final = 1000
MOST_WHOLE: Final = 25
_SORTS: Final = {"name": "name", "title": "title", "package_count": "package_count", "packages": "package_count"}
Parties = Callable[[Asked], Sequence[Party]]


def organizations(asked: Asked) -> Sequence[Party]:
    """Return the organisations."""
    return asked.site.held.organizations


def groups(asked: Asked) -> Sequence[Party]:
    """Return the groups."""
    return asked.site.held.groups


def organization_list(asked: Asked) -> object:
    """List the organisations: their names, or all of them with `all_fields`."""
    return _listed(asked, organizations(asked), "organizations")


def group_list(asked: Asked) -> object:
    """List the groups: their names, or all of them with `all_fields`."""
    return _listed(asked, groups(asked), "groups")


def organization_show(asked: Asked) -> object:
    """Return an organisation by its identifier or name."""
    return _whole(asked, _found(asked, organizations))


def group_show(asked: Asked) -> object:
    """Return a group by its identifier or name."""
    return _whole(asked, _found(asked, groups))


def group_package_show(asked: Asked) -> object:
    """Return the datasets of a group, or of an organisation."""
    party = _found(asked, lambda asked: (*groups(asked), *organizations(asked)))
    return [one.written() for one in _newest(asked, party)][: asked.given.natural("limit", MOST) or MOST]


def organization_list_for_user(asked: Asked) -> object:
    """Return the organisations that the caller writes for."""
    caller = asked.site.caller
    capacity = "admin" if caller.admin else "editor"
    held = [one for one in organizations(asked) if caller.known and caller.keeps(one.named["id"])]
    return [{**one.named, "capacity": capacity, **_titled(one)} for one in held]


def member_list(asked: Asked) -> object:
    """Return the datasets of an organisation or a group, as far as the caller may read them; people are not told."""
    party = _found(asked, lambda asked: (*organizations(asked), *groups(asked)))
    if asked.given.text("object_type", "package") != "package":
        return []
    capacity = asked.given.text("capacity")
    held = [one for one in asked.site.held.packages.values() if party.holds(one) and one.readable(asked.site.caller)]
    kind = "organization" if party.is_organization else "public"
    return [[one.id, "package", kind] for one in held if capacity in {"", kind}]


def organization_autocomplete(asked: Asked) -> list[Shown]:
    """Return the organisations whose name or title holds a text."""
    return _completed(asked, organizations(asked))


def group_autocomplete(asked: Asked) -> object:
    """Return the groups whose name or title holds a text."""
    return _completed(asked, groups(asked))


def _completed(asked: Asked, parties: Sequence[Party]) -> list[Shown]:
    wanted = asked.given.needed("q").lower()
    fitting = [
        {name: one.named[name] for name in ("id", "name", "title")}
        for one in parties
        if wanted in str(one.named["name"]).lower() or wanted in str(one.named["title"]).lower()
    ]
    return fitting[: asked.given.natural("limit", 20)]


def _listed(asked: Asked, parties: Sequence[Party], chosen: str) -> object:
    given = asked.given
    whole = given.yes("all_fields")
    sort = given.text("sort", "title asc").split()
    if not sort or sort[0] not in _SORTS:
        raise invalid(message=f"Cannot sort by field `{(sort or [''])[0][:60]}`")
    field = _SORTS[sort[0]]
    down = sort[1:] == ["desc"] or (sort[1:] == [] and field == "package_count")
    if only := given.listed(chosen):
        parties = [one for one in parties if one.named["name"] in only]
    counted = [(_count(asked, one), one) for one in parties]
    ordered = sorted(counted, key=lambda pair: _comparable(pair, field), reverse=down)
    most = MOST_WHOLE if whole else MOST
    limit, offset = min(given.natural("limit", most) or most, most), given.natural("offset", 0)
    page = ordered[offset : offset + limit]
    return [_shown(asked, one) for _, one in page] if whole else [one.named["name"] for _, one in page]


def _comparable(counted: tuple[int, Party], field: str) -> tuple[int, str]:
    count, party = counted
    return (count, str(party.named["name"])) if field == "package_count" else (0, str(party.named[field]).lower())


def _found(asked: Asked, parties: Parties) -> Party:
    wanted = asked.given.needed("id")
    found = next((one for one in parties(asked) if wanted in {one.named["id"], one.named["name"]}), None)
    if found is None:
        raise not_found()
    return found


def _newest(asked: Asked, party: Party) -> list[Package]:
    held = [one for one in asked.site.listed() if party.holds(one)]
    return sorted(held, key=lambda one: str(one.shown["metadata_modified"]), reverse=True)


def _count(asked: Asked, party: Party) -> int:
    return sum(party.holds(one) for one in asked.site.listed())


def _titled(party: Party) -> Shown:
    return {"display_name": party.named["title"], "image_display_url": party.named["image_url"]}


_FIRST: Final = ("approval_status", "created", "description")
_LAST: Final = ("state", "title", "type")
_NOTHING: Final[Mapping[str, bool]] = MappingProxyType({})


def _shown(asked: Asked, party: Party, *, shown: Mapping[str, bool] = _NOTHING) -> Shown:
    """Return a party as lists and `*_show` do; `shown` says which parts stand there unless the caller says otherwise.

    People are not shown: no client reads them.
    """
    named, given = party.named, asked.given

    def includes(part: str) -> bool:
        return given.yes(f"include_{part}", str(shown.get(part, False)).lower())

    found: Shown = {name: named[name] for name in _FIRST}
    found |= {"display_name": named["title"], "id": named["id"], **_titled(party), "image_url": named["image_url"]}
    found |= {name: named[name] for name in ("is_organization", "name")}
    found["num_followers"] = 0
    found |= {"package_count": _count(asked, party)} if given.yes("include_dataset_count", "true") else {}
    found |= {name: named[name] for name in _LAST}
    for part, value in (("extras", _extras(party)), ("tags", []), ("groups", []), ("users", [])):
        found |= {part: value} if includes(part) else {}
    return found


def _extras(party: Party) -> list[Shown]:
    """Return the extras as CKAN 2.11 does: each under an identifier, which 2.12 leaves out."""
    owner = str(party.named["id"])
    return [{**one, "id": stable_id(owner, one["key"]), "state": "active", "group_id": owner} for one in party.extras]


_WHOLE: Final = {"extras": True, "tags": True, "groups": True, "users": True}


def _whole(asked: Asked, party: Party) -> Shown:
    found = _shown(asked, party, shown=_WHOLE)
    if asked.given.yes("include_datasets"):
        found["packages"] = [one.written() for one in _newest(asked, party)][:MOST]
    return found
