"""The one description of a dataset: everything that a catalogue, a descriptor or a feed says of it comes from here.

`catalog.metadata.recording` makes it. It knows no format and no origin: paths are relative to the catalogue, and each
renderer gives them the origin under which it is read. Nothing of what came in stands in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from catalog.declaration import HighValue, Kind, Theme
from catalog.licences import LICENCES, LicenceTerms
from catalog.quality import Measures
from charter.public_terms import LICENCE_TEXTS
from charter.vocabulary import Licence
from eclor.names import Sha256

Texts = Mapping[str, str]
"""The same words by language: `fr` always, `en`, `de` and `lb` where somebody wrote them."""
LANGUAGES: Final = ("fr", "en", "de", "lb")
"""In the order in which they are written."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """A box on the Earth, degrees WGS 84."""

    west: float
    south: float
    east: float
    north: float

    @property
    def polygon(self) -> str:
        """Return it as a WKT polygon, longitude first."""
        corners = (
            (self.west, self.south),
            (self.east, self.south),
            (self.east, self.north),
            (self.west, self.north),
            (self.west, self.south),
        )
        return f"POLYGON(({', '.join(f'{x:.10g} {y:.10g}' for x, y in corners)}))"


@dataclass(frozen=True, slots=True)
class Desk:
    """A service that answers: its name, its e-mail, the page where one writes (a path here, or an address)."""

    name: str
    email: str
    page: str


@dataclass(frozen=True, slots=True)
class Publisher:
    """The territory, as descriptions name it; `place` is its word in an authority table."""

    slug: str
    name: str
    presentation: str
    languages: tuple[str, ...]
    contact: Desk
    bounds: Bounds
    place: str

    @property
    def path(self) -> str:
        """Return what it is known by, under the catalogue's origin."""
        return f"/#{self.slug}"


@dataclass(frozen=True, slots=True)
class Column:
    """A published column. `type` and `constraints` are its Table Schema's, `labels` the French words of its codes.

    `role` is `dimension`, `measure`, `status` or `technical`; `level` the level of a generalised one, or "".
    """

    name: str
    titles: Texts
    descriptions: Texts
    type: str
    role: str
    level: str
    unit: str
    decimals: int
    constraints: Mapping[str, object]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Distribution:
    """One data file of the version: its name, its type, its digest; `file_type` is its word in the EU table."""

    file_name: str
    media_type: str
    file_type: str
    size_bytes: int
    sha256: Sha256
    titles: Texts
    descriptions: Texts

    @property
    def key(self) -> str:
        """Return what tells it from the others: `csv`, `parquet`, and so on."""
        return self.file_name.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Standard:
    """What the data follow: the address of a common schema, and its name."""

    address: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is said of any dataset of the catalogue."""

    slug: str
    titles: Texts
    descriptions: Texts
    keywords: Mapping[str, tuple[str, ...]]
    question: str
    theme: Theme
    service: str
    contact: Desk
    publisher: Publisher
    modified: datetime
    """When this version was published; of what is not collected, when that was last said."""

    @property
    def title(self) -> str:
        """Return the title in French."""
        return self.titles["fr"]

    @property
    def description(self) -> str:
        """Return the description in French."""
        return self.descriptions["fr"]

    @property
    def path(self) -> str:
        """Return the dataset's own path: its IRI under the catalogue's origin."""
        return f"/dataset/{self.slug}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal(Entry):
    """A dataset that the territory does not collect: announced with the reason, and without any file."""

    reasons: Texts
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Entry):
    """A dataset and the version of it that is described."""

    kind: Kind
    simulated: bool
    licence: Licence
    rights: Texts
    provenance: Texts
    frequency: str
    """A word of the EU table of frequencies."""
    frequency_words: str
    bounds: Bounds
    temporal: tuple[date, date]
    """First and last day that the rows tell of; of a delivery or a live state, the day that it stood."""
    issued: datetime
    """When the dataset was first published."""
    version: int
    version_note: str
    policy_version: int
    rows: int
    high_value: tuple[HighValue, ...]
    conforms_to: Standard | None
    """The common schema that is declared, if any; the dataset's own schema is `schema_path`."""
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    distributions: tuple[Distribution, ...]
    measures: Measures | None = None
    """How full its rows are, where that was measured."""

    @property
    def terms(self) -> LicenceTerms:
        """Return the licence's names and the address of its text."""
        return LICENCES[self.licence]

    @property
    def licence_iri(self) -> str:
        """Return the licence's word in the EU table."""
        return LICENCE_TEXTS[self.licence]

    @property
    def version_path(self) -> str:
        """Return the path of this version."""
        return f"{self.path}/versions/{self.version}"

    @property
    def records_path(self) -> str:
        """Return where its rows are asked for."""
        return f"/api/v1/datasets/{self.slug}/records"

    @property
    def schema_path(self) -> str:
        """Return where the newest table schema is."""
        return f"{self.path}/schema.json"

    def file_path(self, name: str) -> str:
        """Return where the newest version of a file is: an address that stays."""
        return f"{self.path}/{name}"

    def version_file_path(self, name: str) -> str:
        """Return where this version's own file is."""
        return f"{self.version_path}/{name}"

    def distribution(self, key: str) -> Distribution | None:
        """Return the distribution of that key, if the version has it."""
        return next((found for found in self.distributions if found.key == key), None)


def absolute(origin: str, path: str) -> str:
    """Return a path under an origin; an address that is absolute already stays as it is."""
    return path if path.startswith(("http://", "https://")) else origin + path
