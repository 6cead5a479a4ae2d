"""Words for hand-made columns: a declaration in its French keys, and the columns of a version."""

from api.pages.names import Names
from catalog.declaration import DatasetDeclaration
from charter.release_parts import ReleaseColumn
from tests.unit.catalog.publish.released import DECLARED_PASSAGES

VISITS = (
    ReleaseColumn("site", "code", "dimension"),
    ReleaseColumn("horodatage", "texte", "dimension", level="jour"),
    ReleaseColumn("passages", "entier", "measure"),
    ReleaseColumn("foyers", "entier", "measure"),
    ReleaseColumn("statut", "code", "status"),
)
HEAT = {"genre": "carte-de-chaleur", "lignes": "horodatage", "colonnes": "site", "valeur": "foyers"}


def names(columns: tuple[ReleaseColumn, ...] = VISITS, **declared: object) -> Names:
    """The words of these columns, under a declaration changed as said."""
    plain = DECLARED_PASSAGES | {
        "colonnes": [{"nom": one.name, "titre": {"fr": one.name, "en": one.name}} for one in columns],
        "cle": [columns[0].name],
        **declared,
    }
    return Names(DatasetDeclaration.model_validate(plain), {one.name: one for one in columns})


def row(site: str, day: str, foyers: int | None) -> dict[str, str | int | None]:
    """One row of visits; without a figure it is masked."""
    status = "masque" if foyers is None else "publie"
    return {"site": site, "horodatage": day, "passages": foyers, "foyers": foyers, "statut": status}
