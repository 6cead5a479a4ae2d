"""A dataset's declaration, `datasets/JEU.yaml`: what it is, what its columns mean, what must be true of its rows.

What comes in is French; the names here are English. An unknown key is refused. It never loosens a gate: what may
leave is said by the signed policy alone.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    PrivateAttr,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from catalog.reference_schema import ReferenceSchema, read_reference
from charter.vocabulary import YesNo
from eclor.errors import DeclarationRefused
from eclor.names import Slug
from harvesters.strict_yaml import Document, read_document

SlugText = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=80)]
ColumnText = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
Phrase = Annotated[str, StringConstraints(min_length=2, max_length=300)]
Prose = Annotated[str, StringConstraints(min_length=2, max_length=4000)]
Bound = int | Annotated[str, StringConstraints(pattern=r"^-?[0-9]+(\.[0-9]+)?$")]
DurationText = Annotated[
    str,
    StringConstraints(
        pattern=r"^[1-9][0-9]{0,3} (minute|minutes|heure|heures|jour|jours|semaine|semaines|mois|an|ans)$"
    ),
]


class Kind(StrEnum):
    """How the dataset lives (`nature`)."""

    SNAPSHOT = "instantane"
    SERIES = "serie"
    LIVE = "direct"


class Theme(StrEnum):
    """What the dataset is about (`theme`)."""

    WASTE = "dechets"
    LIGHTING = "eclairage"
    ENERGY = "energie"
    TRAFFIC = "trafic"
    SAFETY = "securite"
    SOCIAL_ECONOMY = "ess"
    MOBILITY = "mobilite"
    SHARING = "partage"
    BOOKING = "reservation"
    REPORTS = "signalements"
    ALERTS = "alertes"
    PLANNING = "urbanisme"
    ENVIRONMENT = "environnement"
    PUBLIC_LIFE = "vie-publique"


class ViewKind(StrEnum):
    """How the page shows the rows first (`vue.genre`)."""

    HEAT_MAP = "carte-de-chaleur"
    BARS = "barres"
    MAP = "carte"
    WAITING = "attente"
    LIST = "liste"
    NONE = "aucune"


class HighValue(StrEnum):
    """The category of a high-value dataset (`forte_valeur`; regulation (EU) 2023/138, annex)."""

    GEOSPATIAL = "geospatial"
    MOBILITY = "mobilite"
    ENVIRONMENT = "environnement"
    STATISTICS = "statistiques"
    METEOROLOGY = "meteorologie"
    COMPANIES = "entreprises"


class Block(BaseModel):
    """A block of a declaration: closed and frozen."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=False)


class Bilingual(Block):
    """The same words in French and in English, in German and Luxembourgish where somebody wrote them."""

    fr: Phrase
    en: Phrase
    de: Phrase | None = None
    lb: Phrase | None = None


class Description(Block):
    """What the dataset is, in plain words, long enough to be understood."""

    fr: Annotated[str, StringConstraints(min_length=100, max_length=4000)]
    en: Prose
    de: Prose | None = None
    lb: Prose | None = None


class Reason(Block):
    """Why something is not collected, in whole sentences."""

    fr: Annotated[str, StringConstraints(min_length=40, max_length=4000)]
    en: Prose
    de: Prose | None = None
    lb: Prose | None = None


class Keywords(Block):
    """Words that a search finds."""

    fr: Annotated[tuple[Phrase, ...], Field(min_length=1)]
    en: Annotated[tuple[Phrase, ...], Field(min_length=1)]
    de: Annotated[tuple[Phrase, ...], Field(min_length=1)] | None = None
    lb: Annotated[tuple[Phrase, ...], Field(min_length=1)] | None = None


class Contact(Block):
    """Whom to ask: a service, never a person."""

    name: Phrase = Field(alias="nom")
    email: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$")] = Field(alias="courriel")


class Constraints(Block):
    """What every value of a column must satisfy; a masked row's empty measures are exempt from `required`."""

    required: YesNo = Field(YesNo.NO, alias="obligatoire")
    pattern: Phrase | None = Field(None, alias="motif")
    values: Annotated[tuple[str | int, ...], Field(min_length=1)] | None = Field(None, alias="valeurs")
    minimum: Bound | None = None
    maximum: Bound | None = None
    unique: YesNo = YesNo.NO


class DeclaredColumn(Block):
    """A published column: its words for people and its constraints."""

    name: ColumnText = Field(alias="nom")
    title: Bilingual = Field(alias="titre")
    description: Bilingual | None = None
    unit: str = Field("", alias="unite", max_length=20)
    constraints: Constraints = Field(Constraints(), alias="contraintes")


class Expectation(Block):
    """One expectation, of great-expectations or our own, by its name and parameters, and why it must hold."""

    name: Annotated[str, StringConstraints(pattern=r"^(expect_[a-z_]+|[a-z]+(-[a-z0-9]+)+)$")] = Field(alias="attente")
    parameters: Mapping[str, JsonValue] = Field(alias="parametres")
    reason: Phrase = Field(alias="motif")


class DeclaredDrift(Block):
    """How far a release may be from the version before: beyond, it is told, or refused where `refuse` says so."""

    fewer_percent: Annotated[int, Field(ge=0, le=100)] = Field(20, alias="lignes_en_moins")
    more_percent: Annotated[int, Field(ge=0)] = Field(100, alias="lignes_en_plus")
    empty_points: Annotated[int, Field(ge=0, le=100)] = Field(10, alias="vides")
    shape_hundredths: Annotated[int, Field(ge=0)] = Field(25, alias="repartition")
    refuses: YesNo = Field(YesNo.NO, alias="refuse")


class View(Block):
    """The chart or map that the dataset's page opens with; rows, columns and value name columns."""

    kind: ViewKind = Field(alias="genre")
    rows: ColumnText | None = Field(None, alias="lignes")
    columns: ColumnText | None = Field(None, alias="colonnes")
    value: ColumnText | None = Field(None, alias="valeur")


class Announced(Block):
    """What is said of any dataset, whether its rows are ever published or not even collected."""

    dataset: SlugText = Field(alias="jeu")
    title: Bilingual = Field(alias="titre")
    description: Description
    question: Phrase
    service: Phrase
    contact: Contact
    theme: Theme
    keywords: Keywords = Field(alias="mots_cles")

    def plain(self) -> dict[str, object]:
        """Return the declaration under its French keys, as JSON holds it."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


class NotCollected(Announced):
    """What a service could deliver and the territory does not take in: it has neither source, nor policy, nor rows."""

    kind: Literal["non-collecte"] = Field(alias="nature")
    elements: Keywords
    """What is not collected, thing by thing."""
    reason: Reason = Field(alias="motif")
    basis: Phrase = Field(alias="fondement")
    """The article of law, or the deliberation, that the reason stands on."""


class DatasetDeclaration(Announced):
    """All that is declared of one dataset beside its policy and its source."""

    kind: Kind = Field(alias="nature")
    source_licence: Phrase = Field(alias="licence_source")
    simulated: YesNo = Field(alias="simule")
    frequency: Phrase = Field(alias="frequence")
    freshness: DurationText = Field(alias="fraicheur")
    window: DurationText | None = Field(None, alias="fenetre")
    """How long a time each period's rows count together, up to the end of the period that names them."""
    conforms_to: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = Field(None, alias="conforme_a")
    high_value: tuple[HighValue, ...] = Field((), alias="forte_valeur")
    key: Annotated[tuple[ColumnText, ...], Field(min_length=1)] = Field(alias="cle")
    columns: Annotated[tuple[DeclaredColumn, ...], Field(min_length=1)] = Field(alias="colonnes")
    expectations: tuple[Expectation, ...] = Field((), alias="attentes")
    drift: DeclaredDrift | None = Field(None, alias="derive")
    view: View = Field(View.model_validate({"genre": "aucune"}), alias="vue")
    labels: Mapping[ColumnText, Mapping[str, Phrase]] = Field({}, alias="etiquettes")
    _reference: ReferenceSchema | None = PrivateAttr(None)

    @model_validator(mode="after")
    def _names_agree(self) -> Self:
        names = [column.name for column in self.columns]
        used = {*self.key, *self.labels, self.view.rows, self.view.columns, self.view.value} - {None}
        if len(set(names)) != len(names) or not used <= {*names}:
            raise ValueError("columns")
        return self

    def model_post_init(self, context: object) -> None:
        """Read what stands beside the file that is read, if one is."""
        if isinstance(context, Path):
            self._reference = read_reference(context, self.conforms_to)

    @property
    def reference(self) -> ReferenceSchema | None:
        """Return the common schema whose file stands beside the declaration, if one does."""
        return self._reference

    def column(self, name: str) -> DeclaredColumn | None:
        """Return the declared column of that name, if any."""
        return next((column for column in self.columns if column.name == name), None)


Declaration = DatasetDeclaration | NotCollected
NOT_COLLECTED: Final = "non-collecte"


def read_dataset(file: Path) -> Declaration:
    """Read one `datasets/JEU.yaml`; `nature` says which of the two it is.

    Refuses (`DeclarationRefused`, with file, line and column of the first fault) what is not strict YAML, an unknown
    or missing key, a value out of bounds, a `jeu` that is not the file's name, a schema beside it that is none.
    """
    document = read_document(file)
    try:
        declaration = _shape_of(document.plain).model_validate(document.plain, context=file)
    except ValidationError as invalid:
        raise _refusal(document, invalid) from None
    if declaration.dataset != file.stem:
        raise DeclarationRefused("dataset.other-name", place=document.place(("jeu",)), expected=file.stem)
    return declaration


def _shape_of(plain: object) -> type[Declaration]:
    left_out = isinstance(plain, Mapping) and plain.get("nature") == NOT_COLLECTED
    return NotCollected if left_out else DatasetDeclaration


def read_datasets(folder: Path) -> dict[Slug, Declaration]:
    """Read every declaration of a territory's `datasets` folder, in the order of their slugs."""
    declarations = (read_dataset(file) for file in sorted(folder.glob("*.yaml")))
    return {Slug(declaration.dataset): declaration for declaration in declarations}


_CODES: Final[Mapping[str, str]] = {
    "extra_forbidden": "dataset.unknown-key",
    "missing": "dataset.missing-key",
    "value_error": "dataset.columns",
}


_QUOTED: Final = re.compile(r"'([^']*)'")
_FORMS: Final = (
    ("minute", "une durée, comme « 30 jours » ou « 13 mois »", "a duration, as “30 jours” or “13 mois”"),
    ("@", "l'adresse électronique d'un service", "the e-mail address of a service"),
    ("a-z0-9_", "des minuscules sans accent, des chiffres et « _ »", "small letters without accent, digits and “_”"),
)
"""A sign of a pattern → what it asks for."""


def _refusal(document: Document, invalid: ValidationError) -> DeclarationRefused:
    """Return the refusal of the first fault of the file; a key that is missing may be one that is misspelt: last."""
    faults = [(document.place(error["loc"]), error) for error in invalid.errors(include_input=False, include_url=False)]
    place, first = min(faults, key=lambda fault: (fault[1]["type"] == "missing", fault[0].line, fault[0].column))
    path = ".".join(str(part) for part in first["loc"]) or document.file
    return DeclarationRefused(_CODES.get(first["type"], "dataset.bad-value"), place=place, key=path, **_expected(first))


def _expected(fault: ErrorDetails) -> dict[str, str]:
    """Return what a value must be, in both languages; nothing where the key says it better."""
    context = fault.get("ctx", {})
    french, english = "", ""
    match fault["type"]:
        case "enum" | "literal_error":
            words = ", ".join(_QUOTED.findall(str(context["expected"])))
            french, english = f"un mot parmi {words}", f"one of {words}"
        case "string_too_short":
            french, english = (
                said.format(context["min_length"]) for said in ("{} lettres au moins", "{} letters at least")
            )
        case "string_too_long":
            french, english = (
                said.format(context["max_length"]) for said in ("{} lettres au plus", "{} letters at most")
            )
        case "string_pattern_mismatch":
            forms = (form for mark, *form in _FORMS if mark in str(context["pattern"]))
            french, english = next(forms, ("", ""))
        case _:
            pass
    if not french:
        return {"expected_fr": "", "expected_en": ""}
    return {"expected_fr": f" Attendu : {french}.", "expected_en": f" Expected: {english}."}
