"""The desk of reports: dumped waste told by residents, as an Open311 GeoReport v2 list. Nobody reported anything."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

import numpy as np
import orjson
from pydantic import Field

from harvesters.simulators.clock import days, midnight
from harvesters.simulators.parameters import Block
from harvesters.simulators.places import point_inside
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_DAY_S: Final = 86_400


class Service(Block):
    """A kind of report; its share is on any scale."""

    code: str
    name: str = Field(alias="nom")
    part: int


class Reports(Block):
    """The desk: `signalements.yaml`."""

    a_day: float = Field(alias="par_jour")
    """Mean over the territory."""
    quarters: int = Field(alias="trimestres")
    """How many closed quarters the list goes back."""
    reporters: int = Field(alias="declarants")
    mail: str = Field(alias="courriel")
    """With `{numero}`."""
    services: tuple[Service, ...]
    words: tuple[str, ...] = Field(alias="descriptions")
    photo: str
    """Address, with `{numero}`."""
    treatment: float = Field(alias="delai_jours")
    """Days from a report to its end, median."""


def requests_json(reports: Reports, stage: Stage) -> Given:
    """Give the requests of the last closed quarters and of the present one, but for today's, oldest first.

    `status=closed` gives those that were seen to. The days that it took are an extended attribute.
    """
    status = stage.query.get("status")
    made = [
        request
        for day in days(stage.quarter(before=reports.quarters), stage.today - timedelta(days=1))
        for request in _of_day(reports, stage, midnight(day, stage.zone))
        if status in (None, request["status"])
    ]
    return Given(orjson.dumps(made), "application/json", midnight(stage.today, stage.zone))


def _of_day(reports: Reports, stage: Stage, start: datetime) -> Iterator[dict[str, object]]:
    day = start.astimezone(stage.zone).date()
    draws = generator(stage.seed, "reports", day.isoformat())
    count = int(draws.poisson(reports.a_day))
    for number, second in enumerate(np.sort(draws.integers(7 * 3600, 22 * 3600, count)).tolist()):
        town = stage.commune(draws)
        lon, lat = point_inside(stage.communes[town].ring, draws)
        service = _service(reports.services, draws)
        reporter = int(draws.integers(1, reports.reporters + 1))
        told = start + timedelta(seconds=second % _DAY_S)
        spent = timedelta(seconds=round(_DAY_S * reports.treatment * float(draws.lognormal(0, 0.8))))
        is_closed = told + spent < midnight(stage.today, stage.zone)
        yield {
            "service_request_id": f"{day:%Y%m%d}-{number:03d}",
            "status": "closed" if is_closed else "open",
            "service_code": service.code,
            "service_name": service.name,
            "requested_datetime": told.astimezone(stage.zone).isoformat(),
            "updated_datetime": (told + spent if is_closed else told).astimezone(stage.zone).isoformat(),
            "extended_attributes": {"days_to_close": spent.days} if is_closed else {},
            "lat": lat,
            "long": lon,
            "description": reports.words[int(draws.integers(0, len(reports.words)))],
            "media_url": reports.photo.replace("{numero}", f"{day:%Y%m%d}-{number:03d}"),
            "email": reports.mail.replace("{numero}", f"{reporter:05d}"),
        }


def _service(services: tuple[Service, ...], draws: np.random.Generator) -> Service:
    parts = np.array([service.part for service in services])
    return services[int(draws.choice(len(services), p=parts / parts.sum()))]


SYSTEM: Final = DomainSystem(Reports, {"/open311/v2/requests.json": requests_json})
