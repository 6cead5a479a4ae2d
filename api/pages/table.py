"""The table of a dataset's page: the same question as the API's, 25 rows at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from api.cursor import Cursor, check, fingerprint, read_cursor_of
from api.grammar import Columns, read_question
from api.pages.names import MASKED, Names
from api.row_files import Record
from api.rows import ALL, Question, place_of
from catalog.views import VersionView
from charter.vocabulary import STATUS
from eclor.errors import RequestRefused

ROWS: Final = 25
MOST_CHOICES: Final = 30
Parameters = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page's address asks of the table: its own parameters, and the question that they make."""

    parameters: Parameters
    question: Question

    @property
    def filtered(self) -> bool:
        """Say whether some rows are left out."""
        return self.question.where != ALL

    def query(self, **changed: str) -> str:
        """Return the query string of the same question, some parameters changed, from its first page on."""
        kept = [(name, text) for name, text in self.parameters if name not in {"cursor", *changed}]
        return urlencode([*kept, *((name, text) for name, text in changed.items() if text)])


def asked_of(parameters: Sequence[tuple[str, str]], version: VersionView) -> Asked:
    """Read what concerns the table; what does not is left alone. Refuses what the API would refuse."""
    columns = Columns.of(version)
    known = {"sort", "cursor"}
    kept = tuple(
        (name, text)
        for name, text in parameters
        if text and (name in known or name in columns.by_name or name.rpartition("__")[0] in columns.by_name)
    )
    question = replace(read_question(kept, columns), limit=ROWS)
    cursor = dict(kept).get("cursor")
    if cursor is not None:
        read = read_cursor_of(version.dataset, cursor)
        if read.version != version.number:
            raise RequestRefused("api.bad-cursor")
        question = replace(question, after=check(read, question))
    return Asked(kept, question)


@dataclass(frozen=True, slots=True)
class Head:
    """One column's head: `sort` is the query of its link, `order` its present order (`aria-sort`)."""

    name: str
    title: str
    kind: str
    sort: str
    order: str


@dataclass(frozen=True, slots=True)
class Value:
    """One value: its words, how it is laid out, whether it is masked."""

    text: str
    kind: str
    masked: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter of a column whose values have words: its values, the chosen one marked."""

    name: str
    title: str
    values: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A page of rows; `next` is the query of the next page, `api` the query of the same question to the API."""

    heads: tuple[Head, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: int
    next: str
    first: str
    api: str
    choices: tuple[Choice, ...]
    filtered: bool


def table(asked: Asked, rows: Sequence[Record], total: int, *, version: VersionView, names: Names) -> Table:
    """Lay out a page of rows; geometries stay in the files."""
    shown = [name for name in asked.question.columns if names.kind(name) != "geometry" and name != STATUS]
    places = {name: place for place, name in enumerate(asked.question.columns)}
    page = rows[:ROWS]
    following = _cursor(asked.question, page[-1], version) if len(rows) > ROWS else ""
    later = asked.question.after is not None
    return Table(
        heads=tuple(_head(name, asked, names) for name in shown),
        rows=tuple(tuple(_value(name, row, places, names) for name in shown) for row in page),
        total=total,
        next=f"{asked.query()}&{urlencode({'cursor': following})}".lstrip("&") if following else "",
        first=asked.query() if later else "-",
        api=urlencode([*((name, text) for name, text in asked.parameters if name != "cursor"), ("limit", str(ROWS))]),
        choices=tuple(_choices(asked, names)),
        filtered=asked.filtered,
    )


def _cursor(question: Question, last: Record, version: VersionView) -> str:
    return Cursor(version.dataset, version.number, fingerprint(question), place_of(question, last)).text()


def _head(name: str, asked: Asked, names: Names) -> Head:
    sorts = {sort.column: sort.descending for sort in asked.question.sorts}
    order = {None: "none", False: "ascending", True: "descending"}[sorts.get(name)]
    direction = f"-{name}" if order == "ascending" else name
    return Head(name, names.title(name), names.kind(name), asked.query(sort=direction), order)


def _value(name: str, row: Record, places: dict[str, int], names: Names) -> Value:
    value = row[places[name]]
    masked = value is None and STATUS in places and row[places[STATUS]] == MASKED
    return Value("masqué" if masked else names.value(name, value), names.kind(name), masked)


def _choices(asked: Asked, names: Names) -> list[Choice]:
    chosen = dict(asked.parameters)
    return [
        Choice(
            name,
            names.title(name),
            tuple((value, words, chosen.get(name) == value) for value, words in labels.items()),
        )
        for name, labels in names.declaration.labels.items()
        if names.has(name) and 1 < len(labels) <= MOST_CHOICES
    ]
