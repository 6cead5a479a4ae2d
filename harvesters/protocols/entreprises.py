"""entreprises: an establishment is a row (API Sirene 3, Recherche d'entreprises, API Entreprise, Sirene stock CSV)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters import strict_json
from harvesters.decoding import BOM, peeked, whole
from harvesters.delimited import OPTIONS, table_of, text_lines
from harvesters.diffusion import is_diffusible, masked
from harvesters.parsing import Event, PayloadProtocol, PayloadWarning, RefusedRow, Row, Shape
from harvesters.strict_json import member
from harvesters.weighing import REMADE_BYTES

_SIREN: Final = re.compile(r"\d{9}", re.ASCII)
_SIRET: Final = re.compile(r"\d{14}", re.ASCII)
_WRAPPED: Final = re.compile(rb"^payload: *\|-?\r?\n((?: +[^\n]*\n?|\r?\n)+)", re.MULTILINE)
_FOUND: Final = 200
_NONE: Final = 404
_ERRORS: Final = ("erreur", "errors", "fault", "detail", "error")
_UNKNOWN: Final = "NN"
_Paths = Mapping[str, tuple[list[str], ...]]
_FACTS: Final[Mapping[str, tuple[str, ...]]] = {
    "naf": ("periode.activitePrincipaleEtablissement", "activitePrincipaleEtablissement",
            "etablissement.activite_principale", "activite_principale.code", "periode.activitePrincipaleUniteLegale",
            "activitePrincipaleUniteLegale"),
    "categorie_juridique": ("uniteLegale.categorieJuridiqueUniteLegale", "periode.categorieJuridiqueUniteLegale",
                            "categorieJuridiqueUniteLegale", "unite_legale.nature_juridique",
                            "unite_legale.forme_juridique.code", "forme_juridique.code"),
    "etat": ("periode.etatAdministratifEtablissement", "etatAdministratifEtablissement",
             "etablissement.etat_administratif", "etat_administratif", "periode.etatAdministratifUniteLegale",
             "etatAdministratifUniteLegale"),
    "code_commune": ("adresseEtablissement.codeCommuneEtablissement", "codeCommuneEtablissement",
                     "etablissement.commune", "adresse.code_commune"),
    "effectif": ("trancheEffectifsEtablissement", "etablissement.tranche_effectif_salarie",
                 "tranche_effectif_salarie.code", "trancheEffectifsUniteLegale"),
    "nom": ("uniteLegale.denominationUniteLegale", "periode.denominationUniteLegale", "denominationUniteLegale",
            "unite_legale.nom_raison_sociale", "unite_legale.personne_morale_attributs.raison_sociale",
            "personne_morale_attributs.raison_sociale"),
    "ess": ("uniteLegale.economieSocialeSolidaireUniteLegale", "periode.economieSocialeSolidaireUniteLegale",
            "economieSocialeSolidaireUniteLegale", "unite_legale.complements.est_ess",
            "unite_legale.economie_sociale_et_solidaire", "economie_sociale_et_solidaire"),
}  # fmt: skip
"""What every form says somewhere: the first path that holds something is read."""
_PATHS: Final = {fact: tuple(path.split(".") for path in paths) for fact, paths in _FACTS.items()}
_FLAT: Final = {fact: tuple(path for path in paths if len(path) == 1) for fact, paths in _PATHS.items()}
"""Those of a stock file, where nothing nests."""


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row an establishment, or a unit where the answer is of units: what it is, then all as it came.

    Added in every form: `siren`, `siret` (None of a unit), `diffusible`, `nom` (of legal persons), `naf`,
    `categorie_juridique`, `etat`, `code_commune`, `effectif` (None for NN: unknown is not zero), `ess`; `periode`, the
    present one of `periodes…`. Recherche d'entreprises: `unite_legale.…` and `etablissement.…`, those that match, or
    else the seat. Of what is not or partly diffusible (P, N, masked, or no status at all) nothing but numbers, commune,
    activity and legal category is kept, even where the source shows more. A number that is no SIREN or SIRET (written
    as 2.45E+13) refuses its row. « No result » is no row and a warning; any other error refuses the whole. Stock files
    stream, with the options of csv.
    """
    head, stream = peeked(payload)
    start = head.removeprefix(BOM).lstrip()
    if not start.startswith((b"{", b"[", b"---")):
        lines = text_lines(stream, name=name, options=options)
        yield from table_of(lines, delimiter=options.get("delimiteur"), read_row=_stock_row)
        return
    content = whole(stream, name=name)
    line = 1
    if start.startswith(b"---") and (found := _WRAPPED.search(content)):
        line += content.count(b"\n", 0, found.start(1))
        content = found[1]
    place = Place(name, line)
    elements = _elements(strict_json.read(content, name=name, line=line, most=REMADE_BYTES), place=place)
    if elements is None:
        yield PayloadWarning("payload.entreprises-none", place)
        return
    for number, element in enumerate(elements, start=1):
        yield _row(element, place=place, number=number)


def _elements(answer: object, *, place: Place) -> Iterable[object] | None:
    status = member(answer, ("header", "statut"))
    if status == _NONE:
        return None
    is_error = isinstance(answer, dict) and any(word in answer for word in _ERRORS)
    if is_error or (isinstance(status, int) and status != _FOUND):
        raise PayloadRefused("payload.entreprises-error", place=place)
    match answer:
        case {"etablissements": list() as found} | {"unitesLegales": list() as found}:
            return found
        case {"etablissement": dict() as one} | {"uniteLegale": dict() as one, "header": _} | {"data": dict() as one}:
            return [one]
        case {"results": list() as results}:
            return (row for result in results for row in _of_result(result))
        case {"siren": _}:
            return [answer]
        case list():
            return answer
        case _:
            raise PayloadRefused("payload.entreprises-root", place=place)


def _of_result(result: object) -> Iterator[object]:
    """Yield the establishments of a unit of Recherche d'entreprises that match what was asked; else its seat."""
    if not isinstance(result, dict):
        yield result
        return
    unit = {key: value for key, value in result.items() if key not in {"siege", "matching_etablissements"}}
    found = result.get("matching_etablissements") or [result.get("siege")]
    for one in found if isinstance(found, list) else [None]:
        establishment = one if isinstance(one, dict) else {}
        yield {"siren": result.get("siren"), "unite_legale": unit, "etablissement": establishment}


def _stock_row(row: Row, place: Place) -> Row | RefusedRow:
    if "siren" not in row and "siret" not in row:
        raise PayloadRefused("payload.entreprises-columns", place=Place(place.file, 1))
    return _row(row, place=place, number=place.line or 0, paths=_FLAT)


def _row(element: object, *, place: Place, number: int, paths: _Paths = _PATHS) -> Row | RefusedRow:
    if not isinstance(element, dict):
        return RefusedRow("payload.entreprises-number", place, {"number": number})
    row = {**element, "periode": period} if (period := _present(element)) else element
    siret = member(row, ("siret",)) or member(row, ("etablissement", "siret"))
    siren = row.get("siren") or member(row, ("unite_legale", "siren")) or str(siret or "")[:9]
    wrong_siret = siret is not None and not (isinstance(siret, str) and _SIRET.fullmatch(siret))
    if (
        wrong_siret
        or not (isinstance(siren, str) and _SIREN.fullmatch(siren))
        or not str(siret or siren).startswith(siren)
    ):
        return RefusedRow("payload.entreprises-number", place, {"number": number})
    diffusible = is_diffusible(row)
    if not diffusible:
        row = masked(row)
    head = {fact: _first(row, ways) for fact, ways in paths.items()}
    if head["effectif"] == _UNKNOWN:
        head["effectif"] = None
    return row | {"siren": siren, "siret": siret, "diffusible": diffusible is True} | head


def _present(element: Row) -> Row | None:
    periods = element.get("periodesEtablissement", element.get("periodesUniteLegale"))
    if not isinstance(periods, list):
        return None
    found = [period for period in periods if isinstance(period, dict)]
    open_ended = [period for period in found if period.get("dateFin") is None]
    return next(iter(open_ended or found), None)


def _first(row: Row, paths: tuple[list[str], ...]) -> object:
    for path in paths:
        value = member(row, path)
        if value not in (None, "") and not isinstance(value, dict | list):
            return value
    return None


PROTOCOL: Final = PayloadProtocol("entreprises", Shape.NESTED, parse, OPTIONS)
