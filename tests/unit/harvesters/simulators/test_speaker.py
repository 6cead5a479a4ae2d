from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from harvesters.simulators.speaker import speaker_from
from harvesters.simulators.uplinks import Platform, uplinks

START = 1_795_400_100.0
"""The start of an interval."""
LAMPS = 4600


def test_every_lamp_speaks_once_in_a_quarter_of_an_hour(platform: Platform) -> None:
    speaker = speaker_from(platform, START - 1e-6)
    spoken = Counter(topic for _ in range(1) for topic, _ in speaker.due(START + 899.9))
    assert len(spoken) == LAMPS
    assert set(spoken.values()) == {1}


def test_the_pace_is_five_a_second(platform: Platform) -> None:
    speaker = speaker_from(platform, START)
    counts = [len(list(speaker.due(START + second))) for second in range(1, 61)]
    assert set(counts) == {5, 6}
    assert sum(counts) == 4600 * 60 // 900


def test_what_is_said_live_is_what_the_export_holds(platform: Platform) -> None:
    speaker = speaker_from(platform, START - 1e-6)
    live = [payload for _, payload in speaker.due(START + 10)]
    assert live == uplinks(platform, int(START) // 900)[: len(live)]


def test_what_a_sleeping_machine_missed_is_lost_like_on_the_air(platform: Platform) -> None:
    speaker = speaker_from(platform, START)
    assert len(list(speaker.due(START + 3 * 3600))) == LAMPS


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(0, 5), min_size=1, max_size=8))
def test_nothing_is_said_twice_nor_before_its_time(platform: Platform, pauses: list[float]) -> None:
    speaker, now, said = speaker_from(platform, START), START, []
    for pause in pauses:
        now += pause
        said += [topic for topic, _ in speaker.due(now)]
    assert len(said) == int(now * LAMPS / 900) - int(START * LAMPS / 900)
    assert len(set(said)) == len(said)
