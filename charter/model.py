"""The policy, the charter (socle), the roles and the catalogue as frozen typed values, under English names.

What comes in is French: every alias derives from `charter.vocabulary`. An unknown key is refused. Durations stay
as text here (`DurationText`): `charter.durations` reads them. Percentages are integers.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from charter.vocabulary import (
    ArchiveVisa,
    Category,
    Delivery,
    DpiaDecision,
    EmptyCells,
    FieldType,
    Frequency,
    LateRows,
    LegalBasis,
    Level,
    Licence,
    Operation,
    PersonRole,
    Role,
    Shape,
    SmallPopulationAction,
    State,
    Statistic,
    Unit,
    YesNo,
    french_key,
)

SlugText = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=80)]
ColumnText = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
PlainText = Annotated[str, StringConstraints(min_length=3, max_length=1000)]
DateText = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
DurationText = Annotated[
    str,
    StringConstraints(
        pattern=r"^[1-9][0-9]{0,3} (minute|minutes|heure|heures|jour|jours|semaine|semaines|mois|an|ans)$"
    ),
]
DelayText = Annotated[
    str,
    StringConstraints(
        pattern=r"^aucun$|^[1-9][0-9]{0,3} (minute|minutes|heure|heures|jour|jours|semaine|semaines|mois|an|ans)$"
    ),
]
VersionNumber = Annotated[int, Field(ge=1, le=1_000_000)]
Count = Annotated[int, Field(ge=3, le=100_000)]


class Block(BaseModel):
    """A block of the language: closed, frozen, French outside, English inside."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=False, alias_generator=french_key, validate_by_name=False
    )


class CharterRef(Block):
    """The charter that a policy was compiled against."""

    identifier: SlugText
    version: VersionNumber


class Validity(Block):
    """First and last day, both included."""

    start: DateText
    end: DateText


class DpiaCriteria(Block):
    """The nine criteria of the impact screening (WP248)."""

    scoring: YesNo
    automated_decision: YesNo
    systematic_monitoring: YesNo
    sensitive_data: YesNo
    large_scale: YesNo
    matching: YesNo
    vulnerable_people: YesNo
    innovative_use: YesNo
    right_blocked: YesNo


class Dpia(Block):
    """Impact screening (RGPD art. 35)."""

    criteria: DpiaCriteria
    decision: DpiaDecision
    reference: PlainText | None = None


class ProcessingRecord(Block):
    """What the Article 30 register holds for this dataset."""

    purpose: PlainText
    legal_basis: LegalBasis
    legal_provision: PlainText
    personal_data: YesNo
    data_subjects: tuple[SlugText, ...]
    minors: YesNo
    data_categories: Annotated[tuple[PlainText, ...], Field(min_length=1)]
    recipients: Annotated[tuple[SlugText, ...], Field(min_length=1)]
    transfers: Literal["aucun"]
    safeguards: Annotated[tuple[PlainText, ...], Field(min_length=1)]
    privacy_notice: PlainText
    dpia: Dpia


class Group(Block):
    """One group of a `regroupement`: the published value and what it stands for."""

    value: PlainText
    sources: Annotated[tuple[Annotated[str, StringConstraints(min_length=1, max_length=200)], ...], Field(min_length=1)]


class Treatment(Block):
    """What is done to a column; which parameters go with which operation is checked by the matrix's rules."""

    operation: Operation
    levels: Annotated[tuple[Level, ...], Field(min_length=1, max_length=6)] | None = None
    bins: (
        Annotated[
            tuple[Annotated[int, Field(ge=-1_000_000_000, le=1_000_000_000)], ...], Field(min_length=2, max_length=50)
        ]
        | None
    ) = None
    grouping: Annotated[tuple[Group, ...], Field(min_length=1)] | None = None
    round_to: Annotated[int, Field(ge=2, le=1_000_000)] | None = None
    ceiling: Annotated[int, Field(ge=1, le=1_000_000_000)] | None = None
    review: Literal["dpo"] | None = None


class PolicyField(Block):
    """One column of the source and what becomes of it."""

    name: ColumnText
    description: PlainText | None = None
    type: FieldType
    decimals: Annotated[int, Field(ge=1, le=6)] | None = None
    category: Category
    role: Role
    collected: YesNo = YesNo.YES
    treatment: Treatment


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

    by: tuple[ColumnText, ...]


class Publication(Block):
    """What is published and how often. `margins` is "aucun" or the margins, and none for `lignes`."""

    shape: Shape
    dimensions: Annotated[tuple[ColumnText, ...], Field(min_length=1, max_length=6)] | None = None
    columns: Annotated[tuple[ColumnText, ...], Field(min_length=1)] | None = None
    measures: Annotated[tuple[Measure, ...], Field(min_length=1, max_length=20)] | None = None
    margins: Literal["aucun"] | Annotated[tuple[Margin, ...], Field(min_length=1, max_length=32)] | None = None
    frequency: Frequency
    licence: Licence


class MinimumCount(Block):
    """At least k distinct units, the union over `fields`."""

    unit: Unit
    fields: Annotated[tuple[ColumnText, ...], Field(min_length=1, max_length=4)]
    k: Count


class Dominance(Block):
    """The first `contributors` may not hold more than `percent` of a total."""

    active: YesNo
    contributors: Annotated[int, Field(ge=1, le=3)] | None = None
    percent: Annotated[int, Field(ge=10, le=99)] | None = None


class Diversity(Block):
    """At least l sensitive values a group."""

    active: YesNo
    field: ColumnText | None = None
    l: Annotated[int, Field(ge=2, le=100)] | None = None  # noqa: E741 - the field's standard name
    max_share_percent: Annotated[int, Field(ge=10, le=99)] | None = None


class ComplementarySuppression(Block):
    """What keeps a masked cell from being computed back from totals."""

    active: YesNo
    protection_percent: Annotated[int, Field(ge=1, le=100)] | None = None
    protection_min: Annotated[int, Field(ge=1, le=1_000_000)] | None = None


class Rounding(Block):
    """Published values are multiples of the base."""

    active: YesNo
    round_to: Annotated[int, Field(ge=2, le=1000)] | None = None


class Differencing(Block):
    """Which datasets a release is compared with, and what late rows do."""

    compared_with: Annotated[tuple[SlugText, ...], Field(min_length=1)]
    late_rows: LateRows


class LadderLevel(Block):
    """One dimension's level in a step of the ladder."""

    field: ColumnText
    level: Level


class LadderStep(Block):
    """One step of the ladder."""

    step: Annotated[tuple[LadderLevel, ...], Field(min_length=1)]


class SmallPopulations(Block):
    """A zone with fewer inhabitants than the threshold is masked or merged into its parent."""

    threshold: Annotated[int, Field(ge=1, le=1_000_000)]
    action: SmallPopulationAction


class Guarantees(Block):
    """What holds for every release; which are required for `tableau` is checked by the compiler."""

    minimum_counts: Annotated[tuple[MinimumCount, ...], Field(max_length=4)] | None = None
    dominance: Dominance | None = None
    diversity: Diversity | None = None
    complementary_suppression: ComplementarySuppression | None = None
    empty_cells: EmptyCells | None = None
    rounding: Rounding | None = None
    differencing: Differencing | None = None
    publication_delay: DelayText
    ladder: Annotated[tuple[LadderStep, ...], Field(min_length=1, max_length=8)] | None = None
    max_loss_percent: Annotated[int, Field(ge=0, le=100)] | None = None
    small_populations: SmallPopulations | None = None


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

    def field(self, name: str) -> PolicyField:
        """Return the field of that name; a missing one is a bug of the caller."""
        return next(field for field in self.fields if field.name == name)


# --- the charter (socle) ------------------------------------------------------------------------------------------


class Controller(Block):
    """Who answers for the processing."""

    name: PlainText
    dpo_contact: PlainText
    authority: PlainText
    hosting: Literal["union-europeenne"]
    transfers: Literal["aucun"]


class Floor(Block):
    """The smallest k for a unit, and the one that no derogation crosses."""

    unit: Unit
    k: Count
    hard_floor: Count


class DerogationRules(Block):
    """What a derogation may be."""

    max_duration: DurationText
    rules: tuple[Literal["plancher-k"]]


class DominanceFloor(Block):
    """The loosest dominance rule."""

    active: Literal["oui"]
    contributors: Annotated[int, Field(ge=1, le=3)]
    max_percent: Annotated[int, Field(ge=10, le=85)]


class DiversityFloor(Block):
    """The loosest diversity rule."""

    l_min: Annotated[int, Field(ge=2, le=100)]
    max_share_percent: Annotated[int, Field(ge=10, le=90)]


class SuppressionFloor(Block):
    """The weakest protection of a masked cell."""

    protection_percent: Annotated[int, Field(ge=1, le=100)]
    protection_min: Annotated[int, Field(ge=1, le=1_000_000)]


class SmallPopulationFloor(Block):
    """The smallest threshold."""

    threshold_min: Annotated[int, Field(ge=1, le=1_000_000)]


class Finest(Block):
    """The finest levels that may leave."""

    time: Level
    zone: Level
    grid: Level
    bin_width_min: Annotated[int, Field(ge=1, le=1_000_000)]


class Minors(Block):
    """Floors where minors are concerned. `grid` is a level or "refuse"."""

    k: Annotated[int, Field(ge=11, le=100_000)]
    derogation: Literal["non"]
    time: Level
    zone: Level
    grid: Literal["refuse", "commune", "epci"]


class FreeText(Block):
    """Who reads free text."""

    review: Literal["dpo"]


class PseudonymRules(Block):
    """How pseudonyms are made."""

    algorithm: Literal["hmac-sha256"]
    scope: Literal["jeu"]
    rotation_max: DurationText
    publication_rule: Literal["interdite"]


class RetentionFloor(Block):
    """The longest retentions."""

    raw_store_max: DurationText
    pseudonym_key_max: DurationText
    published_versions_max: DurationText
    erasure_delay_max: DurationText
    journal: DurationText
    deletion_record: Literal["proces-verbal"]


class GovernanceRules(Block):
    """How many sign, and how fast a stop acts."""

    opening_signatures: Literal[2]
    stopping_signatures: Literal[1]
    resuming_signatures: Literal[2]
    withdrawal_delay_max: DurationText
    policy_validity_max: DurationText
    incompatibilities: Annotated[tuple[tuple[PersonRole, PersonRole], ...], Field(min_length=3, max_length=3)]


class MatrixRow(Block):
    """Which treatments are allowed for these categories and roles."""

    categories: Annotated[tuple[Category, ...], Field(min_length=1)]
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    treatments: Annotated[tuple[Operation, ...], Field(min_length=1)]


class Charter(Block):
    """The voted floors of a territory (`charte-socle.yaml`)."""

    language: Literal[1]
    nature: Literal["charte-socle"]
    identifier: SlugText
    version: VersionNumber
    title: PlainText
    resolution: PlainText
    validity: Validity
    default: Literal["refuser"]
    time_zone: Literal["Europe/Paris"]
    controller: Controller
    floors: Annotated[tuple[Floor, ...], Field(min_length=6, max_length=6)]
    derogations: DerogationRules
    dominance: DominanceFloor
    diversity: DiversityFloor
    complementary_suppression: SuppressionFloor
    publication_delay_min: DurationText
    max_loss_percent: Annotated[int, Field(ge=0, le=100)]
    small_populations: SmallPopulationFloor
    finest: Finest
    minors: Minors
    special_categories: Literal["refuser"]
    free_text: FreeText
    pseudonyms: PseudonymRules
    retention: RetentionFloor
    governance: GovernanceRules
    matrix: Annotated[tuple[MatrixRow, ...], Field(min_length=1, max_length=60)]

    def floor(self, unit: Unit) -> Floor:
        """Return the floor of a unit; the reader refused a charter without one."""
        return next(floor for floor in self.floors if floor.unit == unit)


# --- roles.yaml ---------------------------------------------------------------------------------------------------


class Person(Block):
    """One person, one role, one key (`ed25519:` + base64url of the public key)."""

    identifier: SlugText
    name: PlainText
    person_role: PersonRole
    key: Annotated[str, StringConstraints(pattern=r"^ed25519:[A-Za-z0-9_-]{43}$")]


class Roles(Block):
    """Who may do what."""

    language: Literal[1]
    nature: Literal["roles"]
    version: VersionNumber
    people: Annotated[tuple[Person, ...], Field(min_length=3)]

    def person(self, identifier: str) -> Person | None:
        """Return the person of that identifier, if any."""
        return next((person for person in self.people if person.identifier == identifier), None)


# --- catalogue.yaml -----------------------------------------------------------------------------------------------


class CatalogueColumn(Block):
    """A column that a source delivers, and what it speaks of."""

    name: ColumnText
    category: Category
    technical: YesNo = YesNo.NO
    values: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    presence: YesNo = YesNo.NO


class CatalogueEntry(Block):
    """The input contract of one dataset."""

    dataset: SlugText
    source: SlugText
    unit_register: SlugText | None = None
    delivery: Delivery | None = None
    imposed_licence: Licence | None = None
    columns: Annotated[tuple[CatalogueColumn, ...], Field(min_length=1)]

    def column(self, name: str) -> CatalogueColumn | None:
        """Return the column of that name, if any."""
        return next((column for column in self.columns if column.name == name), None)


class Catalogue(Block):
    """The input contracts of a territory."""

    language: Literal[1]
    nature: Literal["catalogue"]
    version: VersionNumber
    datasets: Annotated[tuple[CatalogueEntry, ...], Field(min_length=1)]

    def entry(self, dataset: str) -> CatalogueEntry | None:
        """Return the contract of that dataset, if any."""
        return next((entry for entry in self.datasets if entry.dataset == dataset), None)


Plain = Mapping[str, object]
"""A parsed document as plain strings, integers, lists and maps, under its French keys: what digests are made of."""
