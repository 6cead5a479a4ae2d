"""The policy as frozen typed values, under English names; the charter, the roles and the catalogue join from `voted`.

What its release holds is in `guarantees`, its line of the register in `record`.

What comes in is French: every alias derives from `charter.vocabulary`. An unknown key is refused. Durations stay
as text here (`DurationText`): `charter.durations` reads them. Percentages are integers, and "11" is not one.
"""

from collections.abc import Mapping
from typing import Annotated, Final, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from charter.guarantees import GUARANTEES_OF_A_TABLE, Guarantees
from charter.record import Dpia, DpiaCriteria, ProcessingRecord
from charter.vocabulary import (
    ArchiveVisa,
    Category,
    FieldType,
    Frequency,
    Level,
    Licence,
    Operation,
    Role,
    Shape,
    State,
    Statistic,
    Unit,
    YesNo,
)
from charter.voted import (
    Catalogue,
    CatalogueColumn,
    CatalogueEntry,
    Charter,
    Finest,
    Floor,
    MatrixRow,
    Minors,
    Person,
    Roles,
)
from charter.words import (
    Block,
    Bound,
    ColumnText,
    Count,
    DateText,
    DurationText,
    NoRepeat,
    PlainText,
    SlugText,
    SourceValue,
    Validity,
    VersionNumber,
    due,
    undue,
)

Plain = Mapping[str, object]
"""A parsed document as plain strings, integers, lists and maps, under its French keys: what digests are made of."""


class CharterRef(Block):
    """The charter that a policy was compiled against."""

    identifier: SlugText
    version: VersionNumber


class Group(Block):
    """One group of a `regroupement`: the published value and what it stands for."""

    value: PlainText
    sources: Annotated[tuple[SourceValue, ...], Field(min_length=1)]


class Treatment(Block):
    """What is done to a column; which parameters go with which operation is checked by the matrix's rules."""

    operation: Operation
    levels: Annotated[tuple[Level, ...], Field(min_length=1, max_length=6), NoRepeat] | None = None
    bins: Annotated[tuple[Bound, ...], Field(min_length=2, max_length=50), NoRepeat] | None = None
    grouping: Annotated[tuple[Group, ...], Field(min_length=1)] | None = None
    round_to: Annotated[int, Field(strict=True, ge=2, le=1_000_000)] | None = None
    ceiling: Annotated[int, Field(strict=True, ge=1, le=1_000_000_000)] | None = None
    review: Literal["dpo"] | None = None


class PolicyField(Block):
    """One column of the source and what becomes of it."""

    name: ColumnText
    description: PlainText | None = None
    type: FieldType
    decimals: Annotated[int, Field(strict=True, ge=1, le=6)] | None = None
    category: Category
    role: Role
    collected: YesNo = YesNo.YES
    treatment: Treatment

    @model_validator(mode="after")
    def _decimals_go_with_decimal(self) -> Self:
        if self.type is FieldType.DECIMAL and self.decimals is None:
            raise due("decimals")
        if self.type is not FieldType.DECIMAL and self.decimals is not None:
            raise undue("decimals")
        return self


class Pseudonyms(Block):
    """Scope and rotation of the pseudonym key."""

    scope: Literal["jeu"]
    rotation: DurationText


class Measure(Block):
    """An indicator (`indicateurs`)."""

    name: ColumnText
    statistic: Statistic
    field: ColumnText | None = None


class Margin(Block):
    """A published total; `by` are the dimensions it keeps, none means the grand total."""

    by: Annotated[tuple[ColumnText, ...], NoRepeat]


def _kind_of_margins(value: object) -> str:
    return "text" if isinstance(value, str) else "list"


Margins = Annotated[
    Annotated[Literal["aucun"], Tag("text")]
    | Annotated[tuple[Margin, ...], Field(min_length=1, max_length=32), Tag("list")],
    Discriminator(_kind_of_margins),
]


KEYS_OF_SHAPES: Final = {Shape.TABLE: ("dimensions", "measures", "margins"), Shape.ROWS: ("columns",)}
"""The keys of a publication that one shape demands and the other rules out."""


class Publication(Block):
    """What is published and how often. `margins` is "aucun" or the margins, and none for `lignes`."""

    shape: Shape
    dimensions: Annotated[tuple[ColumnText, ...], Field(min_length=1, max_length=6), NoRepeat] | None = None
    columns: Annotated[tuple[ColumnText, ...], Field(min_length=1), NoRepeat] | None = None
    measures: Annotated[tuple[Measure, ...], Field(min_length=1, max_length=20)] | None = None
    margins: Margins | None = None
    frequency: Frequency
    licence: Licence

    @model_validator(mode="after")
    def _keys_go_with_shape(self) -> Self:
        for name in KEYS_OF_SHAPES[self.shape]:
            if getattr(self, name) is None:
                raise due(name)
        for shape, names in KEYS_OF_SHAPES.items():
            for name in names if shape is not self.shape else ():
                if getattr(self, name) is not None:
                    raise undue(name)
        return self


class Erasure(Block):
    """How an erasure request is answered (RGPD art. 17)."""

    delay: DurationText
    procedure: PlainText


class Objection(Block):
    """How an objection is answered (RGPD art. 21)."""

    applicable: YesNo
    procedure: PlainText


class Archives(Block):
    """Visa of the archives."""

    visa: ArchiveVisa
    reference: PlainText | None = None


class Retention(Block):
    """How long each thing is kept (RGPD art. 5(1)(e))."""

    raw_store: DurationText
    pseudonym_key: DurationText | None = None
    published_versions: DurationText
    erasure: Erasure
    objection: Objection
    deletion_record: Literal["proces-verbal"]
    archives: Archives


class Governance(Block):
    """Who answers, and for how long."""

    state: State
    author: SlugText
    dpo: SlugText
    garant: SlugText
    validity: Validity
    withdrawal_delay: DurationText


class Derogation(Block):
    """A dated exception to one count floor."""

    rule: Literal["plancher-k"]
    unit: Unit
    k: Count
    reason: PlainText
    resolution: PlainText
    start: DateText
    end: DateText


class Policy(Block):
    """One dataset's policy."""

    language: Literal[1]
    nature: Literal["politique"]
    dataset: SlugText
    title: PlainText
    version: VersionNumber
    charter: CharterRef
    default: Literal["refuser"]
    processing_record: ProcessingRecord
    fields: Annotated[tuple[PolicyField, ...], Field(min_length=1, max_length=200)]
    pseudonyms: Pseudonyms | None = None
    publication: Publication
    guarantees: Guarantees
    retention: Retention
    governance: Governance
    derogations: Annotated[tuple[Derogation, ...], Field(max_length=6)] = ()

    @model_validator(mode="after")
    def _a_table_says_each_guarantee(self) -> Self:
        if self.publication.shape is Shape.TABLE:
            for name in GUARANTEES_OF_A_TABLE:
                if getattr(self.guarantees, name) is None:
                    raise due(name, under="guarantees")
        return self

    def field(self, name: str) -> PolicyField:
        """Return the field of that name; a missing one is a bug of the caller."""
        return next(field for field in self.fields if field.name == name)

    def levels_taken(self, field: PolicyField) -> tuple[Level, ...]:
        """Return the levels of a field at which it may appear, finest first: those that a step of the ladder takes.

        All of them where no step names the field: a single level needs none.
        """
        declared = field.treatment.levels or ()
        steps = self.guarantees.ladder or ()
        named = {part.level for step in steps for part in step.step if part.field == field.name}
        return tuple(level for level in declared if level in named) if named else declared


__all__ = [
    "Catalogue",
    "CatalogueColumn",
    "CatalogueEntry",
    "Charter",
    "Dpia",
    "DpiaCriteria",
    "Finest",
    "Floor",
    "MatrixRow",
    "Minors",
    "Person",
    "Plain",
    "Policy",
    "ProcessingRecord",
    "Roles",
    "Validity",
]
