"""Bodies of the social economy, as a company search answers: people in business and hidden ones too. None is real."""

from typing import Final

import orjson
from pydantic import Field

from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_FIRST_SIREN: Final = 999_000_000
_MOST: Final = 25
"""What the public API gives in a page, at most."""
_HIDDEN: Final = "[ND]"
_OWN_NAME: Final = "1000"
"""The legal category of a person who trades under their own name (entrepreneur individuel)."""


class Kind(Block):
    """A kind of body: its legal category, its activity, how it is called, how many there are."""

    category: str = Field(alias="nature_juridique")
    activity: str = Field(alias="activite")
    name: str = Field(alias="nom")
    """With `{commune}` and `{numero}`."""
    count: int = Field(alias="nombre")
    department: str = Field("", alias="departement")
    """The only one where the law knows such a body, if it does not everywhere."""
    is_social: bool = Field(default=True, alias="ess")


class Bodies(Block):
    """The register: `ess.yaml`."""

    kinds: tuple[Kind, ...] = Field(alias="genres")
    hidden: float = Field(alias="part_non_diffusible")
    bands: tuple[str, ...] = Field(alias="tranches")
    """Staff bands of INSEE; `NN` is unknown, not zero."""


def search(bodies: Bodies, stage: Stage) -> Given:
    """Give a page of the bodies that are asked for: one result a legal unit, with its seat.

    What is not diffusible reads `[ND]`. `est_ess=true` and `nature_juridique=…` choose.
    """
    size = min(int(stage.query.get("per_page", "25")), _MOST)
    page = int(stage.query.get("page", "1"))
    found = _asked(bodies, stage)
    shown = found[(page - 1) * size : page * size]
    answer = {
        "results": [_result(bodies, stage, kind, number=number) for number, kind in shown],
        "total_results": len(found),
        "page": page,
        "per_page": size,
        "total_pages": -(-len(found) // size),
    }
    return Given(orjson.dumps(answer), "application/json", midnight(stage.today.replace(day=1), stage.zone))


def _asked(bodies: Bodies, stage: Stage) -> list[tuple[int, Kind]]:
    categories, social = stage.names("nature_juridique"), stage.query.get("est_ess") == "true"
    numbered = enumerate((kind for kind in bodies.kinds for _ in range(kind.count)), start=1)
    return [
        (number, kind)
        for number, kind in numbered
        if (kind.is_social or not social) and (not categories or kind.category in categories)
    ]


def _result(bodies: Bodies, stage: Stage, kind: Kind, *, number: int) -> dict[str, object]:
    draws = generator(stage.seed, "body", number)
    commune = stage.communes[stage.commune(draws, department=kind.department)]
    hidden = bool(draws.random() < bodies.hidden)
    siren = str(_FIRST_SIREN + number)
    band, status = str(draws.choice(bodies.bands)), "P" if hidden else "O"
    street = f"{int(draws.integers(1, 90))} {stage.street(draws)}"
    return {
        "siren": siren,
        "nom_raison_sociale": _HIDDEN if hidden else kind.name.format(commune=commune.name, numero=number),
        "nature_juridique": kind.category,
        "activite_principale": kind.activity,
        "tranche_effectif_salarie": band,
        "etat_administratif": "A",
        "statut_diffusion": status,
        "complements": {"est_ess": kind.is_social, "est_entrepreneur_individuel": kind.category == _OWN_NAME},
        "dirigeants": [{"nom": "EXEMPLE", "prenoms": "PRÉNOM", "type_dirigeant": "personne physique"}],
        "siege": {
            "siret": f"{siren}{10:05d}",
            "activite_principale": kind.activity,
            "tranche_effectif_salarie": band,
            "etat_administratif": "A",
            "statut_diffusion_etablissement": status,
            "commune": commune.code,
            "adresse": _HIDDEN if hidden else street,
        },
    }


SYSTEM: Final = DomainSystem(Bodies, {"/entreprises/search": search})
