"""A listener in a process of its own, that a test kills: `python -m tests.e2e.harvest.listener HOME URL`."""

import sys
from pathlib import Path
from threading import Event

from harvesters.listening import Listening
from harvesters.reach import Patience
from harvesters.receiving import Keeping
from harvesters.source import Source
from tests.e2e.harvest.mosquitto import LOGIN
from tests.harvesting import SteppingClock, all_of, column, flow, reach, store_at

SECRETS = {"ECLOR_SECRET_BROKER": LOGIN}


def lamps(home: Path, url: str, options: str = "") -> Source:
    """Declare the flow of the lamps."""
    return flow(
        home,
        column("lampe", path="deviceInfo.devEui"),
        column("vu_a", "date-heure", path="time"),
        column("watts", "entier", path="object.w"),
        access="mqtt",
        protocol="chirpstack",
        address=url,
        options=f'{{sujet: "application/+/device/+/event/up"{options}}}',
        more="    secret: broker",
    )


if __name__ == "__main__":
    home = Path(sys.argv[1])
    clock = SteppingClock()
    store = store_at(home, clock)
    source = lamps(home, sys.argv[2])

    def said(state: object, code: str) -> None:
        """Tell the test."""
        sys.stdout.write(f"state {state} {code}\n")
        sys.stdout.flush()

    listening = Listening(source, store, reach(store, SECRETS, Patience()), said)
    listening.visit(all_of(source), keeping=Keeping.APPEND, stop=Event())
