"""Public charge points: what they are (IRVE statique 2.3.1), and which are free now (OCPI 2.2.1). Nobody charges."""

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO
from typing import Final

import numpy as np
import orjson
from pydantic import Field

from harvesters.simulators.clock import midnight, written_utc
from harvesters.simulators.parameters import Block, Code
from harvesters.simulators.places import point_inside, written
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_SLOT_S: Final = 300
_SESSION_S: Final = 3600
_MOST: Final = 100
_TYPE_2: Final = "IEC_62196_T2"
_CCS: Final = "IEC_62196_T2_COMBO"
_STATUSES: Final = ("AVAILABLE", "CHARGING", "OUTOFORDER")
_SHARES: Final = (0.72, 0.23, 0.05)


class Station(Block):
    """A station: its number, the communes' code, how many points it has, and the kilowatts of each."""

    number: str = Field(alias="numero")
    name: str = Field(alias="nom")
    commune: Code
    setting: str = Field(alias="implantation")
    points: int
    kilowatts: int = Field(alias="puissance_kw")


class Charging(Block):
    """The operator: `recharge.yaml`."""

    developer: str = Field(alias="amenageur")
    siren: str
    operator: str = Field(alias="operateur")
    party: str = Field(alias="code_operateur")
    """Country and operator, as eMI3 identifiers begin."""
    brand: str = Field(alias="enseigne")
    email: str = Field(alias="courriel")
    telephone: str
    price: str = Field(alias="tarif")
    fast_kw: int = Field(alias="rapide_des_kw")
    columns: tuple[str, ...] = Field(alias="colonnes")
    stations: tuple[Station, ...]


def charge_points_csv(charging: Charging, stage: Stage) -> Given:
    """Give one line a charge point, under the columns of the schema; contacts and meter are there, as in true files."""
    modified = stage.today.replace(day=1)
    text = StringIO()
    writer = csv.DictWriter(text, charging.columns, lineterminator="\n")
    writer.writeheader()
    for station in charging.stations:
        shared = _station(charging, stage, station) | {"date_maj": modified.isoformat()}
        writer.writerows(shared | {"id_pdc_itinerance": point} for point in _points(charging, station))
    return Given(text.getvalue().encode(), "text/csv", midnight(modified, stage.zone))


def locations_json(charging: Charging, stage: Stage) -> Given:
    """Give a page of locations, each point with its status of the present five minutes."""
    offset, limit = int(stage.query.get("offset", 0)), min(int(stage.query.get("limit", _MOST)), _MOST)
    page = charging.stations[offset : offset + limit]
    seen = stage.slot(_SLOT_S)
    answer = {
        "data": [_location(charging, stage, station, seen) for station in page],
        "status_code": 1000,
        "status_message": "Success",
        "timestamp": written_utc(seen),
    }
    headers = {"X-Total-Count": str(len(charging.stations)), "X-Limit": str(_MOST)}
    if offset + limit < len(charging.stations):
        following = f"{stage.origin}/ocpi/cpo/2.2.1/locations?offset={offset + limit}&limit={limit}"
        headers["Link"] = f'<{following}>; rel="next"'
    return Given(orjson.dumps(answer), "application/json", seen, headers=headers)


def _station(charging: Charging, stage: Stage, station: Station) -> dict[str, object]:
    fast = station.kilowatts >= charging.fast_kw
    lon, lat = _place(stage, station)
    return {
        "nom_amenageur": charging.developer,
        "siren_amenageur": charging.siren,
        "contact_amenageur": charging.email,
        "nom_operateur": charging.operator,
        "contact_operateur": charging.email,
        "telephone_operateur": charging.telephone,
        "nom_enseigne": charging.brand,
        "id_station_itinerance": f"{charging.party}P{station.number}",
        "nom_station": station.name,
        "implantation_station": station.setting,
        "adresse_station": _street(stage, station),
        "code_insee_commune": station.commune,
        "coordonneesXY": f"[{written((lon, lat))}]",
        "nbre_pdc": station.points,
        "puissance_nominale": station.kilowatts,
        "prise_type_ef": _truth(said=not fast),
        "prise_type_2": _truth(said=not fast),
        "prise_type_combo_ccs": _truth(said=fast),
        "prise_type_chademo": _truth(said=False),
        "prise_type_autre": _truth(said=False),
        "gratuit": _truth(said=False),
        "paiement_acte": _truth(said=True),
        "paiement_cb": _truth(said=fast),
        "paiement_autre": _truth(said=True),
        "tarification": charging.price,
        "condition_acces": "Accès libre",
        "reservation": _truth(said=False),
        "horaires": "24/7",
        "accessibilite_pmr": "Accessible mais non réservé PMR",
        "restriction_gabarit": "Inconnu",
        "station_deux_roues": _truth(said=False),
        "raccordement": "Direct",
        "num_pdl": f"999{station.number:0>11}",
        "cable_t2_attache": _truth(said=fast),
    }


def _location(charging: Charging, stage: Stage, station: Station, seen: datetime) -> dict[str, object]:
    lon, lat = _place(stage, station)
    evses = list(_evses(charging, stage, station, seen))
    return {
        "country_code": charging.party[:2],
        "party_id": charging.party[2:],
        "id": station.number,
        "publish": True,
        "name": station.name,
        "address": _street(stage, station),
        "city": stage.communes[station.commune].name,
        "country": "FRA",
        "coordinates": {"latitude": f"{lat:.5f}", "longitude": f"{lon:.5f}"},
        "evses": evses,
        "operator": {"name": charging.operator},
        "time_zone": stage.town.zone,
        "last_updated": max(str(evse["last_updated"]) for evse in evses),
    }


def _evses(charging: Charging, stage: Stage, station: Station, seen: datetime) -> Iterator[dict[str, object]]:
    fast = station.kilowatts >= charging.fast_kw
    for point in _points(charging, station):
        draws, since = _session(stage, point, seen)
        status = _STATUSES[int(draws.choice(len(_STATUSES), p=_SHARES))]
        connector = {
            "id": "1",
            "standard": _CCS if fast else _TYPE_2,
            "format": "CABLE" if fast else "SOCKET",
            "power_type": "DC" if fast else "AC_3_PHASE",
            "max_voltage": 400,
            "max_amperage": 125 if fast else 32,
            "max_electric_power": station.kilowatts * 1000,
            "last_updated": written_utc(since),
        }
        yield {
            "uid": point,
            "evse_id": point,
            "status": status,
            "connectors": [connector],
            "last_updated": written_utc(since),
        }


def _session(stage: Stage, point: str, seen: datetime) -> tuple[np.random.Generator, datetime]:
    """Return the draws of the hour of a point, which begins at a minute of its own, and when it began."""
    shift = int(generator(stage.seed, "charge point", point).integers(0, _SESSION_S))
    number, since_s = divmod(int(seen.timestamp()) + shift, _SESSION_S)
    return generator(stage.seed, "charge", point, number), seen - timedelta(seconds=since_s)


def _points(charging: Charging, station: Station) -> Iterator[str]:
    return (f"{charging.party}E{station.number}{number}" for number in range(1, station.points + 1))


def _place(stage: Stage, station: Station) -> tuple[float, float]:
    return point_inside(stage.communes[station.commune].ring, generator(stage.seed, "charging", station.number))


def _street(stage: Stage, station: Station) -> str:
    return stage.street(generator(stage.seed, "charging at", station.number))


def _truth(*, said: bool) -> str:
    return "true" if said else "false"


SYSTEM: Final = DomainSystem(
    Charging,
    {"/recharge/irve.csv": charge_points_csv, "/ocpi/cpo/2.2.1/locations": locations_json},
)
