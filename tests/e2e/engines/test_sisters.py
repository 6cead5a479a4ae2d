"""Sister tables, with ladders and merged zones, published one after the other: the same files on both engines."""

import hashlib
from itertools import count
from pathlib import Path

import pytest

from eclor.engine.limits import Engine
from eclor.world import SystemRandomness
from tests.attack.test_sister_grains import DAILY, told

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900), pytest.mark.spark, pytest.mark.usefixtures("spark")]


def published(folder: Path, engine: Engine) -> dict[str, bytes]:
    """Return what a story publishes, and the internal reports; a refusal makes no folder, and is compared too."""
    folder.mkdir()
    office = told(DAILY[-1], folder, engine.value)
    names = ("release.csv", "release.parquet", "private/rapport-interne.json")
    files = {f"{one.number}/{name}": folder / f"out{one.number}" / name for one in office.made for name in names}
    return {name: file.read_bytes() for name, file in files.items()} | {
        "refused": repr(office.refused).replace(str(folder), "").encode()
    }


def test_a_story_of_sisters_is_told_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {}
    for engine in Engine:
        draws = count()
        drawn = lambda _, size, draws=draws: hashlib.shake_256(str(next(draws)).encode()).digest(size)  # noqa: E731
        monkeypatch.setattr(SystemRandomness, "bytes", drawn)
        given[engine] = published(tmp_path / engine.value, engine)
    assert given[Engine.SPARK] == given[Engine.DUCKDB]
    assert len(given[Engine.SPARK]) > 9
