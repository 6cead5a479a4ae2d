"""What a gate judges and what it answers: plain values that cross to another process as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from pydantic import JsonValue, TypeAdapter

from charter.apply import ReleaseColumn


@dataclass(frozen=True, slots=True)
class SubjectColumn:
    """A published column, and what the signed policy says of it.

    `category` is the policy's word or ""; `closed` is true where the policy or the catalogue lists every value that
    may stand in it; `words` are its title and descriptions, the context of the codes that it holds.
    """

    published: ReleaseColumn
    category: str = ""
    closed: bool = False
    words: str = ""

    @property
    def name(self) -> str:
        """Return the column's name."""
        return self.published.name

    @property
    def kind(self) -> str:
        """Return `dimension`, `measure`, `status` or `technical`."""
        return self.published.kind


@dataclass(frozen=True, slots=True)
class Expected:
    """A declared expectation, and why it must hold."""

    name: str
    parameters: Mapping[str, JsonValue]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """What a common schema asks of a column and the charter does not allow: a constraint, `type` for all, and why."""

    column: str
    asked: str
    why: str


@dataclass(frozen=True, slots=True)
class Reference:
    """The common schema that the dataset follows, as far as it applies to the columns of the release."""

    address: str
    schema: Mapping[str, JsonValue]
    applied: tuple[str, ...]
    set_aside: tuple[SetAside, ...]


@dataclass(frozen=True, slots=True)
class Former:
    """The version that is published now, which a release is compared with; `published_on` is an ISO date.

    `kept` is what each gate noted of it when it was judged, nothing where that is lost.
    """

    rows: Path
    number: int
    published_on: str
    kept: Mapping[str, Mapping[str, JsonValue]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Drift:
    """How far a release may be from the former version: percents of rows, points of empty cells, hundredths of PSI.

    `refuses` is true where the dataset declares that a release beyond them is refused; otherwise they warn.
    """

    fewer_percent: int = 20
    more_percent: int = 100
    empty_points: int = 10
    shape_hundredths: int = 25
    refuses: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """A release as the gates see it: one Parquet file and what is promised of it; no key, no raw row."""

    dataset: str
    rows: Path
    count: int
    columns: tuple[SubjectColumn, ...]
    schema: Mapping[str, JsonValue]
    required_measures: tuple[str, ...]
    """Measures that only a masked row may leave empty."""
    expectations: tuple[Expected, ...]
    reference: Reference | None = None
    former: Former | None = None
    drift: Drift = Drift()

    def position(self, column: str) -> int:
        """Return the place of a column, from 1; 0 if it is none of the release's."""
        names = [each.name for each in self.columns]
        return names.index(column) + 1 if column in names else 0


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding: a code of `eclor.sentences.gates`, the row from 1 (0: none), the column, facts without any value."""

    code: str
    row: int = 0
    column: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)
    doubt: str = ""
    """What the DPO may lift, with her reason, for this column and these rows; empty for what nobody may."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one gate says. It passed if it found no fault. `internal` holds counts and places, never a value.

    `public` is what may be said to anyone of a release that passed: neither counts nor places. `kept` is what the gate
    is given back of this release (`Former.kept`) when it judges the next one: no one reads it.
    """

    executor: str
    checks: int
    faults: tuple[Fault, ...]
    internal: Mapping[str, JsonValue]
    public: Mapping[str, JsonValue] = field(default_factory=dict)
    kept: Mapping[str, JsonValue] = field(default_factory=dict, repr=False)


class Gate(Protocol):
    """A gate: made once in the worker, warmed, then asked again and again."""

    def warm(self) -> None:
        """Load what is heavy; whatever is missing raises here, and then no release passes."""
        ...

    def judge(self, subject: Subject, *, scratch: Path) -> Verdict:
        """Judge every row of the release; `scratch` is a private folder that is emptied afterwards."""
        ...


SUBJECTS: Final = TypeAdapter(Subject)
VERDICTS: Final = TypeAdapter(Verdict)
