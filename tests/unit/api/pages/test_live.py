"""A live value past its limit is unknown; an alert past its end is over."""

from datetime import UTC, datetime, timedelta

from api.pages.live import alerts, tiles
from charter.release_parts import ReleaseColumn
from tests.unit.api.pages.dataset import VISITS, names

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
WAITING = (
    ReleaseColumn("site", "code", "technical"),
    ReleaseColumn("attente", "texte", "technical"),
    ReleaseColumn("observe_a", "date-heure", "technical"),
)
ALERTS = tuple(
    ReleaseColumn(name, "date-heure" if name.endswith("_a") else "texte", "technical")
    for name in ("severite", "titre", "consigne", "emis_a", "expire_a")
)
VIEW = {"genre": "attente", "lignes": "site", "valeur": "attente"}


def at(seconds: float) -> str:
    return (NOW - timedelta(seconds=seconds)).isoformat()


def test_the_limit_itself_is_still_known() -> None:
    rows = [
        {"site": "A", "attente": "0-5", "observe_a": at(900)},
        {"site": "B", "attente": "0-5", "observe_a": at(901)},
        {"site": "C", "attente": None, "observe_a": at(1)},
        {"site": "D", "attente": "0-5", "observe_a": None},
    ]
    made = tiles(rows, names(WAITING, vue=VIEW), limit_s=900, now=NOW)
    assert [(tile.label, tile.stale) for tile in made] == [("A", False), ("B", True), ("C", True), ("D", True)]


def test_alerts_in_force_come_first_gravest_first() -> None:
    def alert(level: str, title: str, until: float) -> dict[str, str | None]:
        return {"severite": level, "titre": title, "consigne": None, "emis_a": at(9000), "expire_a": at(-until)}

    rows = [alert("Minor", "m", 60), alert("Extreme", "over", 0), alert("Severe", "s", 60), alert("Odd", "o", 60)]
    made = alerts(rows, names(ALERTS, etiquettes={"severite": {"Severe": "Grave"}}), NOW)
    assert made is not None
    assert [(one.title, one.level, one.over) for one in made] == [
        ("s", "Grave", False),
        ("m", "Minor", False),
        ("o", "Odd", False),
        ("over", "Extreme", True),
    ]


def test_other_columns_make_no_list_of_alerts() -> None:
    assert alerts([], names(VISITS), NOW) is None
