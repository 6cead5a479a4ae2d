"""Rivers, groundwater and drinking water, as the interfaces of Hub'Eau answer, page by page. No measure is real."""

from datetime import UTC, datetime, timedelta
from math import sin
from typing import Final
from urllib.parse import urlencode

import orjson
from pydantic import Field

from harvesters.simulators.clock import midnight, written_utc
from harvesters.simulators.parameters import Block, Code
from harvesters.simulators.places import centre
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_MOST: Final = 20_000
_PARTIAL: Final = 206
_HOUR_S: Final = 3600
_HOURS: Final = 24
_DAYS: Final = 31
_MONTHS: Final = 12
_BELOW: Final = "10"
"""Sandre's remark of a result below the limit of quantification."""


class Gauge(Block):
    """A station on a river: its usual height and flow."""

    code: str
    commune: Code
    height_mm: float = Field(alias="hauteur_mm")
    flow_l_s: float = Field(alias="debit_l_s")


class Well(Block):
    """A well where groundwater is measured; a private one is somebody's."""

    code: str
    commune: Code
    level_m: float = Field(alias="niveau_m_ngf")
    ground_m: float = Field(alias="sol_m_ngf")


class Parameter(Block):
    """What is looked for in drinking water: its usual value and how far (log) values lie from it, its two limits."""

    code: str
    name: str = Field(alias="libelle")
    unit: str = Field(alias="unite")
    usual: float = Field(alias="usuel")
    spread: float = Field(0.5, alias="dispersion")
    seen_from: float = Field(alias="quantifie_des")
    limit: str = Field(alias="limite")


class Waters(Block):
    """The three interfaces: `eaux.yaml`."""

    gauges: tuple[Gauge, ...] = Field(alias="stations")
    wells: tuple[Well, ...] = Field(alias="puits")
    parameters: tuple[Parameter, ...] = Field(alias="parametres")


Row = dict[str, object]


def river_observations(waters: Waters, stage: Stage) -> Given:
    """Give the height (mm) and the flow (l/s) of each station, hour by hour over a day, in UTC (hydrométrie 2)."""
    hour = stage.slot(_HOUR_S)
    rows: list[Row] = []
    for gauge in waters.gauges:
        for back in range(_HOURS):
            seen = hour - timedelta(hours=back)
            draws = generator(stage.seed, "river", gauge.code, seen.isoformat())
            high = 1 + 0.2 * sin(seen.timestamp() / 90_000) + float(draws.normal(0, 0.02))
            for quantity, value in (("H", gauge.height_mm * high), ("Q", gauge.flow_l_s * high**2)):
                rows.append(
                    {
                        "code_station": gauge.code,
                        "grandeur_hydro": quantity,
                        "date_obs": written_utc(seen),
                        "resultat_obs": float(round(value)),
                        "libelle_qualification_obs": "Non qualifiée",
                        **_place(stage, gauge.commune),
                    }
                )
    return _page(rows, stage, "/hubeau/api/v2/hydrometrie/observations_tr", since=hour)


def groundwater(waters: Waters, stage: Stage) -> Given:
    """Give the level of each well, a day each, over the last closed days (niveaux des nappes 1)."""
    rows: list[Row] = []
    for well in waters.wells:
        for back in range(_DAYS, 0, -1):
            day = stage.today - timedelta(days=back)
            draws = generator(stage.seed, "well", well.code, day.isoformat())
            level = well.level_m + 0.4 * sin(day.toordinal() / 30) + float(draws.normal(0, 0.01))
            rows.append(
                {
                    "code_bss": well.code,
                    "date_mesure": f"{day}T00:00:00Z",
                    "niveau_eau_ngf": round(level, 2),
                    "profondeur_nappe": round(well.ground_m - level, 2),
                    "code_commune": well.commune,
                    **_place(stage, well.commune),
                }
            )
    return _page(rows, stage, "/hubeau/api/v1/niveaux_nappes/chroniques_tr", since=midnight(stage.today, stage.zone))


def drinking_water(waters: Waters, stage: Stage) -> Given:
    """Give a sample a commune and month, a result a parameter: `<0,5` where less was there than can be quantified."""
    rows: list[Row] = []
    for commune in stage.town.communes:
        for before in range(_MONTHS, 0, -1):
            first = stage.month(before=before)
            draws = generator(stage.seed, "tap", commune.code, first.isoformat())
            taken = datetime(
                first.year, first.month, int(draws.integers(1, 29)), int(draws.integers(8, 16)), tzinfo=UTC
            )
            sample = f"{commune.code}{first:%y%m}"
            rows += [
                _result(parameter, parameter.usual * float(draws.lognormal(0, parameter.spread)))
                | _sample(stage, commune.code, sample, taken)
                for parameter in waters.parameters
            ]
    since = midnight(stage.today.replace(day=1), stage.zone)
    return _page(rows, stage, "/hubeau/api/v1/qualite_eau_potable/resultats_dis", since=since)


def _result(parameter: Parameter, value: float) -> Row:
    is_seen = value >= parameter.seen_from
    bound = parameter.seen_from
    return {
        "code_parametre": parameter.code,
        "libelle_parametre": parameter.name,
        "libelle_unite": parameter.unit,
        "limite_qualite_parametre": parameter.limit,
        "resultat_alphanumerique": f"{value:.2f}".replace(".", ",") if is_seen else f"<{bound:g}".replace(".", ","),
        "resultat_numerique": round(value, 2) if is_seen else 0,
        "code_remarque": "1" if is_seen else _BELOW,
    }


def _sample(stage: Stage, commune: str, sample: str, taken: datetime) -> Row:
    return {
        "code_prelevement": sample,
        "date_prelevement": written_utc(taken),
        "code_commune": commune,
        "nom_commune": stage.communes[commune].name,
        "nom_moa": "EXEMPLE PRÉNOM",
        "conformite_limites_bact_prelevement": "C",
        "conformite_limites_pc_prelevement": "C",
        "reseaux": [{"code": f"{commune}001", "nom": "RÉSEAU SIMULÉ"}],
    }


def _place(stage: Stage, commune: str) -> Row:
    lon, lat = centre(stage.communes[commune].ring)
    return {"longitude": round(lon, 5), "latitude": round(lat, 5)}


def _page(rows: list[Row], stage: Stage, path: str, *, since: datetime) -> Given:
    """Give the page that was asked for, in Hub'Eau's envelope: 206 where more follows; only the fields asked for."""
    size, page = min(int(stage.query.get("size", "5000")), _MOST), int(stage.query.get("page", "1"))
    last = max(1, -(-len(rows) // size))
    shown = rows[(page - 1) * size : page * size]
    answer = {
        "count": len(rows),
        "first": _address(stage, path, 1),
        "prev": _address(stage, path, page - 1) if page > 1 else None,
        "next": _address(stage, path, page + 1) if page < last else None,
        "last": _address(stage, path, last),
        "api_version": "1.0.0",
        "data": [stage.chosen(row, "fields") for row in shown],
    }
    return Given(orjson.dumps(answer), "application/json", since, _PARTIAL if page < last else 200)


def _address(stage: Stage, path: str, page: int) -> str:
    return f"{stage.origin}{path}?{urlencode({**stage.query, 'page': page})}"


SYSTEM: Final = DomainSystem(
    Waters,
    {
        "/hubeau/api/v2/hydrometrie/observations_tr": river_observations,
        "/hubeau/api/v1/niveaux_nappes/chroniques_tr": groundwater,
        "/hubeau/api/v1/qualite_eau_potable/resultats_dis": drinking_water,
    },
)
