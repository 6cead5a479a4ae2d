"""Bars: each is told apart from all others, what a label leaves out is said, totals and masked values have none."""

from api.pages.bars import MOST_BARS, bars
from charter.release_parts import ReleaseColumn
from tests.unit.api.pages.dataset import VISITS, names, row

BARS = {"genre": "barres", "lignes": "site", "valeur": "foyers"}
KEY = ["site", "horodatage"]


def told(rows: list[dict[str, str | int | None]], **declared: object) -> list[tuple[str, str, float]] | None:
    made = bars(rows, names(VISITS, vue=BARS, cle=KEY, **declared))
    return made and [(one.label, one.figure, one.share) for one in made.lines]


def test_a_key_that_is_not_in_the_view_is_said_where_it_tells_bars_apart() -> None:
    one_day = [row("AUD", "2026-10-01", 40), row("VIL", "2026-10-01", 10)]
    assert told(one_day) == [("AUD", "40", 100.0), ("VIL", "10", 25.0)]
    two_days = [*one_day, row("AUD", "2026-10-02", 20)]
    assert told(two_days) == [
        ("AUD · jeu. 1 oct. 2026", "40", 100.0),
        ("AUD · ven. 2 oct. 2026", "20", 50.0),
        ("VIL · jeu. 1 oct. 2026", "10", 25.0),
    ]


def test_totals_of_one_period_or_of_several_and_masked_values_have_no_bar() -> None:
    totals = [row("AUD", "ensemble", 900), row("AUD", "ensemble 2026-10", 800), row("ensemble", "2026-10-01", 700)]
    assert told([*totals, row("VIL", "2026-10-01", None), row("AUD", "2026-10-01", 40)]) == [("AUD", "40", 100.0)]
    assert told(totals) is None
    assert told([row("AUD", "2026-10-01", 0)]) is None


def test_only_the_greatest_are_drawn_and_the_others_counted() -> None:
    rows = [row(f"S{rank:02d}", "2026-10-01", rank) for rank in range(MOST_BARS + 5)]
    made = bars(rows, names(VISITS, vue=BARS, cle=KEY))
    assert made is not None
    assert (len(made.lines), made.more, made.by) == (MOST_BARS, 5, ("site",))
    assert made.lines[0].label == f"S{MOST_BARS + 4:02d}"


def test_what_is_below_zero_has_no_length() -> None:
    columns = (ReleaseColumn("site", "code", "dimension"), ReleaseColumn("ecart", "entier", "measure"))
    made = bars([{"site": "A", "ecart": 4}, {"site": "B", "ecart": -2}], names(columns, vue=BARS | {"valeur": "ecart"}))
    assert made is not None
    assert [(one.figure, one.share) for one in made.lines] == [("4", 100.0), ("−2", 0.0)]


def test_a_total_says_of_which_period_and_a_text_is_no_total() -> None:
    labels = {"horodatage": {"ensemble": "Total du mois"}}
    assert names(VISITS, etiquettes=labels).value("horodatage", "ensemble 2026-10") == "Total du mois, octobre 2026"
    assert names(VISITS).value("horodatage", "ensemble 2026-W36") == "Ensemble, semaine 36 de 2026"
    free = (ReleaseColumn("nom", "texte", "technical"), ReleaseColumn("site", "code", "dimension"))
    assert names(free).value("nom", "ensemble") == "ensemble"
    assert names(free).value("site", "ensemble vocal") == "ensemble vocal"
