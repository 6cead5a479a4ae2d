from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element

import defusedxml.ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st

from harvesters.simulators.alerts import cap_document
from harvesters.simulators.parameters import Parameters
from harvesters.simulators.places import Commune

CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
INSTANTS = st.integers(1_767_225_600, 1_796_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
"""From January to the end of November 2026."""
IN_ORDER = ["language", "category", "event", "urgency", "severity", "certainty", "effective", "expires", "senderName",
            "headline", "description", "instruction", "contact", "area"]  # fmt: skip


def _read(parameters: Parameters, communes: Mapping[str, Commune], channel: str, instant: datetime) -> Element:
    return defusedxml.ElementTree.fromstring(
        cap_document(parameters, communes, 7, channel=channel, instant=instant), forbid_dtd=True
    )


def test_the_real_channel_says_actual_and_the_other_exercise(
    parameters: Parameters, communes: Mapping[str, Commune]
) -> None:
    assert _read(parameters, communes, "alertes", NOON).findtext(f"{CAP}status") == "Actual"
    assert _read(parameters, communes, "exercice", NOON).findtext(f"{CAP}status") == "Exercise"


@settings(max_examples=40, deadline=None)
@given(INSTANTS)
def test_a_message_is_in_the_order_of_the_standard_and_ends_after_it_began(
    parameters: Parameters, communes: Mapping[str, Commune], instant: datetime
) -> None:
    alert = _read(parameters, communes, "alertes", instant)
    sent = datetime.fromisoformat(alert.findtext(f"{CAP}sent"))
    events = [info.findtext(f"{CAP}event") for info in alert.iter(f"{CAP}info")]
    assert sent <= instant < sent + timedelta(hours=3)
    assert 1 <= len(events) <= 3
    assert len(set(events)) == len(events)
    for info in alert.iter(f"{CAP}info"):
        assert [child.tag.removeprefix(CAP) for child in info] == IN_ORDER
        assert datetime.fromisoformat(info.findtext(f"{CAP}expires")) > sent


def test_polygons_are_closed_and_say_latitude_first(parameters: Parameters, communes: Mapping[str, Commune]) -> None:
    for polygon in _read(parameters, communes, "alertes", NOON).iter(f"{CAP}polygon"):
        pairs = [tuple(map(float, pair.split(","))) for pair in polygon.text.split()]
        assert pairs[0] == pairs[-1]
        assert all(49.36 <= lat <= 49.52 and 5.85 <= lon <= 6.07 for lat, lon in pairs)


def test_messages_change_now_and_then(parameters: Parameters, communes: Mapping[str, Commune]) -> None:
    steps = [NOON + timedelta(hours=3 * step) for step in range(8)]
    within = cap_document(parameters, communes, 7, channel="alertes", instant=NOON + timedelta(hours=2, minutes=59))
    assert within == cap_document(parameters, communes, 7, channel="alertes", instant=NOON)
    assert len({cap_document(parameters, communes, 7, channel="alertes", instant=step) for step in steps}) == 8
