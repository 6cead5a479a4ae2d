"""French as the pages write it; U+202F is written \\u202f here, U+00A0 \\u00a0."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages import words
from catalog.declaration import Theme
from catalog.exports import EXPORTS, export
from catalog.finding.fields import FACETS
from catalog.licences import LICENCES
from charter.durations import Duration
from eclor.names import Period


@pytest.mark.parametrize(
    ("plain", "written"),
    [
        ("Pourquoi ?", "Pourquoi\u202f?"),
        ("a ; b ! c", "a\u202f; b\u202f! c"),
        ("Clé : valeur", "Clé\u00a0: valeur"),
        ("au moins 10 % du total", "au moins 10\u202f% du total"),
        ("« masqué »", "«\u00a0masqué\u00a0»"),
        ("«masqué»", "«\u00a0masqué\u00a0»"),
        ("l'eau d'ici", "l’eau d’ici"),
        ("15:27 et https://a.fr", "15:27 et https://a.fr"),
    ],
)
def test_french_typography_is_set(plain: str, written: str) -> None:
    assert words.typed(plain) == written


def test_code_and_tags_stay_as_they_are() -> None:
    page = "<p title=\"a ?\">a ?</p><pre>curl 'b' ?<b>x ?</b> ?</pre><p>l&#39;eau ?</p>"
    set_page = "<p title=\"a ?\">a\u202f?</p><pre>curl 'b' ?<b>x ?</b> ?</pre><p>l’eau\u202f?</p>"
    assert words.typeset(page) == set_page


@given(st.text(alphabet="ab « »:;!?'é1%"))
def test_setting_twice_changes_nothing_more(text: str) -> None:
    assert words.typed(words.typed(text)) == words.typed(text)


def test_figures_are_french() -> None:
    assert words.number(3120.5) == "3\u202f120,5"
    assert words.number(-3) == "−3"
    assert words.counted(0, "case masquée", "cases masquées") == "0\u00a0case masquée"
    assert words.counted(2, "case masquée", "cases masquées") == "2\u00a0cases masquées"
    assert [words.size(size) for size in (201, 84_400, 1_240_000)] == ["201\u00a0octets", "84\u00a0ko", "1,2\u00a0Mo"]


def test_an_instant_is_said_in_paris() -> None:
    assert words.moment(datetime(2026, 11, 24, 13, 7, tzinfo=UTC)) == "24 novembre 2026 à 14\u00a0h\u00a007"
    assert words.day(date(2027, 6, 1)) == "1er juin 2027"


@pytest.mark.parametrize(
    ("value", "column_type", "said"),
    [
        ("1", "booleen", "oui"),
        ("0", "booleen", "non"),
        (True, "booleen", "oui"),
        ("false", "booleen", "non"),
        (1, "entier", "1"),
        ("2026-06-01", "date", "1 juin 2026"),
        ("inconnu", "date", "inconnu"),
        ("2026-11-29T13:00:00+00:00", "date-heure", "29 nov. 2026, 14:00"),
        ("2026-06-01", "texte", "2026-06-01"),
    ],
)
def test_a_cell_is_said_by_the_type_of_its_column(value: object, column_type: str, said: str) -> None:
    assert words.cell(value, column_type, "") == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-5, "il y a 0\u00a0s"),
        (89, "il y a 89\u00a0s"),
        (90, "il y a 2\u00a0min"),
        (5399, "il y a 90\u00a0min"),
        (7200, "il y a 2\u00a0h"),
        (3 * 86_400, "il y a 3\u00a0j"),
    ],
)
def test_an_age_has_one_unit(seconds: float, said: str) -> None:
    assert words.ago(seconds) == said


def test_the_doubled_hour_of_autumn_says_which_it_is() -> None:
    summer, winter = "2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00"
    assert words.cell(summer, "texte", "heure") == "dim. 25 oct., 2\u00a0h (heure d’été)"
    assert words.cell(winter, "texte", "heure") == "dim. 25 oct., 2\u00a0h (heure d’hiver)"
    assert words.cell("2026-10-26T00:00:00+01:00", "texte", "heure") == "lun. 26 oct., 0\u00a0h"


def test_a_label_that_is_no_date_stays_as_it_is() -> None:
    for level in ("heure", "jour", "mois", ""):
        assert words.cell("ensemble", "texte", level) == "ensemble"


def test_a_version_says_what_it_covers() -> None:
    assert words.covers(()) == ""
    assert words.covers((Period("2026-10"),)) == "octobre 2026"
    assert words.covers((Period("2026-10"), Period("2026-09"))) == "septembre 2026 à octobre 2026"


def test_a_version_whose_rows_count_several_years_together_says_all_of_them() -> None:
    three_years = Duration.parse("3 ans")
    assert words.covers((Period("2025"),), three_years) == "2023 à 2025"
    assert words.covers((Period("2025"), Period("2028")), three_years) == "2023 à 2028"
    assert words.covers((Period("2026-03"),), Duration.parse("3 mois")) == "janvier 2026 à mars 2026"
    assert words.covers((Period("2026-W03"),), Duration.parse("2 semaines")) == "semaine 2 de 2026 à semaine 3 de 2026"


def test_everything_that_is_enumerated_has_its_words() -> None:
    assert set(words.THEMES) == set(Theme)
    assert set(words.FACETS) == set(FACETS)
    assert set(words.LICENCES) == {licence.value for licence in LICENCES}
    assert set(words.FORMATS) == {made.file_name for made in map(export, EXPORTS) if made.served}
