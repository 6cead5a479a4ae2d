"""The same visits at another grain: what the two tables say together names no group under k."""

from pathlib import Path

import pytest

from anonymizers.cells import Protected
from anonymizers.differencing import settle
from anonymizers.disclosure.protect import protect
from charter.ledger.store import LedgerStore
from eclor.errors import GuaranteeBroken
from tests.e2e.differences.valley import OPENING, SITES, TOTALS, drop, shown
from tests.e2e.faults.town import Town

FRIDAY = OPENING.replace(day=20)
SATURDAY = OPENING.replace(day=21)


def destroy(folder: Path) -> None:
    """Destroy who was in what was published, as the retention run does."""
    halves = [*(folder / "home" / "ledger").rglob("*.enc"), *(folder / "home" / "keys" / "ledgers").iterdir()]
    assert len(halves) == 3
    for half in halves:
        half.unlink()


def test_a_total_that_would_tell_of_four_households_is_masked_and_one_of_fifteen_is_not(
    town: Town, tmp_path: Path
) -> None:
    safe = {"VIL": range(20), "AUD": range(20)}
    for day, name in ((FRIDAY, "friday.csv"), (SATURDAY, "saturday.csv")):
        drop(tmp_path, SITES, name, day, safe)
    drop(tmp_path, TOTALS, "friday.csv", FRIDAY, {**safe, "???": range(4)})
    drop(tmp_path, TOTALS, "saturday.csv", SATURDAY, {**safe, "???": range(15)})
    assert town.walked(SITES, minutes=1).outcome == "published"
    totals = town.walked(TOTALS, minutes=1)
    assert totals.outcome == "published", totals.message_fr
    assert shown(town, TOTALS) == {
        ("2026-11-20",): ("", "", "masque"),
        ("2026-11-21",): ("55", "55", "publie"),
    }
    breaches = [breach for one in totals.internal["revisions"] for breach in one["breaches"]]
    named = {cell["dataset"] for breach in breaches for cell in (breach["finer"], breach["coarser"], *breach["others"])}
    assert named == {SITES, TOTALS}


def test_a_comparison_whose_work_runs_out_between_two_rounds_leaves_nothing_written(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Friday is settled, Saturday's total has to be barred, and protecting it again takes too much."""
    safe, rounds = {"VIL": range(20), "AUD": range(20)}, list[int]()
    for day, name in ((FRIDAY, "friday.csv"), (SATURDAY, "saturday.csv")):
        drop(tmp_path, SITES, name, day, safe)
    drop(tmp_path, TOTALS, "friday.csv", FRIDAY, {**safe, "???": range(15)})
    drop(tmp_path, TOTALS, "saturday.csv", SATURDAY, {**safe, "???": range(4)})
    assert town.walked(SITES, minutes=1).outcome == "published"
    before = written(tmp_path)

    def spent(*asked: object, **more: object) -> Protected:
        rounds.append(1)
        if len(rounds) > 2:
            raise GuaranteeBroken("protection.too-tied")
        return protect(*asked, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(settle, "protect", spent)
        left = town.walked(TOTALS, minutes=1)
    assert len(rounds) == 3
    assert left.outcome == "refused", left.message_fr
    assert "lient trop de cellules" in left.message_fr
    assert "pas plus grossier" in left.message_fr
    assert town.version(TOTALS) is None
    assert list(LedgerStore(tmp_path / "home" / "ledger", town.house.world).versions(TOTALS)) == []
    assert written(tmp_path) == before
    town.assert_whole()
    assert town.walked(TOTALS, minutes=1).outcome == "published"
    assert written(tmp_path) > before


def written(folder: Path) -> set[Path]:
    """Return what is held of who was in what was published, and the keys of it."""
    home = folder / "home"
    return {path for kept in ("ledger", "keys/ledgers") for path in (home / kept).rglob("*") if path.is_file()}


def test_what_is_destroyed_is_never_compared_and_what_meets_its_days_is_masked(town: Town, tmp_path: Path) -> None:
    safe = {"VIL": range(20), "AUD": range(20)}
    drop(tmp_path, SITES, "friday.csv", FRIDAY, safe)
    assert town.walked(SITES, minutes=1).outcome == "published"
    destroy(tmp_path)
    drop(tmp_path, TOTALS, "friday.csv", FRIDAY, {**safe, "OTT": range(15)})
    drop(tmp_path, TOTALS, "saturday.csv", SATURDAY, safe)
    totals = town.walked(TOTALS, minutes=1)
    assert totals.outcome == "published", totals.message_fr
    assert shown(town, TOTALS) == {
        ("2026-11-20",): ("", "", "masque"),
        ("2026-11-21",): ("40", "40", "publie"),
    }


def test_a_period_of_which_the_ledger_is_destroyed_is_frozen(town: Town, tmp_path: Path) -> None:
    drop(tmp_path, SITES, "friday.csv", FRIDAY, {"VIL": range(20)})
    assert town.walked(SITES, minutes=1).outcome == "published"
    destroy(tmp_path)
    drop(tmp_path, SITES, "late.csv", FRIDAY, {"VIL": range(20, 40)})
    drop(tmp_path, SITES, "saturday.csv", SATURDAY, {"VIL": range(15)})
    second = town.walked(SITES, days=1)
    assert (second.outcome, second.version) == ("published", 2), second.message_fr
    assert shown(town, SITES) == {
        ("VIL", "2026-11-20"): ("20", "20", "publie"),
        ("VIL", "2026-11-21"): ("15", "15", "publie"),
    }
    assert second.internal["rows_late"] == {"2026-11-20": 20}
