"""Weather vigilance of départements as Météo-France's DPVigilance says it, product V6. No colour is an authority's."""

from datetime import datetime, time, timedelta
from typing import Final

import orjson
from pydantic import Field

from harvesters.simulators.clock import written_utc
from harvesters.simulators.parameters import Block
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_FLOODS: Final = "4"
"""The phenomenon that counts without a `timelaps_items` of its own."""
_ISSUES: Final = (6, 16)
"""Local hours of the two bulletins of a day; before the first one, tomorrow is not said."""


class Vigilance(Block):
    """The bulletins: `vigilance.yaml`."""

    domains: tuple[str, ...] = Field(alias="domaines")
    """Départements, and beside them the coast, a zone and the country, as the map has them."""
    phenomena: tuple[str, ...] = Field(alias="phenomenes")
    chances: tuple[float, float, float, float] = Field(alias="parts")
    """How likely each colour is, green to red."""


def bulletin(vigilance: Vigilance, stage: Stage) -> Given:
    """Give the map in force: the last bulletin's colours of today and, from six on, of tomorrow."""
    issued = _issued(stage)
    day = issued.astimezone(stage.zone).date()
    stretches = {"J": (issued, _at(stage, days=1)), "J1": (_at(stage, days=1), _at(stage, days=2))}
    if day < stage.today:
        del stretches["J1"]
    periods = [
        {
            "echeance": name,
            "begin_validity_time": written_utc(begin),
            "end_validity_time": written_utc(end),
            "timelaps": {"domain_ids": [_domain(vigilance, domain, stage, begin, end) for domain in vigilance.domains]},
        }
        for name, (begin, end) in stretches.items()
    ]
    product = {
        "warning_type": "vigilance",
        "type_cdp": "CDP_CARTE_EXTERNE",
        "version_vigilance": "V6",
        "version_cdp": "1.0.0",
        "update_time": written_utc(issued),
        "domain_id": "FRA",
        "global_max_color_id": "2",
        "periods": periods,
    }
    answer = {"product": product, "meta": {"product_datetime": written_utc(issued), "snapshot_id": "simulated"}}
    return Given(orjson.dumps(answer), "application/json", issued)


def _issued(stage: Stage) -> datetime:
    """Return when the last bulletin was issued: yesterday's at the earliest."""
    hours = [_at(stage, days=days, hour=hour) for days in (-1, 0) for hour in _ISSUES]
    return max(hour for hour in hours if hour <= stage.now)


def _at(stage: Stage, *, days: int, hour: int = 0) -> datetime:
    local = datetime.combine(stage.today + timedelta(days=days), time(hour), stage.zone)
    return local.astimezone(stage.now.tzinfo)


def _domain(vigilance: Vigilance, domain: str, stage: Stage, begin: datetime, end: datetime) -> dict[str, object]:
    draws = generator(stage.seed, "vigilance", domain, begin.isoformat())
    drawn = {each: int(draws.choice(4, p=vigilance.chances)) + 1 for each in vigilance.phenomena}
    span = {"begin_time": written_utc(begin), "end_time": written_utc(end)}
    items = [
        {
            "phenomenon_id": each,
            "phenomenon_max_color_id": colour,
            "timelaps_items": [] if each == _FLOODS else [span | {"color_id": colour}],
        }
        for each, colour in drawn.items()
    ]
    return {"domain_id": domain, "max_color_id": max(drawn.values()), "phenomenon_items": items}


SYSTEM: Final = DomainSystem(Vigilance, {"/vigilance/public/DPVigilance/v1/cartevigilance/encours": bulletin})
