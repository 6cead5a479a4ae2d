"""24 hours of 4,600 lamps at one message a minute, replayed twice: the same release, byte for byte."""

import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from tests.replaying import Replay, minutely, released, spoken, troubled

LAMPS = 4600
MINUTES = range(int(os.environ.get("ECLOR_SOAK_REPLAYED", "1440")))


@pytest.mark.soak
@pytest.mark.timeout(3 * 3600)
def test_a_day_of_lamps_gives_the_same_release_however_it_comes(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2) as pool:
        replayed = [pool.submit(replay, tmp_path) for replay in (straight, misled)]
        rows, digest = replayed[0].result()
        assert rows == LAMPS * len(MINUTES)
        assert replayed[1].result() == (rows, digest)


def straight(folder: Path) -> tuple[int, str]:
    return released(folder / "one", spoken(minutely(), MINUTES, lamps=LAMPS), Replay(500, 10**9))


def misled(folder: Path) -> tuple[int, str]:
    said = troubled(spoken(minutely(), MINUTES, lamps=LAMPS), folder)
    return released(folder / "other", said, Replay(batch=300, dies_after=1_000))
