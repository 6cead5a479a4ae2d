"""The mask of enterprises that are not, or only partly, diffusible (article R. 123-232 of the code de commerce).

Of such a unit only its numbers, its commune, its activity and its legal category are kept: all else becomes None,
whatever the API shows of it. A list of what may stay, so that a member nobody knows yet is masked.
"""

import re
from functools import lru_cache
from typing import Final

from harvesters.parsing import Row

_STATUS: Final = re.compile(
    r"statutDiffusion(Etablissement|UniteLegale)|status_diffusion|statut_diffusion(_etablissement|_unite_legale)?"
)
_OPEN: Final = ("O", "diffusible")
_MASKED: Final = ("[ND]", "[NON-DIFFUSIBLE]")
"""What stands in the place of a text that is not diffused."""
_KEPT: Final = re.compile(
    r"siren|nic|siret|siret_siege(_social)?|(nicSiege|dateDernierTraitement|etatAdministratif|activitePrincipale"
    r"|nomenclatureActivitePrincipale|categorieJuridique)(UniteLegale|Etablissement)"
    r"|(codeCommune|libelleCommune)Etablissement|etablissementSiege|dateDebut|dateFin"
    r"|siege_social|est_siege|etat_administratif|diffusable_commercialement|type|code_commune|commune|libelle_commune"
    r"|nature_juridique|departement|region|epci|est_entrepreneur_individuel"
)
_KEPT_WHOLE: Final = ("activite_principale", "forme_juridique")


@lru_cache(maxsize=4096)
def _is_status(key: str) -> bool:
    return _STATUS.fullmatch(key) is not None


@lru_cache(maxsize=4096)
def _is_kept(key: str) -> bool:
    return _KEPT.fullmatch(key) is not None


def is_diffusible(row: Row) -> bool | None:
    """Say whether all the statuses of a row, of the unit as of its establishment, are open; None when none is said.

    A status that nobody knows is not open, nor is a text that stands masked.
    """
    found = list(_statuses(row))
    if any(status not in _OPEN for status in found):
        return False
    return True if found else None


def masked(row: Row) -> Row:
    """Return what may be shown of a row that is not diffusible."""
    return {key: _masked(key, value) for key, value in row.items()}


def _masked(key: str, value: object) -> object:
    if _is_status(key) or key in _KEPT_WHOLE:
        return _blank(value)
    match value:
        case dict():
            return masked(value)
        case list():
            return [masked(item) for item in value if isinstance(item, dict)]
        case _:
            return _blank(value) if _is_kept(key) else None


def _blank(value: object) -> object:
    return None if value in _MASKED else value


def _statuses(value: object) -> list[object]:
    """Return each status found at any depth, and each text that stands masked as a status of its own."""
    found: list[object] = []
    match value:
        case dict():
            for key, member in value.items():
                if _is_status(key):
                    found += [member] if member not in (None, "") else []
                elif isinstance(member, dict | list) or member in _MASKED:
                    found += _statuses(member)
        case list():
            for item in value:
                found += _statuses(item)
        case str() if value in _MASKED:
            found.append(value)
        case _:
            pass
    return found
