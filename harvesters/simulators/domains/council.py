"""What the council decided, after the common schema (SCDL délibérations 2.1.5). No decision, no person is real."""

import csv
from datetime import date, timedelta
from io import StringIO
from typing import Final

from pydantic import Field

from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_HEADER: Final = (
    "COLL_NOM",
    "COLL_SIRET",
    "DELIB_ID",
    "DELIB_DATE",
    "DELIB_MATIERE_CODE",
    "DELIB_MATIERE_NOM",
    "DELIB_OBJET",
    "BUDGET_ANNEE",
    "BUDGET_NOM",
    "PREF_ID",
    "PREF_DATE",
    "VOTE_EFFECTIF",
    "VOTE_REEL",
    "VOTE_POUR",
    "VOTE_CONTRE",
    "VOTE_ABSTENTION",
    "DELIB_URL",
)
_MONTHS: Final = 12
_THURSDAY: Final = 3


class Matter(Block):
    """What a decision is about: its code and name in the list of ACTES, what it says, how many a meeting."""

    code: str
    name: str = Field(alias="nom")
    words: str = Field(alias="objet")
    count: int = Field(alias="par_seance")


class Council(Block):
    """The council: `conseil.yaml`."""

    name: str = Field(alias="collectivite")
    siret: str
    prefecture: str
    seats: int = Field(alias="elus")
    matters: tuple[Matter, ...] = Field(alias="matieres")


def decisions_csv(council: Council, stage: Stage) -> Given:
    """Give one line a decision of the last closed months, a meeting a month but in August."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEADER)
    for before in range(_MONTHS, 0, -1):
        day = _meeting(stage.month(before=before))
        if day is not None:
            writer.writerows(_meeting_lines(council, stage, day))
    since = midnight(stage.today.replace(day=1), stage.zone)
    return Given(text.getvalue().encode(), "text/csv; charset=utf-8", since)


def _meeting(first: date) -> date | None:
    """Return the third Thursday of a month; nobody meets in August."""
    if first.month == 8:  # noqa: PLR2004
        return None
    return first + timedelta(days=14 + (_THURSDAY - first.weekday()) % 7)


def _meeting_lines(council: Council, stage: Stage, day: date) -> list[tuple[object, ...]]:
    draws = generator(stage.seed, "council", day.isoformat())
    present = council.seats - int(draws.integers(0, 9))
    asked = [matter for matter in council.matters for _ in range(matter.count)]
    lines: list[tuple[object, ...]] = []
    for number, matter in enumerate(asked, start=1):
        against, abstained = int(draws.poisson(0.6)), int(draws.poisson(0.9))
        votes = (present - against - abstained, against, abstained)
        head = (council.name, council.siret, f"{day:%Y%m%d}-{number:02d}", day, matter.code, matter.name, matter.words)
        sent = (council.prefecture, day + timedelta(days=5))
        lines.append((*head, "", "", *sent, council.seats, present, *votes, ""))
    return lines


SYSTEM: Final = DomainSystem(Council, {"/conseil/deliberations.csv": decisions_csv})
