"""The drop folder of the demonstration counted again by pandas, and an attacker who has the published CSV alone."""

from datetime import datetime, timedelta
from math import floor
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import orjson
import pandas as pd
from scipy.optimize import linprog

PARIS = ZoneInfo("Europe/Paris")
TOTAL = "ensemble"
HALF_BASE = 2
"""Rounding to five moves a count by two at most."""


def drop_of(home: Path) -> pd.DataFrame:
    """Return every row of every file of the drop folder, read as a person would."""
    files = sorted((home / "simulateurs" / "depot" / "passages").glob("*.csv"))
    frame = pd.concat([pd.read_csv(file, dtype=str) for file in files], ignore_index=True)
    frame["horodatage"] = pd.to_datetime(frame["horodatage"], utc=True).dt.tz_convert(PARIS)
    return frame


def last_closed_month(now: datetime) -> str:
    """Return the newest month, `2026-10`, that was over seven days ago."""
    first = (now.astimezone(PARIS) - timedelta(days=7)).replace(day=1)
    return f"{first - timedelta(days=1):%Y-%m}"


def counted(drop: pd.DataFrame, month: str, moments: pd.Series) -> pd.DataFrame:
    """Return visits and distinct badges per site and moment of a month, moments written as those published are."""
    held = drop[drop["horodatage"].dt.strftime("%Y-%m") == month].copy()
    form = _form(str(moments[moments != TOTAL].iloc[0]))
    held["moment"] = held["horodatage"].map(lambda moment: moment.strftime(form))
    held["moment"] = held["moment"].str.replace(r"\+(\d\d)(\d\d)$", r"+\1:\2", regex=True)
    cells = pd.concat([held, held.assign(moment=TOTAL)])
    return cells.groupby(["site", "moment"])["numero_badge"].agg(passages="size", foyers="nunique")


def _form(moment: str) -> str:
    if "T" in moment:
        return "%Y-%m-%dT%H:00:00%z"
    return "%G-W%V" if "W" in moment else "%Y-%m-%d"


def messages_counted(file: Path) -> dict[tuple[str, str], tuple[int, int]]:
    """Return the lamps and the watt-hours of each commune and hour of a file of uplinks.

    A message says the watts of a quarter of an hour; its energy is whole watt-hours, halves rounded up (as declared).
    """
    lamps: dict[tuple[str, str], set[str]] = {}
    quarters: dict[tuple[str, str], int] = {}
    hours: dict[str, str] = {}
    with file.open("rb") as messages:
        for line in messages:
            said = orjson.loads(line)
            tags, moment = said["deviceInfo"]["tags"], said["time"]
            hour = moment[:13] + moment[19:]
            if hour not in hours:
                hours[hour] = datetime.fromisoformat(moment).astimezone(PARIS).strftime("%Y-%m-%dT%H:00:00%z")
            key = (tags["commune"], hours[hour][:-2] + ":" + hours[hour][-2:])
            lamps.setdefault(key, set()).add(tags["luminaire"])
            quarters[key] = quarters.get(key, 0) + floor(said["object"]["power_w"] / 4 + 0.5)
    return {key: (len(lamps[key]), quarters[key]) for key in lamps}


def narrowed(site: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Return, for each masked moment of one site, the least and the most households that the shown cells allow.

    The attacker knows: counts are rounded to five; a masked cell holds from 1 household on; a household comes at least
    once; visits of the moments add up to the site's total; the total's households are at most the sum of the moments'
    and at least the largest of them.
    """
    total, parts = site[site["horodatage"] == TOTAL].iloc[0], site[site["horodatage"] != TOTAL].reset_index(drop=True)
    count = len(parts)
    bounds = [_bounds(value) for name in ("passages", "foyers") for value in parts[name]]
    visits, households = np.zeros((2, 2 * count)), np.zeros((count + 1, 2 * count))
    visits[0, :count], visits[1, :count] = 1, -1
    households[0, count:] = -1
    for place in range(count):
        households[1 + place, count + place], households[1 + place, place] = 1, -1
    ceilings = [total["passages"] + HALF_BASE, HALF_BASE - total["passages"], HALF_BASE - total["foyers"]] + [0] * count
    for place in range(count):
        low, high = bounds[count + place]
        bounds[count + place] = (low, min(high, total["foyers"] + HALF_BASE))
    rows = np.vstack([visits, households])
    return {
        str(parts["horodatage"][place]): (
            _edge(rows, ceilings, bounds, count + place, 1),
            _edge(rows, ceilings, bounds, count + place, -1),
        )
        for place in parts.index[parts["statut"] == "masque"]
    }


def _bounds(shown: float) -> tuple[float, float]:
    if np.isnan(shown):
        return 1, np.inf
    return (0, 0) if shown == 0 else (max(0, shown - HALF_BASE), shown + HALF_BASE)


def _edge(rows: np.ndarray, ceilings: list[float], bounds: list[tuple[float, float]], place: int, sign: int) -> float:
    aim = np.zeros(rows.shape[1])
    aim[place] = sign
    solved = linprog(aim, A_ub=rows, b_ub=ceilings, bounds=bounds, method="highs")
    assert solved.status == 0, solved.message
    return float(sign * solved.fun)
