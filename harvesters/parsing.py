"""What a parser gives: rows, refused rows and warnings, in the order of the payload."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol, TypeAlias

from eclor.errors import PayloadRefused, Place

if TYPE_CHECKING:
    import pyarrow as pa

Row: TypeAlias = dict[str, object]
"""One row. Cells of a table are text; of a nested payload text, int, Decimal, bool, None, dict and list.

Numbers of JSON are `int` or `Decimal`, never `float`. What a row is, protocol by protocol: docs/developer/parsers.md.
"""

MAX_PAYLOAD_BYTES: Final = 32 * 1024 * 1024
"""Above this a payload that must be held whole (JSON, XML) is refused; tables and lines of JSON stream."""


class Shape(Enum):
    """How intake treats a column that nobody declared (LANGUAGE.md section 5, "Delivery")."""

    TABLE = "table"
    """An undeclared column refuses the delivery."""
    NESTED = "nested"
    """An unmapped path is dropped, counted and named."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is not given, where it stands and why; never a value of it."""

    code: str
    place: Place
    facts: Mapping[str, object] = field(default_factory=dict)

    def located(self) -> str:
        """Say `file:line:column: [CODE] finding cure` in French."""
        return PayloadRefused(self.code, place=self.place, **self.facts).located()


@dataclass(frozen=True, slots=True)
class PayloadWarning:
    """Something odd that costs no row: damaged letters, a geometry that could not be kept."""

    code: str
    place: Place
    facts: Mapping[str, object] = field(default_factory=dict)

    def located(self) -> str:
        """Say `file:line:column: [CODE] finding cure` in French."""
        return PayloadRefused(self.code, place=self.place, **self.facts).located()


Event: TypeAlias = Row | RefusedRow | PayloadWarning
"""What a parser yields, one at a time. A `dict` is a row."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Rows of a table side by side: a column of texts each, none of them null."""

    table: "pa.Table"
    line: int
    """Of the first row; each is one line."""

    def rows(self) -> Iterator[Row]:
        """Yield them one by one."""
        names = self.table.column_names
        for cells in zip(*(column.to_pylist() for column in self.table.columns), strict=True):
            yield dict(zip(names, cells))  # noqa: B905 - as long as each other


def one_by_one(events: "Iterator[Event | Columns]") -> Iterator[Event]:
    """Yield the events, each row by itself."""
    for event in events:
        if isinstance(event, Columns):
            yield from event.rows()
        else:
            yield event


class ParseColumns(Protocol):
    """A parser that gives what `Parse` does, rows side by side where they are sure."""

    def __call__(
        self, payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]
    ) -> Iterator[Event | Columns]:
        """Yield the events of `payload`; refuses like `Parse`."""
        ...


class Parse(Protocol):
    """A parser: pure, bytes in, events out."""

    def __call__(self, payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
        """Yield the events of `payload`, called `name` in places; options it does not know are not its own.

        Refuses (`PayloadRefused`) what cannot be read for sure. Where it streams, the refusal may come after rows:
        a delivery that ends with a refusal counts for nothing.
        """
        ...


class Recall(Protocol):
    """Judges a delivery by what is remembered of the former one; pure: memory in, memory out."""

    def see(self, row: Row) -> None:
        """Take a row of the delivery."""
        ...

    def settle(self, *, name: str) -> object:
        """Return what to remember, plain JSON without any value of a row; refuse (`PayloadRefused`) the delivery."""
        ...


@dataclass(frozen=True, slots=True)
class PayloadProtocol:
    """An entry of `harvesters.protocols`: how a payload is read, apart from how it is fetched."""

    name: str
    shape: Shape
    parse: Parse
    options: tuple[str, ...] = ()
    """Names of the options of a source that this parser reads."""
    columns: ParseColumns | None = None
    """Parses tables by column: the same rows at a fraction of the cost."""
    recall: Callable[[object], Recall] | None = None
    """Makes what judges a delivery out of what the former one left to remember, None at first."""
