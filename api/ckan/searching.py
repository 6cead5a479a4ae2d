"""`package_search`: words, filters, order, pages, facets."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from api.ckan.filter_query import read_filters
from api.ckan.given import Given
from api.ckan.licences import LICENCES
from api.ckan.model import Package
from api.ckan.site import Site
from api.ckan.wire import bad_query, bad_search, invalid
from catalog.search import tokens

DEFAULT_ROWS: Final = 10
MOST_ROWS: Final = 1000
MOST_WORDS: Final = 20
MOST_FILTERS: Final = 20
_MOST_KEYS: Final = 20
_MOST_FIELDS: Final = 100
_DEFAULT_SORT: Final = "score desc, metadata_modified desc"
_KNOWN: Final = frozenset({"q", "fq", "fq_list", "rows", "start", "sort", "fl", "use_default_schema"}).union(
    ("facet", "facet.field", "facet.limit", "facet.mincount", "facet.sort", "facet.prefix"),
    ("include_private", "include_drafts", "include_deleted"),
    ("qf", "defType", "df", "q.op", "mm", "bf", "boost", "tie", "wt"),
)
_BY_RANK: Final = frozenset({"score", "rank", "relevance"})
_MANY: Final = frozenset({"tags", "groups", "res_format", "res_name", "res_url"})
"""Fields of several values: shown as lists, and CKAN's index refuses to sort by one."""
_UNSORTED: Final = _MANY | {"text"}
_SYNTAX: Final = re.compile(r'[:"]|(^|\s)[+-]\w|\{!|\b(AND|OR|NOT)\b')
_FIELD: Final = re.compile(r"\w[\w.-]*")
Ranked = tuple[int, Package]


def package_search(given: Given, site: Site, now: datetime) -> dict[str, object]:
    """Return the datasets that fit, one page of them, with the facets asked for."""
    if strangers := sorted(name for name in given.values if name not in _KNOWN and not name.startswith("ext_")):
        raise bad_query(f"\"Invalid search parameters: ['{strangers[0][:60]}']\"")
    rows, start = min(_page(given, "rows", DEFAULT_ROWS), MOST_ROWS), _page(given, "start", 0)
    sort = given.text("sort") or _DEFAULT_SORT
    facets, chosen = _facet_names(given), given.names("fl")
    if sort.count(",") >= _MOST_KEYS or len(chosen) > _MOST_FIELDS:
        raise bad_query("'Too many keys or fields'")
    found = _sorted(_matching(given, site, now), _DEFAULT_SORT if sort in {"rank", "relevance"} else sort)
    counted = {name: _facet(name, found, given) for name in facets}
    page = found[start : start + rows]
    return {
        "count": len(found),
        "facets": counted,
        "results": [_fields(one, chosen) if chosen else one.written() for one in page],
        "sort": sort,
        "search_facets": {name: _titled(name, values, site) for name, values in counted.items()},
    }


def _page(given: Given, name: str, default: int) -> int:
    return given.natural(name, default, ("Invalid integer", "Please enter an integer value"))


def _seen(given: Given, site: Site) -> Iterable[Package]:
    """Return the datasets that a search looks through: open ones, and what the caller may see and asks for."""
    wanted = {
        state
        for state, name in (("active", "include_private"), ("draft", "include_drafts"), ("deleted", "include_deleted"))
        if given.yes(name)
    }
    for one in site.held.packages.values():
        if one.open or (one.shown["state"] in wanted and one.readable(site.caller)):
            yield one


def _matching(given: Given, site: Site, now: datetime) -> list[Ranked]:
    """Return the datasets that fit, each with its score: the higher the better, all equal where nothing ranks."""
    words = given.text("q", "*:*").strip() or "*:*"
    whole = words == "*:*"
    syntax = not whole and _SYNTAX.search(words) is not None
    texts = [text for text in (given.text("fq"), *_filter_list(given)) if text]
    if len(texts) > MOST_FILTERS:
        raise bad_query("'Too many filters'")
    filters = read_filters(texts, now, named="fq") + read_filters([words] if syntax else [], now, named="q")
    stems = () if syntax or whole else tokens(words)[:MOST_WORDS]
    scored = [(_score(one, stems), one) for one in _seen(given, site)]
    return [(score, one) for score, one in scored if score >= 0 and all(test(one.document) for test in filters)]


_PARTIAL: Final = ((2, 0), (5, 1))
"""Up to so many words, so many may be missing (CKAN's own rule); of more, a fifth may."""


def _score(package: Package, stems: Sequence[str]) -> int:
    """Return the weight of the best place of each word, summed; -1 if too few stand anywhere."""
    if not stems:
        return 0
    best = [
        max((weight for weight, held in package.words if any(word.startswith(stem) for word in held)), default=0)
        for stem in stems
    ]
    spared = next((missing for most, missing in _PARTIAL if len(stems) <= most), len(stems) - len(stems) * 4 // 5)
    return sum(best) if best.count(0) <= spared else -1


def _filter_list(given: Given) -> Sequence[str]:
    value = given.values.get("fq_list")
    read = given.json("fq_list") if isinstance(value, str) and value.startswith("[") else value
    if read is None:
        return ()
    return [str(item) for item in read] if isinstance(read, list) else [str(read)]


def _sorted(found: list[Ranked], sort: str) -> list[Package]:
    """Return the datasets in the order asked for; the last key is sorted first, for sorting keeps equal ones' order.

    A name that no dataset has sorts nothing and is no mistake: CKAN's index takes any (`dynamicField name="*"` of its
    schema), since extras and plugins bring their own, and its clients ask for such (`views_recent desc`).
    """
    for part in reversed(sort.split(",")):
        match part.split():
            case [name, direction] if direction.lower() in {"asc", "desc"} and _FIELD.fullmatch(name):
                if name in _UNSORTED or name.startswith("vocab_"):
                    raise bad_search(f"can not sort on multivalued field: {name}")
                down = (name == "relevance") or direction.lower() == "desc"
                found = sorted(found, key=_score_of if name in _BY_RANK else _first(name), reverse=down)
            case _:
                raise bad_query("'Invalid \"sort\" parameter'")
    return [one for _, one in found]


def _score_of(ranked: Ranked) -> tuple[int, str]:
    return ranked[0], ""


def _first(name: str) -> Callable[[Ranked], tuple[int, str]]:
    """Return the key of a field: its first value, after those that have none."""
    folded = name in {"title", "notes"}

    def key(ranked: Ranked) -> tuple[int, str]:
        values = ranked[1].document.get(name)
        value = values[0] if values else ""
        return (1 if values else 0), value.lower() if folded else value

    return key


def _facet_names(given: Given) -> list[str]:
    value = given.values.get("facet.field")
    if value is None or not given.yes("facet", "true"):
        return []
    names = given.json("facet.field") if isinstance(value, str) and value.startswith("[") else value
    if not isinstance(names, list):
        raise invalid(**{"facet.field": ["Could not parse as valid JSON", "Not a list"]})
    return list(dict.fromkeys(str(name) for name in names))[:20]


def _facet(name: str, found: list[Package], given: Given) -> dict[str, int]:
    counted = Counter(value for one in found for value in set(one.document.get(name, ())))
    least = given.natural("facet.mincount", 1)
    most = len(counted) if given.text("facet.limit").startswith("-") else given.natural("facet.limit", 50)
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return dict([pair for pair in ordered if pair[1] >= least][:most])


def _titled(name: str, values: Mapping[str, int], site: Site) -> dict[str, object]:
    titles = _titles(name, site)
    items = [{"name": value, "display_name": titles.get(value, value), "count": n} for value, n in values.items()]
    return {"title": name, "items": sorted(items, key=lambda item: str(item["display_name"]), reverse=True)}


def _titles(facet: str, site: Site) -> Mapping[str, object]:
    match facet:
        case "organization":
            return {str(one.named["name"]): one.named["title"] for one in site.held.organizations}
        case "groups":
            return {str(one.named["name"]): one.named["title"] for one in site.held.groups}
        case "license_id":
            return {one.id: one.title for one in LICENCES.values()}
        case _:
            return {}


def _fields(package: Package, chosen: Sequence[str]) -> dict[str, object]:
    whole = package.document
    named = sorted(whole.keys() - {"*", "text"}) if "*" in chosen else sorted(chosen)
    found: dict[str, object] = {}
    for name in named:
        values = whole.get(name)
        if values and name != "*":
            found[name] = list(values) if name in _MANY else values[0]
    return found
