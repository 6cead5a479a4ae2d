"""Who a territory is (`territoire.yaml`): its names and its words, for pages and metadata; a place is configuration."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from charter.reader import read
from eclor.errors import DeclarationRefused


class Contact(BaseModel):
    """A service that answers, never a person."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: str = Field(alias="nom")
    email: str = Field(alias="courriel")


class Identity(BaseModel):
    """A territory's card. `demonstration` says that sources are simulated and keys known to everybody."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: str = Field(alias="territoire", pattern=r"^[a-z][a-z0-9-]*$")
    name: str = Field(alias="nom")
    short_name: str = Field(alias="nom_court")
    siren: str = Field(alias="siren", pattern=r"^[0-9]{9}$")
    promise: str = Field(alias="promesse")
    presentation: str
    languages: Annotated[tuple[Literal["fr", "en", "de", "lb"], ...], Field(min_length=1)] = Field(alias="langues")
    contact: Contact
    demonstration: Literal["oui", "non"]


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
