"""What a source is once its declaration is read: a flow, its columns, and how often it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import final

from eclor.names import FieldName, Sha256, Slug, SourceName
from harvesters.boxes import Box


@dataclass(frozen=True, slots=True)
class ExpectedUnit:
    """The unit that the payload states at `path`: another one stops the dataset."""

    path: str
    value: str


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column of the delivery: where the parser finds it and as what it is read.

    `path` is a key of the parser's row (dotted for nested payloads, the header for tables); a position may name two
    of them, « longitude,latitude ». `type` is a `FieldType` word of the language (`texte`, `entier`, `date-heure`…),
    kept as text because this room knows no policy.
    """

    name: FieldName
    path: str
    type: str
    decimals: int = 0
    times: int = 1
    per: int = 1
    """A number is read as value x `times` / `per`, half up: watts over 900 s become Wh with 900 / 3600."""
    written: str = ""
    """How people write its numbers or days (`ecrit`), a name of `harvesters.written`; "" for the plain way."""
    first_year: int | None = None
    """Of the hundred years (`annees`) that a year of two digits is one of; None: as POSIX has them, 1969 to 2068."""
    past: bool = False
    """Whether a day or an instant after its coming is impossible (`passe`): such a row is refused."""
    empties: frozenset[str] = frozenset()
    """What stands for no value (`vides`): a cell that says one of these is empty, never a number nor a code."""
    optional: bool = False
    """Whether a nested row may lack the path (`facultatif: oui`): then the cell is empty."""
    unit: ExpectedUnit | None = None
    codes: tuple[str, ...] = ()
    """The code list that the operator gave (`valeurs`): another code stops the dataset. Empty: any."""
    box: Box | None = None
    """Where its positions lie (`cadre`): a row that says one outside is left out and counted. None: anywhere."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A row selection (`garder`): only rows whose `path` holds one of `values` are kept; the others are counted."""

    path: str
    values: tuple[str, ...]
    withdraws: str = ""
    """The column that names who is in a row left out, to be withdrawn from past versions (`retirer`); "" for nobody."""


@final
@dataclass(frozen=True, slots=True)
class Source:
    """One flow of a declared source, for one dataset. Holds the name of a credential, never its value."""

    name: SourceName
    title: str
    operator: str
    dataset: Slug
    flow: str
    """Tells this flow from the dataset's others; the same from one start to the next, wherever the server listens."""
    protocol: str
    """A name of `harvesters.protocols`: how the payload is read."""
    access: str
    """A name of `harvesters.transport`: how it is fetched: `http`, `depot` (file drop), `mqtt`, `ngsi-ld`."""
    endpoint: str
    credential: str | None
    every: timedelta
    """How often it is asked; for a stream, how long its rows wait before they are sealed into a partition."""
    columns: tuple[MappedColumn, ...]
    kept: tuple[Kept, ...]
    options: Mapping[str, str]
    simulated: bool
    digest: Sha256
    """SHA-256 of the RFC 8785 form of the declaration as parsed, before endpoints are filled in."""
    file: str

    @property
    def is_told(self) -> bool:
        """Say whether its broker tells us what comes (MQTT, a subscription), while `eclor intake` listens."""
        return self.access == "mqtt" or self.subscription is not None

    @property
    def tells_a_state(self) -> bool:
        """Say whether what it tells can be told from what it told before, and the later of both (`cle`, `instant`)."""
        return self.is_told and {"cle", "instant"} <= self.options.keys()

    @property
    def subscription(self) -> str | None:
        """Return the name of the token by which a context broker tells us (`abonnement`), if it is subscribed to."""
        return self.options.get("abonnement")


def key_columns(options: Mapping[str, str]) -> tuple[str, ...]:
    """Return the columns that the option `cle` names: they tell one row from another."""
    return tuple(name.strip() for name in options["cle"].split(",")) if "cle" in options else ()
