"""`package_search`: words, filters, order, pages, facets."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from api.ckan.filter_query import Document, Test, read_filter
from api.ckan.given import Given
from api.ckan.packages import FORMATS, licence, modified, package, tags, theme_title
from api.ckan.site import Site, data_files, naive, stable_id
from api.ckan.wire import bad_query, invalid
from catalog.search import search
from catalog.views import DatasetView

DEFAULT_ROWS: Final = 10
MOST_ROWS: Final = 1000
_DEFAULT_SORT: Final = "score desc, metadata_modified desc"
_KNOWN: Final = frozenset(
    [
        "q",
        "fq",
        "fq_list",
        "rows",
        "start",
        "sort",
        "facet",
        "facet.field",
        "facet.limit",
        "facet.mincount",
        "fl",
        "include_private",
        "include_drafts",
        "include_deleted",
        "use_default_schema",
        "qf",
        "defType",
        "df",
        "q.op",
        "mm",
        "bf",
        "boost",
        "tie",
        "wt",
    ]
)
SORTS: Final[Mapping[str, Callable[[DatasetView], str]]] = {
    "id": lambda view: stable_id(view.slug),
    "metadata_created": lambda view: naive(view.updated_at),
    "metadata_modified": lambda view: naive(modified(view)),
    "name": lambda view: view.slug,
    "title": lambda view: view.title.lower(),
    "title_string": lambda view: view.title.lower(),
}
_BY_RANK: Final = frozenset({"score", "rank", "relevance"})


def package_search(given: Given, site: Site) -> dict[str, object]:
    """Return the datasets that fit, one page of them, with the facets asked for."""
    if strangers := sorted(name for name in given.values if name not in _KNOWN and not name.startswith("ext_")):
        raise bad_query(f"\"Invalid search parameters: ['{strangers[0][:60]}']\"")
    rows, start = min(given.natural("rows", DEFAULT_ROWS), MOST_ROWS), given.natural("start", 0)
    sort = given.text("sort") or _DEFAULT_SORT
    facets = _facet_names(given)
    found = _sorted(_matching(given, site), _DEFAULT_SORT if sort == "rank" else sort)
    counted = {name: _facet(name, found, site, given) for name in facets}
    page = found[start : start + rows]
    chosen = given.names("fl")
    return {
        "count": len(found),
        "facets": counted,
        "results": [_fields(view, site, chosen) if chosen else package(view, site) for view in page],
        "sort": sort,
        "search_facets": {name: _titled(name, values, site) for name, values in counted.items()},
    }


def document(view: DatasetView, site: Site) -> Document:
    """Return what filters look into."""
    keywords = tags(view)
    return {
        "id": [stable_id(view.slug)],
        "name": [view.slug],
        "title": [view.title],
        "notes": [view.description],
        "organization": [site.identity.slug],
        "owner_org": [stable_id("organization", site.identity.slug)],
        "groups": [view.theme],
        "tags": keywords,
        "res_format": [FORMATS[file.name] for file in data_files(view)],
        "license_id": [str(licence(view)["license_id"])],
        "dataset_type": ["dataset"],
        "type": ["dataset"],
        "state": ["active"],
        "capacity": ["public"],
        "private": ["false"],
        "entity_type": ["package"],
        "metadata_modified": [naive(modified(view)) + "Z"],
        "metadata_created": [naive(view.updated_at) + "Z"],
        "extras_simulated": ["true" if view.simulated else "false"],
        "text": [view.title, view.slug, view.description, view.service, view.theme, *keywords],
        "*": ["*"],
    }


def _matching(given: Given, site: Site) -> list[tuple[int, DatasetView]]:
    """Return the datasets that fit, each with its rank: the best is 0, and so are all where nothing ranks."""
    words = given.text("q", "*:*").strip() or "*:*"
    solr = ":" in words
    filters: list[Test] = [read_filter(text) for text in (given.text("fq"), *_filter_list(given)) if text]
    filters += [read_filter(words)] if solr else []
    if solr:
        ranked = [(0, view) for view in site.served.values()]
    else:
        ranked = list(enumerate(search(site.served.values(), words).datasets))
    if not filters:
        return ranked
    return [(rank, view) for rank, view in ranked if all(test(document(view, site)) for test in filters)]


def _filter_list(given: Given) -> Sequence[str]:
    value = (
        given.json("fq_list") if str(given.values.get("fq_list", "")).startswith("[") else given.values.get("fq_list")
    )
    if value is None:
        return ()
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _sorted(found: list[tuple[int, DatasetView]], sort: str) -> list[DatasetView]:
    """Return the datasets in the order asked for; the last key is sorted first, for sorting keeps equal ones' order."""
    for part in reversed(sort.split(",")):
        match part.split():
            case [name, ("asc" | "desc") as direction] if name in _BY_RANK:
                found = sorted(found, key=lambda ranked: ranked[0], reverse=direction == "asc")
            case [name, ("asc" | "desc") as direction] if name in SORTS:
                found = sorted(found, key=_second(SORTS[name]), reverse=direction == "desc")
            case [name, ("asc" | "desc")] if name.replace("_", "").isalnum():
                continue
            case _:
                raise bad_query('Invalid "sort" parameter')
    return [view for _, view in found]


def _second(key: Callable[[DatasetView], str]) -> Callable[[tuple[int, DatasetView]], str]:
    return lambda ranked: key(ranked[1])


def _facet_names(given: Given) -> list[str]:
    value = given.values.get("facet.field")
    if value is None or not given.yes("facet", "true"):
        return []
    names = given.json("facet.field") if isinstance(value, str) and value.startswith("[") else value
    if not isinstance(names, list):
        raise invalid(**{"facet.field": ["Could not parse as valid JSON", "Not a list"]})
    return list(dict.fromkeys(str(name) for name in names))[:20]


def _facet(name: str, found: list[DatasetView], site: Site, given: Given) -> dict[str, int]:
    counted = Counter(value for view in found for value in document(view, site).get(name, ()))
    least, most = given.natural("facet.mincount", 1), given.natural("facet.limit", 50)
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return dict([pair for pair in ordered if pair[1] >= least][:most])


def _titled(name: str, values: Mapping[str, int], site: Site) -> dict[str, object]:
    items = [{"name": value, "display_name": _title(name, value, site), "count": n} for value, n in values.items()]
    return {"title": name, "items": sorted(items, key=lambda item: str(item["display_name"]), reverse=True)}


def _title(facet: str, value: str, site: Site) -> str:
    match facet:
        case "organization":
            return site.identity.name
        case "groups":
            return theme_title(value)
        case _:
            return value


def _fields(view: DatasetView, site: Site, chosen: Sequence[str]) -> dict[str, object]:
    whole = document(view, site)
    many = {"tags", "groups", "res_format"}
    return {name: list(whole[name]) if name in many else whole[name][0] for name in sorted(chosen) if name in whole}
