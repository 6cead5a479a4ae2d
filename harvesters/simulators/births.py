"""The civil registry: one line an act of birth, whole at each delivery. No real child."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO

import numpy as np

from harvesters.simulators.parameters import Births, NameList, Parameters
from harvesters.simulators.seeds import generator

CSV_NAME = "prenoms.csv"


def births_csv(parameters: Parameters, seed: int, *, today: date) -> bytes:
    """Write the acts of the last years, up to the end of the month before `today`, by year and act."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(parameters.births.header)
    last = today.replace(day=1) - timedelta(days=1)
    for year in range(last.year - parameters.births.years, last.year + 1):
        writer.writerows(act for act in _acts(parameters, seed, year) if act[-1] <= last.isoformat())
    return text.getvalue().encode()


def _acts(parameters: Parameters, seed: int, year: int) -> Iterator[tuple[str, str, str, str, str]]:
    births, towns = parameters.births, parameters.town.communes
    draws = generator(seed, "births", year)
    count = int(draws.poisson(births.a_year))
    people = np.array([town.population for town in towns])
    length = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    born = np.sort(draws.integers(0, length, count)).tolist()
    where = draws.choice(len(towns), count, p=people / people.sum()).tolist()
    girls = draws.random(count) < 0.488  # noqa: PLR2004 - share of girls among births
    names = {sex.code: iter(_names(births, sex, draws, count)) for sex in (births.girls, births.boys)}
    for number in range(count):
        sex = births.girls.code if girls[number] else births.boys.code
        code = towns[where[number]].code
        day = date(year, 1, 1) + timedelta(days=born[number])
        yield f"{code}-{year}-{number + 1:04d}", next(names[sex]), sex, code, day.isoformat()


def _names(births: Births, sex: NameList, draws: np.random.Generator, count: int) -> list[str]:
    """Draw first names: the n-th of the list with a weight of n to the power of minus the exponent (Zipf)."""
    weights = np.arange(1, len(sex.names) + 1) ** (-births.exponent_hundredths / 100)
    return [str(name) for name in draws.choice(sex.names, count, p=weights / weights.sum())]
