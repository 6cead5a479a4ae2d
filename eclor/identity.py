"""Who a territory is (`territoire.yaml`): its names and its words, for pages and metadata; a place is configuration."""

from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from catalog.metadata.record import Bounds, Desk, Publisher
from charter.reader import read
from eclor.errors import DeclarationRefused

_DEGREES: Final = r"-?[0-9]{1,3}(\.[0-9]{1,7})?"
_BOUNDS: Final = rf"^{_DEGREES}(, ?{_DEGREES}){{3}}$"


class Contact(BaseModel):
    """A service that answers, never a person.

    `page` is where one writes to it: a path of the catalogue, or an address elsewhere.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: str = Field(alias="nom")
    email: str = Field(alias="courriel")
    page: str = Field(pattern=r"^(https?://|/)\S*$")


class Identity(BaseModel):
    """A territory's card. `demonstration` says that sources are simulated and keys known to everybody.

    `bounds` are west, south, east and north in degrees (WGS 84); `place` is its word in an authority table.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: str = Field(alias="territoire", pattern=r"^[a-z][a-z0-9-]*$")
    name: str = Field(alias="nom")
    short_name: str = Field(alias="nom_court")
    siren: str = Field(alias="siren", pattern=r"^[0-9]{9}$")
    promise: str = Field(alias="promesse")
    presentation: str
    languages: Annotated[tuple[Literal["fr", "en", "de", "lb"], ...], Field(min_length=1)] = Field(alias="langues")
    contact: Contact
    bounds: str = Field(alias="emprise", pattern=_BOUNDS)
    place: str = Field(alias="lieu", pattern=r"^https?://\S+$")
    demonstration: Literal["oui", "non"]

    @field_validator("bounds")
    @classmethod
    def _bounds_are_a_box(cls, text: str) -> str:
        west, south, east, north = _degrees(text)
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):  # noqa: PLR2004 - the Earth's own
            raise ValueError("emprise")
        return text

    @property
    def publisher(self) -> Publisher:
        """Return what descriptions of datasets say of it."""
        return Publisher(
            slug=self.slug,
            name=self.name,
            presentation=self.presentation,
            languages=self.languages,
            contact=Desk(self.contact.name, self.contact.email, self.contact.page),
            bounds=Bounds(*_degrees(self.bounds)),
            place=self.place,
        )


def _degrees(text: str) -> tuple[float, ...]:
    return tuple(float(part) for part in text.split(","))


def read_identity(territory: Path) -> Identity:
    """Read `territoire.yaml` of a territory's folder. Refuses (`DeclarationRefused`) what is missing or unknown."""
    file = territory / "territoire.yaml"
    if not file.is_file():
        raise DeclarationRefused("territory.no-identity", file=str(file))
    document = read(file)
    try:
        return Identity.model_validate(document.plain)
    except ValidationError as invalid:
        first = invalid.errors()[0]
        where = tuple(step for step in first["loc"] if isinstance(step, str | int))
        raise DeclarationRefused(
            "territory.identity-shape", place=document.key(*where), key=".".join(map(str, where))
        ) from invalid
