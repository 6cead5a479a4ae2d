"""The shape of `sources/S.yaml`: closed blocks, French outside, English inside; pydantic checks it."""

from hashlib import sha256
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

FIELD_TYPES: Final = (
    "texte", "entier", "decimal", "date", "date-heure", "position", "geometrie", "fichier", "booleen", "code",
)  # fmt: skip
"""The types of the charter language; `charter.vocabulary.FieldType` has the same, which a test holds."""

_Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=80)]
_Column = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
_Text = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
_Interval = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,3} (minute|heure|jour|semaine|moi|an)s?$")]
_Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/?#@]+([/?#]\S*)?$", max_length=2000)]
"""Without a user or a password: anybody may read it."""
_Factor = Annotated[int, Field(ge=1, le=1_000_000_000)]
_Type = Literal[
    "texte", "entier", "decimal", "date", "date-heure", "position", "geometrie", "fichier", "booleen", "code"
]
_YesNo = Literal["oui", "non"]

EXPECTED: Final = {
    "source": ("un identifiant en minuscules et tirets", "an identifier in lower case and hyphens"),
    "jeu": ("un identifiant en minuscules et tirets", "an identifier in lower case and hyphens"),
    "nom": ("un nom de colonne en minuscules, chiffres et _", "a column name in lower case, digits and _"),
    "type": (f"un type parmi {', '.join(FIELD_TYPES)}", f"a type among {', '.join(FIELD_TYPES)}"),
    "toutes_les": ("une durée comme « 10 minutes »", "a duration like “10 minutes”"),
    "point": ("un identifiant en minuscules et tirets", "an identifier in lower case and hyphens"),
    "adresse": ("une adresse, sans nom ni mot de passe", "an address, without a user or a password"),
    "jeux": ("une liste de jeux, vide s'il le faut", "a list of datasets, empty if need be"),
    "simule": ("« oui » ou « non »", "“oui” or “non”"),
    "facultatif": ("« oui » ou « non »", "“oui” or “non”"),
    "passe": ("« oui » ou « non »", "“oui” or “non”"),
    "annees": ("cent années, comme « 1927-2026 »", "a hundred years, like “1927-2026”"),
    "decimales": ("un entier de 1 à 6", "an integer from 1 to 6"),
    "multiplier": ("un entier positif", "a positive integer"),
    "diviser": ("un entier positif", "a positive integer"),
    "flux": ("une liste d'au moins un flux", "a list of at least one flow"),
    "colonnes": ("une liste d'au moins une colonne", "a list of at least one column"),
    "valeurs": ("une liste de textes, entre guillemets si ce sont des nombres", "a list of texts, numbers in quotes"),
    "vides": ("une liste de textes, entre guillemets si ce sont des nombres", "a list of texts, numbers in quotes"),
    "garder": ("une liste de {chemin, valeurs}", "a list of {chemin, valeurs}"),
    "taille_max": ("un nombre entier de Mio, en chiffres", "a whole number of MiB, in digits"),
    "options": ("des textes, entre guillemets si ce sont des nombres", "texts, numbers in quotes"),
}
"""What each key expects, for the refusal's sentence, in both languages."""


class _Block(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=False)


class DeclaredUnit(_Block):
    """The unit that a nested payload states beside its value: a change of it stops the dataset."""

    path: _Text = Field(alias="chemin")
    value: _Text = Field(alias="valeur")


class DeclaredColumn(_Block):
    """A column of the delivery and where the parser's row holds it."""

    name: _Column = Field(alias="nom")
    path: _Text = Field(alias="chemin")
    type: _Type
    decimals: Annotated[int, Field(ge=1, le=6)] | None = Field(None, alias="decimales")
    times: _Factor = Field(1, alias="multiplier")
    per: _Factor = Field(1, alias="diviser")
    written: str | None = Field(None, alias="ecrit")
    years: Annotated[str, StringConstraints(pattern=r"^[12][0-9]{3}-[12][0-9]{3}$")] | None = Field(
        None, alias="annees"
    )
    past: _YesNo | None = Field(None, alias="passe")
    empties: Annotated[list[_Text], Field(min_length=1)] | None = Field(None, alias="vides")
    optional: _YesNo = Field("non", alias="facultatif")
    unit: DeclaredUnit | None = Field(None, alias="unite")
    codes: (
        Annotated[list[Annotated[str, StringConstraints(min_length=1, max_length=200)]], Field(min_length=1)] | None
    ) = Field(None, alias="valeurs")
    box: str | None = Field(None, alias="cadre")


class DeclaredSelection(_Block):
    """Rows that are kept, and the column whose value names who is withdrawn from past versions when one is not."""

    path: _Text = Field(alias="chemin")
    values: Annotated[list[str], Field(min_length=1)] = Field(alias="valeurs")
    withdraws: _Column | None = Field(None, alias="retirer")


class DeclaredFlow(_Block):
    """One flow, for one dataset."""

    dataset: _Slug = Field(alias="jeu")
    protocol: _Text = Field(alias="protocole")
    access: _Text = Field(alias="acces")
    address: _Text = Field(alias="adresse")
    every: _Interval = Field(alias="toutes_les")
    secret: _Slug | None = None
    options: dict[str, str] = Field(default_factory=dict)
    columns: Annotated[list[DeclaredColumn], Field(min_length=1)] = Field(alias="colonnes")
    kept: list[DeclaredSelection] = Field(default_factory=list, alias="garder")

    @property
    def identifier(self) -> str:
        """Return what tells this flow from its dataset's others, the same from one start to the next."""
        return f"{self.access}-{self.protocol}-{sha256(self.address.encode()).hexdigest()[:8]}"


class DeclaredSource(_Block):
    """The whole file."""

    source: _Slug
    title: _Text = Field(alias="titre")
    operator: _Text = Field(alias="exploitant")
    description: _Text | None = None
    simulated: _YesNo = Field(alias="simule")
    flows: Annotated[list[DeclaredFlow], Field(min_length=1)] = Field(alias="flux")


class DeclaredPoint(_Block):
    """The whole file of a public endpoint, `points-publics/NOM.yaml`: what is known of it, how it would be asked."""

    point: _Slug
    title: _Text = Field(alias="titre")
    operator: _Text = Field(alias="exploitant")
    address: _Address = Field(alias="adresse")
    protocol: _Text = Field(alias="protocole")
    secret: _Slug | None = None
    options: dict[str, str] = Field(default_factory=dict)
    datasets: list[_Slug] = Field(alias="jeux")
    """Those of the territory that it could feed; none where it only helps to find others."""
    licence: _Text
    quota: _Text
    known: _Text = Field(alias="connu")
    verified: _Text = Field(alias="verifie")
    """What somebody saw with their own eyes, and when."""


POINT_KEYS: Final = {"": tuple(field.alias or name for name, field in DeclaredPoint.model_fields.items())}

KEYS: Final = {
    "": tuple(DeclaredSource.model_fields[name].alias or name for name in DeclaredSource.model_fields),
    "flux": tuple(DeclaredFlow.model_fields[name].alias or name for name in DeclaredFlow.model_fields),
    "colonnes": tuple(DeclaredColumn.model_fields[name].alias or name for name in DeclaredColumn.model_fields),
    "unite": tuple(DeclaredUnit.model_fields[name].alias or name for name in DeclaredUnit.model_fields),
    "garder": tuple(DeclaredSelection.model_fields[name].alias or name for name in DeclaredSelection.model_fields),
}
"""The keys of each block, by the key under which the block stands, for « did you mean »."""
