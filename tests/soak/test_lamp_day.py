"""24 hours of 4,600 lamps at one message a minute, replayed twice: the same release, byte for byte."""

import os
from pathlib import Path

import pytest

from tests.replaying import Replay, minutely, released, spoken, troubled

LAMPS = 4600
MINUTES = range(int(os.environ.get("ECLOR_SOAK_REPLAYED", "1440")))


@pytest.mark.soak
@pytest.mark.timeout(3 * 3600)
def test_a_day_of_lamps_gives_the_same_release_however_it_comes(tmp_path: Path) -> None:
    platform = minutely()
    straight = released(tmp_path / "one", spoken(platform, MINUTES, lamps=LAMPS), Replay(500, 10**9))
    said = troubled(spoken(platform, MINUTES, lamps=LAMPS), tmp_path)
    assert released(tmp_path / "other", said, Replay(batch=300, dies_after=1_000)) == straight
    assert straight[0] == LAMPS * len(MINUTES)
