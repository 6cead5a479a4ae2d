"""What is particular to a territory's source systems: `simulateurs/*.yaml`, read into frozen values.

French keys outside, English names inside. An unknown key is an error of whoever writes the file, said with its path.
"""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from ruamel.yaml import YAML

Code = Annotated[str, StringConstraints(pattern=r"^[0-9][0-9AB][0-9]{3}$")]
"""INSEE code of a commune: text."""
HourText = Annotated[str, StringConstraints(pattern=r"^[0-2][0-9]:[0-5][0-9]$")]
SpanText = Annotated[str, StringConstraints(pattern=r"^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$")]
"""Opening hours, local: ``09:00-12:00``."""


class Block(BaseModel):
    """A closed, frozen block."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)


class CommuneNames(Block):
    """A commune: how its name reads after "de", and how many people live there (simulated)."""

    code: Code
    of: str = Field(alias="de")
    population: int


class Town(Block):
    """What all systems share: `territoire.yaml`. Degrees are WGS 84."""

    zone: str = Field(alias="fuseau")
    longitude: float
    latitude: float
    communes: tuple[CommuneNames, ...]
    streets: tuple[str, ...] = Field(alias="voies")


class Site(Block):
    """A recycling centre; `hours` by two-letter weekday (``Mo``), a closed day is absent."""

    code: str
    name: str = Field(alias="nom")
    commune: Code
    address: str = Field(alias="adresse")
    longitude: float
    latitude: float
    households_a_day: int = Field(alias="foyers_par_jour")
    hours: dict[str, tuple[SpanText, ...]] = Field(alias="ouverture")


class Badges(Block):
    """The barriers' badges and the files that they drop."""

    households: int = Field(alias="foyers")
    prefix: str = Field(alias="prefixe")
    loyalty_percent: int = Field(alias="fidelite_pourcent")
    header: tuple[str, ...] = Field(alias="entetes", min_length=6, max_length=6)
    """Badge, household's commune, site, instant, kind of waste, volume: in this order."""
    file: str = Field(alias="fichier")
    delay_days: int = Field(alias="delai_publication_jours")


class Deposit(Block):
    """A kind of waste brought: its share (any scale) and its usual volume."""

    kind: str = Field(alias="type")
    part: int
    litres: int


class Stream(Block):
    """A kind of container on the street."""

    name: str = Field(alias="nom")
    label: str = Field(alias="libelle")
    part: int
    capacities: tuple[int, ...] = Field(alias="capacites")
    """Litres."""


class PackageWords(Block):
    """Words of the Data Package."""

    name: str = Field(alias="nom")
    title: str = Field(alias="titre")
    description: str


class Points(Block):
    """The street containers and the list that holds them with the sites."""

    total: int
    header: tuple[str, ...] = Field(alias="entetes", min_length=9, max_length=9)
    """Identifier, kind, name, streams, address, commune, position, hours, litres: in this order."""
    site_kind: str = Field(alias="genre_site")
    point_kind: str = Field(alias="genre_point")
    site_streams: str = Field(alias="flux_sites")
    hours: str = Field(alias="horaires")
    streams: tuple[Stream, ...] = Field(alias="flux")
    package: PackageWords = Field(alias="paquet")


class QueueWords(Block):
    """The broker's entities of waiting time."""

    type: str
    prefix: str = Field(alias="prefixe")
    max_minutes: int = Field(alias="minutes_max")


class FillingWords(Block):
    """The broker's entities of containers that say how full they are.

    `plate` is of the lorry that emptied it last, `token` the name of what a subscriber has the broker show.
    """

    type: str
    prefix: str = Field(alias="prefixe")
    streams: tuple[str, ...] = Field(alias="flux")
    days: tuple[int, int] = Field(alias="jours_entre_vidages")
    hour: int = Field(alias="heure_de_vidage")
    silent_percent: int = Field(alias="muets_pourcent")
    plate: str = Field(alias="plaque")
    token: str = Field(alias="jeton")


class Waste(Block):
    """The waste service's systems: `dechets.yaml`."""

    sites: tuple[Site, ...]
    weekdays: dict[str, int] = Field(alias="jours")
    hours: dict[int, int] = Field(alias="heures")
    badges: Badges
    deposits: tuple[Deposit, ...] = Field(alias="apports")
    points: Points
    queue: QueueWords = Field(alias="attente")
    filling: FillingWords = Field(alias="remplissage")


class Named(Block):
    """An object of the network server: its UUID and its name."""

    id: str
    name: str = Field(alias="nom")


class LampGroup(Block):
    """The lamps of one commune; `off` is the span of the night when all are switched off, local."""

    code: Code
    prefix: str = Field(alias="prefixe")
    lamps: int = Field(alias="luminaires")
    streets: int = Field(alias="voies")
    off: tuple[HourText, HourText] | None = Field(None, alias="extinction")


class Power(Block):
    """A nominal power and its share (any scale) of the fleet."""

    watts: int
    part: int


class Dimming(Block):
    """The span of the night when lamps that stay on are dimmed, local, and to what."""

    start: HourText = Field(alias="de")
    end: HourText = Field(alias="a")
    percent: int = Field(alias="pourcent")


class BrokerUsers(Block):
    """Who reads and who writes; `secret` names the reader's password."""

    reader: str = Field(alias="lecteur")
    secret: str
    writer: str = Field(alias="ecrivain")


class Lighting(Block):
    """The lighting platform: `eclairage.yaml`."""

    application: Named
    tenant: Named = Field(alias="locataire")
    profile: Named = Field(alias="profil")
    gateways: int = Field(alias="passerelles")
    interval_s: int = Field(alias="intervalle_s")
    broker: BrokerUsers = Field(alias="courtier")
    groups: tuple[LampGroup, ...] = Field(alias="communes")
    powers: tuple[Power, ...] = Field(alias="puissances")
    standby_w: int = Field(alias="veille_w")
    dimming: Dimming = Field(alias="abaissement")


class FacilityKind(Block):
    """A kind of public facility; `count` is by commune, or one for so many inhabitants."""

    theme: str
    code: str
    type: str
    name: str = Field(alias="nom")
    count: dict[str, int] = Field(alias="par")
    hours: str | None = Field(None, alias="horaires")


class Facilities(Block):
    """The census of public facilities: `equipements.yaml`."""

    kinds: tuple[FacilityKind, ...] = Field(alias="types")


class NameList(Block):
    """First names of one sex, the most given first."""

    code: str
    names: tuple[str, ...] = Field(alias="prenoms")


class Births(Block):
    """The civil registry: `etat-civil.yaml`."""

    a_year: int = Field(alias="naissances_par_an")
    years: int = Field(alias="annees")
    header: tuple[str, ...] = Field(alias="entetes", min_length=5, max_length=5)
    """Act, first name, sex, commune, day: in this order."""
    exponent_hundredths: int = Field(alias="exposant_centiemes")
    girls: NameList = Field(alias="filles")
    boys: NameList = Field(alias="garcons")


class Message(Block):
    """What an alert says, and where."""

    sender: str = Field(alias="emetteur")
    event: str = Field(alias="evenement")
    category: str = Field(alias="categorie")
    urgency: str = Field(alias="urgence")
    severity: str = Field(alias="severite")
    certainty: str = Field(alias="certitude")
    headline: str = Field(alias="titre")
    description: str
    instruction: str = Field(alias="consigne")
    communes: tuple[Code, ...]
    hours: int = Field(alias="duree_heures")


class Alerts(Block):
    """The relay of alerts: `alertes.yaml`."""

    prefix: str = Field(alias="prefixe")
    language: str = Field(alias="langue")
    step_hours: int = Field(alias="pas_heures")
    most: int = Field(alias="messages_max")
    contact: str
    """Of whoever is on duty: it is in the message, and not for those who do not ask for it."""
    note: str = Field(alias="mention")
    exercise: Message = Field(alias="exercice")
    messages: tuple[Message, ...]


class Parameters(Block):
    """All the parameters of a territory's source systems."""

    town: Town = Field(alias="territoire")
    waste: Waste = Field(alias="dechets")
    lighting: Lighting = Field(alias="eclairage")
    facilities: Facilities = Field(alias="equipements")
    births: Births = Field(alias="etat-civil")
    alerts: Alerts = Field(alias="alertes")


def read_parameters(territory: Path) -> Parameters:
    """Read the files of `simulateurs/` whose names are fields of `Parameters`."""
    fields = [field.alias for field in Parameters.model_fields.values()]
    return Parameters.model_validate({name: read_file(territory, name) for name in fields if name})


def read_file(territory: Path, name: str) -> object:
    """Read `simulateurs/NAME.yaml`, not yet validated."""
    text = (territory / "simulateurs" / f"{name}.yaml").read_text("utf-8")
    content: object = YAML(typ="safe", pure=True).load(text)
    return content
