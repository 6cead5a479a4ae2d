"""enedis-index: an index of a meter, by register, is a row (SGE: flows R151, R171, R64, billed energies)."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters import strict_json, strict_xml
from harvesters.decoding import BOM, opened, whole
from harvesters.parsing import Event, PayloadProtocol, Row, Shape
from harvesters.readings import Curve, events
from harvesters.strict_json import member

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_EMPTY: Final[Row] = dict.fromkeys((
    "usage_point_id", "kind", "measurement_kind", "direction", "unit", "grid", "calendar", "class_id", "class_label",
    "register", "start", "value", "date", "measure_type", "plausibility",
))  # fmt: skip
_GRIDS: Final = {"Classe_Temporelle_Distributeur": ("distributeur", "Id_Calendrier_Distributeur"),
                 "Classe_Temporelle": ("fournisseur", "Id_Calendrier_Fournisseur")}  # fmt: skip
_BILLED: Final = {"seriesMesuresDateesGrilleTurpe": "distributeur", "seriesMesuresDateesGrilleFrn": "fournisseur"}
_LETTERS: Final = {"D": "distributeur", "F": "fournisseur"}
_ERRORS: Final = frozenset({"Fault", "erreur", "resultat-erreur"})


def parse(payload: BinaryIO | bytes, *, name: str, options: Mapping[str, str]) -> Iterator[Event]:
    """Yield one row a value of a register: `usage_point_id`, `value` as sent, `unit`, `date` as sent, `instant`.

    `kind` is `index` (what a register showed then), `energie` (what was drawn from `start` to `date`) or `puissance`
    (the highest of a period). The same energy stands once a `grid` (distributeur, fournisseur): a sum keeps to one. A
    class of time is `calendar`, `class_id`, `class_label`, `register`; `plausibility` is what SGE doubts of it. Read as
    `enedis` does, errors too; a curve is refused.
    """
    del options
    content = whole(opened(payload), name=name)
    is_xml = content.removeprefix(BOM).lstrip()[:1] == b"<"
    curves = _of_xml(content, name=name) if is_xml else _of_json(content, name=name)
    yield from events(curves, name=name)


def _of_xml(content: bytes, *, name: str) -> Iterator[Curve]:
    root = strict_xml.read(content, name=name)
    found = {strict_xml.local(element) for element in root.iter()}
    if found & _ERRORS:
        raise PayloadRefused("payload.enedis-error", place=Place(name))
    if strict_xml.local(root) == "R151":
        yield partial(_r151, root)
    elif strict_xml.local(root) == "R171":
        for series in _all(root, "serieMesuresDatees"):
            yield partial(_r171, series)
    elif found & _BILLED.keys():
        point = next((strict_xml.text(one) for one in _all(root, "pointId")), None)
        for tag, grid in _BILLED.items():
            for series in (one for held in _all(root, tag) for one in strict_xml.children(held, "serie")):
                yield partial(_billed, series, {"usage_point_id": point, "grid": grid})
    else:
        raise PayloadRefused("payload.enedis-index-root", place=Place(name, 1))


def _all(root: "Element", tag: str) -> Iterator["Element"]:
    return (element for element in root.iter() if strict_xml.local(element) == tag)


def _r151(root: "Element") -> Iterator[Row]:
    units = {tag: next((strict_xml.text(one) for one in _all(root, f"Unite_Mesure_{tag}")), None)
             for tag in ("Index", "Puissance")}  # fmt: skip
    for meter in strict_xml.children(root, "PRM"):
        point = {"usage_point_id": strict_xml.child_text(meter, "Id_PRM"), "direction": "CONS"}
        for said in strict_xml.children(meter, "Donnees_Releve"):
            own = point | {"date": strict_xml.child_text(said, "Date_Releve")}
            for element in said:
                tag = strict_xml.local(element)
                if tag in _GRIDS:
                    yield _EMPTY | own | _register(element, said, tag) | {"unit": units["Index"]}
                elif tag == "Puissance_Maximale":
                    power = {"kind": "puissance", "measurement_kind": "PMA", "unit": units["Puissance"]}
                    yield _EMPTY | own | power | {"value": strict_xml.child_text(element, "Valeur")}


def _register(element: "Element", said: "Element", tag: str) -> Row:
    grid, calendar = _GRIDS[tag]
    return {
        "kind": "index", "measurement_kind": "EA", "grid": grid, "calendar": strict_xml.child_text(said, calendar),
        "class_id": strict_xml.child_text(element, "Id_Classe_Temporelle"),
        "class_label": strict_xml.child_text(element, "Libelle_Classe_Temporelle"),
        "register": strict_xml.child_text(element, "Rang_Cadran"),
        "value": strict_xml.child_text(element, "Valeur"),
        "plausibility": strict_xml.child_text(element, "Indice_Vraisemblance"),
    }  # fmt: skip


def _r171(series: "Element") -> Iterator[Row]:
    shared = _EMPTY | {
        "usage_point_id": strict_xml.child_text(series, "prmId"),
        "kind": (strict_xml.child_text(series, "type") or "index").lower(),
        "measurement_kind": strict_xml.child_text(series, "grandeurPhysique"),
        "direction": strict_xml.child_text(series, "grandeurMetier"),
        "unit": strict_xml.child_text(series, "unite"),
        "grid": _LETTERS.get(strict_xml.child_text(series, "typeCalendrier") or ""),
        "class_id": strict_xml.child_text(series, "codeClasseTemporelle"),
        "class_label": strict_xml.child_text(series, "libelleClasseTemporelle"),
    }
    for measure in _all(series, "mesureDatee"):
        value, date = strict_xml.child_text(measure, "valeur"), strict_xml.child_text(measure, "dateFin")
        yield shared | {"value": value, "date": date}


def _billed(series: "Element", own: Row) -> Iterator[Row]:
    shared = _EMPTY | own | {
        "kind": "energie", "measurement_kind": _code(series, "grandeurPhysique"), "direction": "CONS",
        "unit": strict_xml.child_text(series, "unite"), "calendar": _code(series, "calendrier"),
        "class_id": _code(series, "classeTemporelle"),
    }  # fmt: skip
    for measure in _all(series, "mesure"):
        yield shared | {
            "value": strict_xml.child_text(measure, "valeur"), "start": strict_xml.child_text(measure, "dateDebut"),
            "date": strict_xml.child_text(measure, "dateFin"), "measure_type": _code(measure, "nature"),
        }  # fmt: skip


def _code(element: "Element", tag: str) -> str | None:
    return next((found.get("code") for found in strict_xml.children(element, tag)), None)


def _of_json(content: bytes, *, name: str) -> Iterator[Curve]:
    """Yield the registers of the flow R64, each by its own."""
    match strict_json.read(content, name=name):
        case {"error": _} | {"errors": _}:
            raise PayloadRefused("payload.enedis-error", place=Place(name))
        case {"mesures": list() as measures}:
            for measure in measures:
                for context in _list(measure, "contexte", name=name):
                    for quantity in _list(context, "grandeur", name=name):
                        yield from _registers(measure, context, quantity)
        case _:
            raise PayloadRefused("payload.enedis-index-root", place=Place(name, 1))


def _list(value: object, key: str, *, name: str) -> list[object]:
    found = member(value, (key,))
    if not isinstance(found, list):
        raise PayloadRefused("payload.enedis-index-root", place=Place(name, 1))
    return found


def _registers(measure: object, context: object, quantity: object) -> Iterator[Curve]:
    shared = _EMPTY | {
        "usage_point_id": member(measure, ("idPrm",)), "kind": "index", "unit": member(quantity, ("unite",)),
        "measurement_kind": member(quantity, ("grandeurPhysique",)),
        "direction": member(quantity, ("grandeurMetier",)), "measure_type": member(context, ("typeReleve",)),
    }  # fmt: skip
    for calendar in _listed(quantity, "calendrier"):
        own = {"calendar": member(calendar, ("idCalendrier",)), "grid": _grid(member(calendar, ("libelleGrille",)))}
        for one in _listed(calendar, "classeTemporelle"):
            said = {"class_id": member(one, ("idClasseTemporelle",)),
                    "class_label": member(one, ("libelleClasseTemporelle",))}  # fmt: skip
            yield partial(_values, one, shared | own | said)
    for total in _listed(quantity, "cadranTotalisateur"):
        yield partial(_values, total, shared)


def _listed(value: object, key: str) -> list[object]:
    found = member(value, (key,))
    return found if isinstance(found, list) else [] if found is None else [found]


def _grid(label: object) -> object:
    """Return a grid as the other flows give it, whatever words stand around (`Grille distributeur`)."""
    return next((grid for grid in _LETTERS.values() if isinstance(label, str) and grid in label.lower()), label)


def _values(register: object, shared: Row) -> Iterator[Row]:
    shared = shared | {"register": member(register, ("codeCadran",))}
    for value in _listed(register, "valeur"):
        yield shared | {
            "value": member(value, ("v",)), "date": member(value, ("d",)), "plausibility": member(value, ("iv",)),
        }  # fmt: skip


PROTOCOL: Final = PayloadProtocol("enedis-index", Shape.NESTED, parse)
