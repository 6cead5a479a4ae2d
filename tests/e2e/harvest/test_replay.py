"""The lamps' day, replayed at speed: however its messages come, the release is the same, byte for byte."""

from pathlib import Path

from tests.replaying import Replay, minutely, released, spoken, troubled

MINUTES, LAMPS = range(56, 64), 600
"""Over an hour's end."""


def test_late_and_doubled_messages_and_a_dying_intake_change_no_byte_of_the_release(tmp_path: Path) -> None:
    said = list(spoken(minutely(), MINUTES, lamps=LAMPS))
    straight = released(tmp_path / "straight", said, Replay(batch=500, dies_after=1000))
    other = released(tmp_path / "other", troubled(said, tmp_path), Replay(batch=37, dies_after=40))
    assert straight == other
    assert straight[0] == len(MINUTES) * LAMPS
    fewer = released(tmp_path / "fewer", said[:-1], Replay(batch=500, dies_after=1000))
    assert fewer[1] != straight[1], "one message less would be seen"
