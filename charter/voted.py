"""What is voted or kept once for a territory: the charter (socle), the roles, the catalogue, as frozen typed values."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from charter.vocabulary import (
    Category,
    Delivery,
    Level,
    Licence,
    Operation,
    PersonRole,
    Role,
    Unit,
    YesNo,
)
from charter.words import (
    Block,
    ColumnText,
    Count,
    DurationText,
    NoRepeat,
    PlainText,
    SlugText,
    SourceValue,
    Validity,
    VersionNumber,
)


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
    contributors: Annotated[int, Field(strict=True, ge=1, le=3)]
    max_percent: Annotated[int, Field(strict=True, ge=10, le=85)]


class DiversityFloor(Block):
    """The loosest diversity rule."""

    l_min: Annotated[int, Field(strict=True, ge=2, le=100)]
    max_share_percent: Annotated[int, Field(strict=True, ge=10, le=90)]


class SuppressionFloor(Block):
    """The weakest protection of a masked cell."""

    protection_percent: Annotated[int, Field(strict=True, ge=1, le=100)]
    protection_min: Annotated[int, Field(strict=True, ge=1, le=1_000_000)]


class SmallPopulationFloor(Block):
    """The smallest threshold."""

    threshold_min: Annotated[int, Field(strict=True, ge=1, le=1_000_000)]


class Finest(Block):
    """The finest levels that may leave."""

    time: Literal[Level.HOUR, Level.DAY, Level.WEEK, Level.MONTH, Level.QUARTER, Level.YEAR]
    zone: Literal[Level.IRIS, Level.COMMUNE, Level.EPCI]
    grid: Literal[Level.GRID_200M, Level.GRID_1KM, Level.COMMUNE, Level.EPCI]
    bin_width_min: Annotated[int, Field(strict=True, ge=1, le=1_000_000)]


class Minors(Block):
    """Floors where minors are concerned. `grid` is a level or "refuse"."""

    k: Annotated[int, Field(strict=True, ge=11, le=100_000)]
    derogation: Literal["non"]
    time: Literal[Level.MONTH, Level.QUARTER, Level.YEAR]
    zone: Literal[Level.COMMUNE, Level.EPCI]
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


_Signer = Literal[PersonRole.AUTHOR, PersonRole.DPO, PersonRole.GARANT]
RolePair = Annotated[tuple[_Signer, _Signer], NoRepeat]


class GovernanceRules(Block):
    """How many sign, and how fast a stop acts."""

    opening_signatures: Literal[2]
    stopping_signatures: Literal[1]
    resuming_signatures: Literal[2]
    withdrawal_delay_max: DurationText
    policy_validity_max: DurationText
    incompatibilities: Annotated[tuple[RolePair, ...], Field(min_length=3, max_length=3)]


_MatrixCategory = Literal[
    Category.PERSON,
    Category.HOUSEHOLD,
    Category.ENTERPRISE,
    Category.DEVICE,
    Category.DELIVERY_POINT,
    Category.TRIP,
    Category.PLACE,
    Category.TIME,
    Category.CODE_LIST,
    Category.MEASURE,
    Category.FREE_TEXT,
]
_MatrixOperation = Literal[
    Operation.KEEP,
    Operation.PSEUDONYMISE,
    Operation.GENERALISE,
    Operation.AGGREGATE,
    Operation.COUNT_UNITS,
    Operation.ROUND,
    Operation.CAP,
    Operation.MASK,
]


class MatrixRow(Block):
    """Which treatments are allowed for these categories and roles."""

    categories: Annotated[tuple[_MatrixCategory, ...], Field(min_length=1), NoRepeat]
    roles: Annotated[tuple[Role, ...], Field(min_length=1), NoRepeat]
    treatments: Annotated[tuple[_MatrixOperation, ...], Field(min_length=1), NoRepeat]


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
    max_loss_percent: Annotated[int, Field(strict=True, ge=0, le=100)]
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
    values: Annotated[tuple[SourceValue, ...], Field(min_length=1), NoRepeat] | None = None
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
