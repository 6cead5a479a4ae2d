from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from harvesters.simulators.drop import DayWriter, Drop, drop_files

DAYS = (date(2026, 11, 1), date(2026, 11, 2))


def _drop(folder: Path, write: DayWriter) -> Drop:
    return Drop(folder / "passages", "passages-{jour}.csv", ZoneInfo("Europe/Paris"), write)


def _content(day: date) -> bytes:
    return day.isoformat().encode()


def test_files_appear_whole_under_the_name_of_their_day(tmp_path: Path) -> None:
    drop_files(_drop(tmp_path, _content), DAYS)
    assert {file.name: file.read_bytes() for file in (tmp_path / "passages").iterdir()} == {
        "passages-2026-11-01.csv": b"2026-11-01",
        "passages-2026-11-02.csv": b"2026-11-02",
    }


def test_a_file_that_is_there_never_changes(tmp_path: Path) -> None:
    drop_files(_drop(tmp_path, _content), DAYS)
    assert drop_files(_drop(tmp_path, lambda _: b"other"), DAYS) == []


def test_a_day_that_fails_leaves_no_part_of_a_file(tmp_path: Path) -> None:
    def break_on_the_second(day: date) -> bytes:
        if day == DAYS[1]:
            raise OSError("disk full")
        return b"whole"

    with pytest.raises(OSError, match="disk full"):
        drop_files(_drop(tmp_path, break_on_the_second), DAYS)
    assert [file.name for file in (tmp_path / "passages").iterdir()] == ["passages-2026-11-01.csv"]


def test_a_file_bears_the_time_at_which_its_day_ended(tmp_path: Path) -> None:
    (first, _) = drop_files(_drop(tmp_path, _content), DAYS)
    assert first.stat().st_mtime == datetime.fromisoformat("2026-11-02T00:00:00+01:00").timestamp()
