"""Tags, vocabularies, formats and completion: the words that datasets are found by."""

from typing import Final

from api.ckan.asking import Asked
from api.ckan.model import Shown
from api.ckan.wire import invalid, not_found

_MOST_TEXTS: Final = 20


def _tags(asked: Asked) -> list[Shown]:
    """Return the tags in use or, of a vocabulary that is named, all its own; by name."""
    if named := asked.given.text("vocabulary_id"):
        own = _vocabulary(asked, named)["tags"]
        assert isinstance(own, list)
        return own
    used: dict[str, Shown] = {}
    for one in asked.site.listed():
        tags = one.shown["tags"]
        assert isinstance(tags, list)
        used |= {str(tag["name"]): tag for tag in tags}
    plain = ("id", "name", "vocabulary_id", "display_name")
    return [{name: used[key][name] for name in plain} for key in sorted(used)]


def _holding(asked: Asked, wanted: str) -> list[Shown]:
    folded = wanted.lower()
    fitting = [tag for tag in _tags(asked) if folded in str(tag["name"]).lower()]
    offset = asked.given.natural("offset", 0)
    limit = asked.given.natural("limit", len(fitting))
    return fitting[offset : offset + limit]


def tag_list(asked: Asked) -> object:
    """List the tags in use: their names, or all of them with `all_fields`."""
    found = _holding(asked, asked.given.text("query"))
    return found if asked.given.yes("all_fields") else [tag["name"] for tag in found]


def tag_show(asked: Asked) -> object:
    """Return a tag in use, with its datasets if asked."""
    wanted = asked.given.needed("id")
    found = next((tag for tag in _tags(asked) if wanted in {tag["name"], tag["id"]}), None)
    if found is None:
        raise not_found()
    if not asked.given.yes("include_datasets"):
        return found
    name = str(found["name"])
    return {**found, "packages": [one.written() for one in asked.site.listed() if name in one.document["tags"]]}


def tag_search(asked: Asked) -> object:
    """Search the tags that hold a text."""
    wanted = asked.given.values.get("query") or asked.given.values.get("q") or ""
    texts = [str(one).lower() for one in (wanted if isinstance(wanted, list) else [wanted])]
    if len(texts) > _MOST_TEXTS:
        raise invalid(query=["Too many texts"])
    found = [tag for tag in _tags(asked) if any(text in str(tag["name"]).lower() for text in texts)]
    offset, limit = asked.given.natural("offset", 0), asked.given.natural("limit", len(found))
    page = [{name: tag[name] for name in ("id", "name", "vocabulary_id")} for tag in found[offset : offset + limit]]
    return {"count": len(found), "results": page}


def tag_autocomplete(asked: Asked) -> list[str]:
    """Return the names of the tags that hold a text."""
    return [str(tag["name"]) for tag in _holding(asked, asked.given.text("query") or asked.given.needed("q"))]


def vocabulary_list(asked: Asked) -> object:
    """List the vocabularies with their tags."""
    return [*asked.site.held.vocabularies]


def vocabulary_show(asked: Asked) -> object:
    """Return a vocabulary by its identifier or name."""
    return _vocabulary(asked, asked.given.needed("id"))


def _vocabulary(asked: Asked, named: str) -> Shown:
    found = next((one for one in asked.site.held.vocabularies if named in {one["id"], one["name"]}), None)
    if found is None:
        raise not_found(f'Not found: Could not find vocabulary "{named[:60]}"')
    return found


def format_autocomplete(asked: Asked) -> object:
    """Return the formats, in lower case, that hold a text."""
    wanted = asked.given.needed("q").lower()
    formats = {name.lower() for one in asked.site.listed() for name in one.document["res_format"]}
    return sorted(name for name in formats if wanted in name)[: asked.given.natural("limit", 5)]


def package_autocomplete(asked: Asked) -> list[Shown]:
    """Return the datasets whose name or title holds a text."""
    wanted = asked.given.needed("q").lower()
    found: list[Shown] = []
    for one in asked.site.listed():
        title = str(one.shown["title"])
        named = wanted in one.name.lower()
        if named or wanted in title.lower():
            field, said = ("name", one.name) if named else ("title", f"{title} ({one.name})")
            found.append({"name": one.name, "title": title, "match_field": field, "match_displayed": said})
    return found[: asked.given.natural("limit", 10)]
