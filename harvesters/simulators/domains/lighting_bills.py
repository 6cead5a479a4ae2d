"""The bills of street lighting: what each metered cabinet used, month by month, as the supplier's CSV. None is real."""

import csv
from io import StringIO
from math import cos, pi
from typing import Final

from pydantic import Field

from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block
from harvesters.simulators.seeds import generator, share
from harvesters.simulators.stage import DomainSystem, Given, Stage

_LATE: Final = 2
"""The newest month whose bills have come is the last but one."""
_MEAN_HOURS: Final = 342
"""Hours of night a month, as a mean over the year; in December 40 % more, in June as many less."""


class LightingBills(Block):
    """The supplier: `factures-eclairage.yaml`."""

    months: int = Field(alias="mois")
    prefix: str = Field(alias="prefixe")
    lamps: int = Field(alias="points")
    by_cabinet: int = Field(alias="points_par_armoire")
    watts: int = Field(alias="puissance_moyenne_w")


def bills_csv(bills: LightingBills, stage: Stage) -> Given:
    """Give one line a delivery point and month, of the months whose bills have come, the whole list each time."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(("pdl", "insee", "mois", "kwh", "kwh_par_point"))
    number = 0
    for code, lamps in share(bills.lamps, {town.code: town.population for town in stage.town.communes}).items():
        for before in range(0, lamps, bills.by_cabinet):
            number += 1
            fed, draws = min(bills.by_cabinet, lamps - before), generator(stage.seed, "bill", number)
            for back in range(bills.months - 1, -1, -1):
                month = stage.month(before=back + _LATE)
                hours = _MEAN_HOURS * (1 + 0.4 * cos(month.month * pi / 6)) * float(draws.normal(1, 0.04))
                kwh = round(fed * bills.watts * hours / 1000)
                writer.writerow((f"{bills.prefix}{number:09d}", code, month.isoformat(), kwh, round(kwh / fed)))
    return Given(text.getvalue().encode(), "text/csv; charset=utf-8", midnight(stage.month(before=0), stage.zone))


SYSTEM: Final = DomainSystem(LightingBills, {"/eclairage/factures.csv": bills_csv})
