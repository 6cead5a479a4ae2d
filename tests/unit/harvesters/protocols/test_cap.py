"""cap: which alerts of a feed still stand, the others being updated or cancelled by one that comes beside them."""

import pytest

from tests.payloads import ALERT, read


@pytest.mark.parametrize(
    ("status", "kind", "references", "over"),
    [
        ("Actual", "Cancel", "meteo@exemple.fr,a1,2026-11-22T06:00:00+01:00", True),
        ("Actual", "Update", "x@y.fr,b,2026-11-21T06:00:00Z meteo@exemple.fr,a1,2026-11-22T05:00:00Z", True),
        ("Exercise", "Cancel", "meteo@exemple.fr,a1,2026-11-22T06:00:00+01:00", False),
        ("Actual", "Ack", "meteo@exemple.fr,a1,2026-11-22T06:00:00+01:00", False),
        ("Actual", "Cancel", "autre@exemple.fr,a1,2026-11-22T06:00:00+01:00", False),
        ("Actual", "Cancel", "", False),
    ],
)
def test_what_another_alert_updates_or_cancels_says_so(status: str, kind: str, references: str, over: bool) -> None:
    first = ALERT.format(status="Actual").partition("?>")[2]
    told = f"<msgType>{kind}</msgType><scope>Public</scope><references>{references}</references>"
    second = ALERT.format(status=status).partition("?>")[2].replace("<identifier>a1<", "<identifier>a2<")
    second = second.replace("<msgType>Alert</msgType><scope>Public</scope>", told)
    rows = read("cap", f"<alerts>{first}{second}</alerts>".encode()).rows
    assert {row["identifier"]: row["replaced"] for row in rows} == {"a1": over, "a2": False}
