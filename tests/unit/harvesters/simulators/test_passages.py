import csv
import io
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from harvesters.simulators.households import Households, make_households
from harvesters.simulators.parameters import Parameters
from harvesters.simulators.passages import passages_csv
from harvesters.simulators.places import Commune

K = 11
OCTOBER = [date(2026, 10, 1) + timedelta(days=n) for n in range(31)]


def _rows(parameters: Parameters, households: Households, seed: int, day: date) -> list[dict[str, str]]:
    content = passages_csv(parameters.waste, parameters.town, households, seed, day=day)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"))))


def _loss_percent(rows: list[dict[str, str]], letters: int) -> float:
    """Units in cells under k over all units: the ladder's loss before complementary suppression, which adds to it."""
    cells = defaultdict(set)
    for row in rows:
        cells[row["site"], row["horodatage"][:letters]].add(row["numero_badge"])
    sizes = [len(units) for units in cells.values()]
    return 100 * sum(size for size in sizes if size < K) / sum(sizes)


def test_the_columns_are_those_that_may_be_collected(parameters: Parameters, territory: Path) -> None:
    policy = YAML(typ="safe").load((territory / "politiques" / "dechetteries-passages.yaml").read_text("utf-8"))
    collected = {field["nom"] for field in policy["champs"] if field.get("collecte", "oui") == "oui"}
    assert set(parameters.waste.badges.header) == collected
    assert "nom_foyer" not in collected


@pytest.mark.parametrize("other", [1, 2, 3, 7])
def test_hours_cost_too_much_and_days_fit(parameters: Parameters, communes: Mapping[str, Commune], other: int) -> None:
    households = make_households(parameters, communes, other)
    rows = [row for day in OCTOBER for row in _rows(parameters, households, other, day)]
    assert _loss_percent(rows, len("2026-10-01T09")) > 35
    assert _loss_percent(rows, len("2026-10-01")) < 10


def test_some_days_are_masked_some_hours_are_empty_and_some_days_are_closed(
    parameters: Parameters, households: Households, seed: int
) -> None:
    hours, days = set(), defaultdict(set)
    for day in OCTOBER:
        for row in _rows(parameters, households, seed, day):
            hours.add((row["site"], row["horodatage"][:13]))
            days[row["site"], day].add(row["numero_badge"])
    opened = {
        (site.code, f"{day.isoformat()}T{hour:02d}")
        for site in parameters.waste.sites
        for day in OCTOBER
        for span in site.hours.get(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")[day.weekday()], ())
        for hour in range(int(span[:2]), int(span[6:8]))
    }
    assert opened > hours
    assert len(days) < len(OCTOBER) * len(parameters.waste.sites)
    assert 1 <= sum(len(units) < K for units in days.values()) <= 12


def test_a_site_has_a_believable_day(parameters: Parameters, households: Households, seed: int) -> None:
    units = defaultdict(set)
    for day in OCTOBER:
        for row in _rows(parameters, households, seed, day):
            units[row["site"], day].add(row["numero_badge"])
    by_site = defaultdict(list)
    for (site, _), seen in units.items():
        by_site[site].append(len(seen))
    means = {site: sum(sizes) / len(sizes) for site, sizes in by_site.items()}
    assert set(means) == {"VIL", "AUD", "OTT", "AUM", "BOU"}
    assert all(60 < mean < 120 for site, mean in means.items() if site != "BOU")


def test_on_a_sunday_the_file_has_its_header_alone(parameters: Parameters, households: Households, seed: int) -> None:
    content = passages_csv(parameters.waste, parameters.town, households, seed, day=date(2026, 10, 4))
    assert content == b"numero_badge,commune_foyer,site,horodatage,type_dechet,volume_l\n"


def test_passages_fall_in_opening_hours_with_the_local_offset(
    parameters: Parameters, households: Households, seed: int
) -> None:
    for row in _rows(parameters, households, seed, date(2026, 10, 31)):
        moment = datetime.fromisoformat(row["horodatage"])
        assert moment.utcoffset() == timedelta(hours=1)
        assert moment.date() == date(2026, 10, 31)
        assert 9 <= moment.hour < 19


def test_rows_are_in_order_and_volumes_positive(parameters: Parameters, households: Households, seed: int) -> None:
    rows = _rows(parameters, households, seed, date(2026, 10, 31))
    assert [row["horodatage"] for row in rows] == sorted(row["horodatage"] for row in rows)
    assert all(int(row["volume_l"]) >= 10 for row in rows)


def test_nine_thousand_households_each_with_a_badge(households: Households) -> None:
    assert len(set(households.badges)) == 9000
    assert len(households.communes) == 9000


def test_a_day_does_not_depend_on_when_it_is_written(parameters: Parameters, households: Households, seed: int) -> None:
    day = date(2026, 11, 3)
    first = passages_csv(parameters.waste, parameters.town, households, seed, day=day)
    passages_csv(parameters.waste, parameters.town, households, seed, day=date(2026, 11, 4))
    assert passages_csv(parameters.waste, parameters.town, households, seed, day=day) == first
