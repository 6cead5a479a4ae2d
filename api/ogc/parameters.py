"""The parameters of `/items` (OGC 17-069r4 section 7.15, 18-058r1, 19-079r2), from a query string to a question.

A parameter that is not known is refused by its name, and so is one given twice. Besides a filter, each property that
is not a place may be given as a parameter: equal to it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from api.grammar import shown
from api.ogc import spatial
from api.ogc.cql2 import LANGUAGES, compiled, read_tree
from api.ogc.cql2_words import Tree
from api.ogc.crs import CRS84, SYSTEMS, Crs
from api.ogc.moments import NEVER, Moment, read_moment
from api.ogc.plain import plain
from api.ogc.queryables import Kind, Queryable, Queryables
from api.ogc.temporal import intersect
from api.ogc.terms import Sql, infix, joined, time_at, time_of
from api.refusals import bad_parameter
from api.rows import Expression
from eclor.errors import RequestRefused

DEFAULT_LIMIT: Final = 100
MOST_ITEMS: Final = 1000
MOST_QUERY: Final = 8000
_MOST_FIELDS: Final = 60
_DIGITS: Final = 9
ITEMS: Final = ("f", "limit", "bbox", "bbox-crs", "datetime", "crs", "filter", "filter-lang", "filter-crs", "cursor")
"""The parameters of `/items`, besides those of the properties."""
_NUMBER: Final = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?")
_DAY: Final = "2026-01-31, 2026-01-01T00:00:00Z/.., ../2026-12-31"


def read_parameters(query: bytes, known: Iterable[str]) -> dict[str, str]:
    """Return the parameters of a query string. Refuses (400) what is unknown, given twice, or not UTF-8."""
    if len(query) > MOST_QUERY:
        raise bad_parameter("query", f"<= {MOST_QUERY} octets")
    try:
        pairs = parse_qsl(query.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except (UnicodeDecodeError, ValueError) as error:
        raise bad_parameter("query", "UTF-8, a=b&c=d") from error
    names = [*known]
    found: dict[str, str] = {}
    for name, value in pairs:
        if name not in names:
            raise RequestRefused("ogc.unknown-parameter", parameter=shown(name), parameters=", ".join(names))
        if name in found:
            raise bad_parameter(name, "1 ×")
        found[name] = value
    return found


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a collection's items: conditions that must all hold, a page's size, the system of the answer.

    `plain` are the same conditions as the records API asks them, where it could; None where it could not.
    """

    conditions: tuple[Sql, ...]
    limit: int
    crs: Crs
    plain: tuple[Expression, ...] | None

    @property
    def where(self) -> Sql:
        """Return the conditions as one."""
        return joined("AND", self.conditions) if self.conditions else Sql("1")


def known_parameters(queryables: Queryables) -> tuple[str, ...]:
    """Return the names that a query may have."""
    own = (one.name for one in queryables.by_name.values() if one.kind is not Kind.PLACE and one.name not in ITEMS)
    return (*ITEMS, *own)


def read_question(given: Mapping[str, str], queryables: Queryables) -> Question:
    """Return what the parameters ask. Refuses (400) what cannot be read, naming it; of values it repeats none."""
    trees = [*(_equal(queryables.by_name[name], value) for name, value in given.items() if name not in ITEMS)]
    trees += _filter(given)
    crs = _crs(given, "filter-crs")
    others = [*_box(given, queryables), *_during(given, queryables)]
    conditions = (*(compiled(tree, queryables, crs) for tree in trees), *others)
    expressions = [] if others else [plain(tree, queryables) for tree in trees]
    known = tuple(one for one in expressions if one is not None)
    whole = len(known) == len(conditions)
    return Question(conditions, read_limit(given.get("limit")), _crs(given, "crs"), known if whole else None)


def read_limit(text: str | None) -> int:
    """Return the size of a page: one beyond the most is the most (17-069r4, fc-limit-response-1)."""
    if text is None:
        return DEFAULT_LIMIT
    if text.isascii() and text.isdigit() and len(text) <= _DIGITS and int(text) > 0:
        return min(int(text), MOST_ITEMS)
    raise bad_parameter("limit", f"1..{MOST_ITEMS}")


def _crs(given: Mapping[str, str], name: str) -> Crs:
    uri = given.get(name)
    if uri is None:
        return CRS84
    if uri not in SYSTEMS:
        raise bad_parameter(name, ", ".join(SYSTEMS))
    return SYSTEMS[uri]


def _equal(queryable: Queryable, text: str) -> Tree:
    return {"op": "=", "args": [{"property": queryable.name}, _value(queryable, text)]}


def _value(queryable: Queryable, text: str) -> Tree:
    match queryable.kind:
        case Kind.NUMBER:
            if not _NUMBER.fullmatch(text):
                raise bad_parameter(queryable.name, "1, -2, 3.5")
            return float(text) if "." in text else int(text)
        case Kind.TRUTH:
            if text not in {"true", "false"}:
                raise bad_parameter(queryable.name, "true, false")
            return text == "true"
        case _:
            return text


def _filter(given: Mapping[str, str]) -> Iterable[Tree]:
    language = given.get("filter-lang", LANGUAGES[0])
    if language not in LANGUAGES:
        raise bad_parameter("filter-lang", ", ".join(LANGUAGES))
    if "filter" in given:
        yield read_tree(given["filter"], language)


def _box(given: Mapping[str, str], queryables: Queryables) -> Iterable[Sql]:
    """Keep what meets the box, and what has no place: the standard will have it so (fc-bbox-response, C)."""
    crs = _crs(given, "bbox-crs")
    if "bbox" not in given:
        return
    try:
        shape = spatial.literal([float(part) for part in given["bbox"].split(",")], crs)
    except (ValueError, RequestRefused) as error:
        raise bad_parameter("bbox", "west,south,east,north (-5.0,41.0,10.0,51.5)") from error
    if queryables.place is not None:
        place = spatial.column(queryables.place)
        yield joined("OR", (infix(place.sql, "IS", Sql("NULL")), spatial.related("s_intersects", place, shape)))


def _during(given: Mapping[str, str], queryables: Queryables) -> Iterable[Sql]:
    """Keep what shares an instant, and what has no time (fc-time-response)."""
    if "datetime" not in given:
        return
    moment = read_period(given["datetime"])
    if queryables.time is not None:
        when = time_of(Sql(queryables.time.sql))
        yield joined("OR", (infix(when.start, "IS", Sql("NULL")), intersect(when, time_at(moment))))


def read_period(text: str) -> Moment:
    """Return a day, an instant, or an interval whose ends may be open. Refuses (400) anything else."""
    start, slash, end = text.partition("/")
    first = _end(start, -NEVER) if slash else read_moment(start)
    last = _end(end, NEVER) if slash else first
    if first is None or last is None or first[0] > last[1] or (slash and not (start + end).strip(".")):
        raise bad_parameter("datetime", _DAY)
    return first[0], last[1]


def _end(text: str, unbounded: int) -> Moment | None:
    return (unbounded, unbounded) if text in {"", ".."} else read_moment(text)
