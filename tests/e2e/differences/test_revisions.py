"""Late rows change a published period by nobody or by k households, at the next release only."""

from hashlib import sha256
from pathlib import Path

import pytest

from tests.e2e.differences.valley import OPENING, SITES, drop, shown
from tests.e2e.faults.town import Town

SATURDAY = OPENING.replace(day=21)
SUNDAY = OPENING.replace(day=22)
MONDAY = OPENING.replace(day=23)


def test_late_rows_change_a_cell_by_k_households_or_not_at_all(town: Town, tmp_path: Path) -> None:
    drop(tmp_path, SITES, "a.csv", SATURDAY, {"VIL": range(20), "AUD": range(20), "OTT": range(5)})
    first = town.walked(SITES, minutes=1)
    assert (first.outcome, first.version) == ("published", 1), first.message_fr
    assert shown(town, SITES) == {
        ("AUD", "2026-11-21"): ("20", "20", "publie"),
        ("OTT", "2026-11-21"): ("", "", "masque"),
        ("VIL", "2026-11-21"): ("20", "20", "publie"),
    }
    late = {"VIL": range(20, 25), "AUD": range(20, 31), "OTT": range(5, 12)}
    drop(tmp_path, SITES, "b.csv", SATURDAY, late)
    waiting = town.walked(SITES, minutes=20)
    assert (waiting.outcome, waiting.version) == ("unchanged", 1), waiting.message_fr
    drop(tmp_path, SITES, "c.csv", SUNDAY, {"VIL": range(15)})
    town.clock.instant = OPENING.replace(hour=23, minute=30)
    second = town.walked(SITES, minutes=0)
    assert (second.outcome, second.version) == ("published", 2), second.message_fr
    assert shown(town, SITES) == {
        ("AUD", "2026-11-21"): ("31", "31", "publie"),
        ("OTT", "2026-11-21"): ("12", "12", "publie"),
        ("VIL", "2026-11-21"): ("20", "20", "publie"),
        ("VIL", "2026-11-22"): ("15", "15", "publie"),
    }
    assert second.internal["rows_late"] == {"2026-11-21": 23}
    (saturday,) = [one for one in second.internal["revisions"] if one["period"] == "2026-11-21"]
    assert (saturday["kept"], saturday["changed"], saturday["newly_shown"]) == (1, 1, 1)


def test_the_report_of_a_walk_names_what_came_in_and_out_by_the_bytes_that_are_kept(town: Town, tmp_path: Path) -> None:
    drop(tmp_path, SITES, "a.csv", SATURDAY, {"VIL": range(20), "OTT": range(5)})
    done, folder = town.walked(SITES, minutes=1), town.folder(SITES, 1)
    out = done.internal["output"]
    assert {"data.csv", "data.parquet", "proof.json"} <= set(out)
    assert out == {name: sha256((folder / name).read_bytes()).hexdigest() for name in out}
    (sealed,) = (tmp_path / "home").rglob("*.parquet.enc")
    named = f"{sealed.name.partition('.')[0]} {sha256(sealed.read_bytes()).hexdigest()}"
    assert done.internal["digests"]["input"] == sha256(named.encode()).hexdigest()


def test_twice_the_same_run_gives_nothing_new(town: Town, tmp_path: Path) -> None:
    drop(tmp_path, SITES, "a.csv", SATURDAY, {"VIL": range(20)})
    assert town.walked(SITES, minutes=1).version == 1
    ledger = sorted(path.name for path in (tmp_path / "home" / "ledger").rglob("*"))
    for _ in range(2):
        again = town.walked(SITES, minutes=20)
        assert (again.outcome, again.version) == ("unchanged", 1), again.message_fr
    assert sorted(path.name for path in (tmp_path / "home" / "ledger").rglob("*")) == ledger


@pytest.mark.parametrize(("lost", "visits"), [((), "42"), (("1.json",), "31"), (("2.json",), "31")])
def test_a_period_is_frozen_once_one_of_the_texts_that_tell_of_it_is_lost(
    town: Town, tmp_path: Path, lost: tuple[str, ...], visits: str
) -> None:
    drop(tmp_path, SITES, "a.csv", SATURDAY, {"VIL": range(20)})
    assert town.walked(SITES, minutes=1).version == 1
    drop(tmp_path, SITES, "b.csv", SATURDAY, {"VIL": range(20, 31)})
    drop(tmp_path, SITES, "c.csv", SUNDAY, {"VIL": range(15)})
    assert town.walked(SITES, days=1).version == 2
    assert shown(town, SITES)["VIL", "2026-11-21"] == ("31", "31", "publie")
    for name in lost:
        (tmp_path / "home" / "ledger").joinpath("source.barrieres", SITES, name).unlink()
    drop(tmp_path, SITES, "d.csv", SATURDAY, {"VIL": range(31, 42)})
    drop(tmp_path, SITES, "e.csv", MONDAY, {"VIL": range(15)})
    third = town.walked(SITES, days=1)
    assert (third.outcome, third.version) == ("published", 3), third.message_fr
    assert shown(town, SITES)["VIL", "2026-11-21"] == (visits, visits, "publie")
