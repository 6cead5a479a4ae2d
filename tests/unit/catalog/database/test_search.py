"""Finding datasets by words of four languages, by facets, by place and by days."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.declaration import Theme
from catalog.finding.asking import Asked, Found, find
from catalog.finding.coverage import Coverage, Zones, coverage_of, read_zones
from catalog.finding.index import Index
from catalog.finding.themes import THEMES
from catalog.finding.words import STEMS, allowed_errors, distance, folded, words_of
from catalog.metadata.record import LANGUAGES, Bounds
from catalog.search import tokens
from catalog.views import DatasetView, dataset_view, version_view
from charter.durations import Duration
from tests.unit.catalog.database.rows import dataset_row, file_row, version_row

ZONES = Zones({"11111": Bounds(5, 49, 5.5, 50), "22222": Bounds(5.6, 49, 6, 50)}, {"11111": "Île", "22222": "Val"})
LETTERS = st.text("abcé", max_size=7)


def published(slug: str, *, masked: int = 1, **changed: object) -> DatasetView:
    version = version_view(version_row(slug, 1, masked=masked), [file_row(1, "data.csv")])
    return dataset_view(dataset_row(slug, state="served", **changed), version)


PASSAGES = published(
    "dechetteries-passages",
    title="Fréquentation des déchèteries",
    description="Foyers par site et par heure.",
    declared={
        "mots_cles": {"fr": ["affluence", "œuvres"], "lb": ["Recyclingshaff"]},
        "titre": {"fr": "Fréquentation des déchèteries", "de": "Besucher der Wertstoffhöfe"},
        "description": {"en": "Households by site"},
        "frequence": "chaque mois",
        "colonnes": [{"nom": "foyers", "titre": {"fr": "Ménages", "en": "Families"}}],
    },
)
LIGHTING = published("eclairage-telemetrie", title="Éclairage public", theme="eclairage", masked=0, service="Voirie")
ALERTS = dataset_view(dataset_row("alertes", title="Alertes météo", theme="alertes", kind="live", service="SDIS"), None)
ALL = (ALERTS, LIGHTING, PASSAGES)
PLACES = {
    PASSAGES.slug: Coverage(frozenset({"11111"}), None, (date(2026, 10, 1), date(2026, 10, 31))),
    LIGHTING.slug: Coverage(None, Bounds(5.7, 49.2, 5.8, 49.3), (date(2026, 11, 24), date(2026, 11, 24))),
    ALERTS.slug: Coverage(),
}
INDEX = Index(ALL, coverage=lambda view: PLACES[view.slug], zones=ZONES)


def found(words: str = "", **asked: object) -> Found:
    return find(INDEX, Asked(words, **asked))  # type: ignore[arg-type]


def slugs(words: str = "", **asked: object) -> list[str]:
    return [view.slug for view in found(words, **asked).datasets]


def test_words_lose_accents_case_and_plural_marks() -> None:
    assert tokens("Œuvres, Déchèteries & eaux d'Été") == ("oeuvre", "decheterie", "eau", "d", "ete")
    assert words_of("Straße – Mobilitéit") == ["strasse", "mobiliteit"]


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("fr", ("journal", "journaux")),
        ("fr", ("eau", "eaux")),
        ("fr", ("decheterie", "dechetterie", "dechetteries")),
        ("fr", ("communal", "communale", "communales")),
        ("en", ("facility", "facilities")),
        ("en", ("branch", "branches")),
        ("en", ("bus",)),
        ("de", ("lampe", "lampen")),
        ("de", ("wohnung", "wohnungen")),
        ("lb", ("luucht", "luuchten")),
    ],
)
def test_the_forms_of_a_word_meet(language: str, forms: tuple[str, ...]) -> None:
    assert len({STEMS[language](form) for form in forms}) == 1


@pytest.mark.parametrize(
    "words",
    [
        "déchèterie",
        "DECHETERIES",
        "dechet",
        "affluences",
        "oeuvre",
        "households",
        "les foyers du site",
        "ménage",
        "family",
        "Abfälle",
        "Offall",
        "waste",
        "Wertstoffhof",
        "Recyclingshäff",
        "déchéterie",
        "dechetrie",
        "frequantation",
        "hosueholds",
    ],
)
def test_a_word_is_found_in_four_languages_whatever_its_accents_its_number_and_an_error(words: str) -> None:
    assert slugs(words) == ["dechetteries-passages"]


def test_what_was_meant_is_said_only_where_a_word_was_wrong() -> None:
    assert found("frequantation foyers").meant == "frequentation foyers"
    assert found("frequentation").meant is None
    near = Index((published("x", title="Eclairées"), published("y", title="Éclairage")))
    assert find(near, Asked("eclairge")).meant == "eclairage"
    assert find(near, Asked("eclairge", chosen={"state": ("waiting",)})).meant is None
    assert found("zzzzzzzz").meant is None
    assert slugs("zzzzzzzz") == []


def test_every_word_must_hold() -> None:
    assert slugs("frequentation eclairage") == []


def test_no_word_finds_everything_what_is_served_first_then_by_title() -> None:
    assert slugs("") == ["eclairage-telemetrie", "dechetteries-passages", "alertes"]


def test_a_title_comes_before_a_service() -> None:
    other = published("x", title="A", service="Éclairage", theme="y")
    ranked = find(Index((other, LIGHTING)), Asked("eclairage")).datasets
    assert [view.slug for view in ranked] == ["eclairage-telemetrie", "x"]


def test_facets_keep_what_was_chosen() -> None:
    assert slugs("", chosen={"theme": ("eclairage", "alertes")}) == ["eclairage-telemetrie", "alertes"]
    assert slugs("", chosen={"theme": ("eclairage", "alertes"), "kind": ("live",)}) == ["alertes"]
    assert slugs("", chosen={"format": ("csv",), "protection": ("masked",)}) == ["dechetteries-passages"]
    assert slugs("", chosen={"frequency": ("chaque mois",), "state": ("served",)}) == ["dechetteries-passages"]
    assert slugs("", chosen={"service": ("nobody",)}) == []


def test_a_facet_counts_over_the_other_facets() -> None:
    facets = found("", chosen={"theme": ("eclairage",)}).facets
    assert facets["theme"] == {"alertes": 1, "dechets": 1, "eclairage": 1}
    assert facets["service"] == {"Voirie": 1}
    assert facets["format"] == {"csv": 1}


def test_a_place_keeps_what_holds_it_and_what_is_of_the_whole_territory() -> None:
    assert slugs(commune="11111") == ["dechetteries-passages", "alertes"]
    assert slugs(commune="22222") == ["eclairage-telemetrie", "alertes"]
    assert slugs(box=Bounds(5.75, 49.25, 7, 50)) == ["eclairage-telemetrie", "alertes"]
    assert slugs(box=Bounds(-1, 40, 0, 41)) == []
    assert (ZONES.code("ile"), ZONES.code("22222"), ZONES.code("elsewhere")) == ("11111", "22222", None)


def test_days_keep_what_tells_of_one_of_them() -> None:
    assert slugs(days=(date(2026, 10, 31), date(2026, 11, 1))) == ["dechetteries-passages"]
    assert slugs(days=(date(2026, 1, 1), date(2026, 12, 31))) == ["eclairage-telemetrie", "dechetteries-passages"]
    assert slugs(days=(date(2025, 1, 1), date(2025, 12, 31))) == []


def test_what_is_not_served_shows_nothing_of_its_version() -> None:
    assert PASSAGES.current is not None
    closed = dataset_view(dataset_row("closed", title="Fermé", state="withdrawn"), PASSAGES.current)
    index = Index((closed,))
    assert find(index, Asked()).facets["format"] == {}
    assert find(index, Asked("site")).count == 0
    assert find(index, Asked("ferme", chosen={"state": ("withdrawn",)})).count == 1


def test_pages_follow_one_another_and_end() -> None:
    views = [published(f"d{number:02d}", title=f"Titre {number:02d}") for number in range(25)]
    index = Index(views)
    pages = [find(index, Asked("titre", offset=offset, limit=10)).datasets for offset in (0, 10, 20, 30)]
    assert [view.slug for page in pages for view in page] == [view.slug for view in views]
    assert pages[3] == ()


def test_a_newer_index_keeps_what_did_not_change_and_drops_what_left() -> None:
    renamed = published("eclairage-telemetrie", title="Lampadaires", theme="eclairage")
    newer = Index((renamed, PASSAGES), former=INDEX)
    assert newer.kept[PASSAGES.slug] is INDEX.kept[PASSAGES.slug]
    assert find(newer, Asked("public")).count == 0
    assert [view.slug for view in find(newer, Asked("lampadaire")).datasets] == ["eclairage-telemetrie"]
    assert find(newer, Asked("meteo")).count == 0


def test_every_theme_has_its_name_in_every_language() -> None:
    assert THEMES.keys() == set(Theme)
    assert all({*names} == {*LANGUAGES} for names in THEMES.values())


def test_the_communes_of_a_territory_are_read_with_their_boxes(tmp_path: Path) -> None:
    zones = read_zones(Path("policies/ccphva/zones"))
    assert len(zones.boxes) == 8
    assert all(box.west < box.east and box.south < box.north for box in zones.boxes.values())
    assert read_zones(tmp_path).boxes == {}


def test_the_places_of_a_version_are_those_of_its_rows(tmp_path: Path) -> None:
    columns = [
        {"name": "commune", "type": "code", "kind": "technical", "level": "", "decimals": 0},
        {"name": "position", "type": "position", "kind": "technical", "level": "", "decimals": 0},
    ]
    version = version_view(version_row("places", 1, columns=columns, folder="v"), [])
    assert coverage_of(version, tmp_path, ZONES, None).communes is None
    (tmp_path / "v").mkdir()
    rows = {"commune": ["11111", None, "99999"], "position": ["5.1,49.2", None, "-5.3,49.1"]}
    pq.write_table(pa.table(rows), tmp_path / "v" / "data.parquet")
    covered = coverage_of(version, tmp_path, ZONES, None)
    assert (covered.communes, covered.box) == (frozenset({"11111"}), Bounds(-5.3, 49.1, 5.1, 49.2))
    nowhere = {"commune": pa.array([None], pa.string()), "position": pa.array([None], pa.string())}
    pq.write_table(pa.table(nowhere), tmp_path / "v" / "data.parquet")
    assert coverage_of(version, tmp_path, ZONES, None).box is None


def test_years_that_are_counted_together_are_all_told_of(tmp_path: Path) -> None:
    version = version_view(version_row("accidents", 1, periods=["2025"], columns=[]), [])
    assert coverage_of(version, tmp_path, ZONES, Duration.parse("3 ans")).days == (date(2023, 1, 1), date(2025, 12, 31))
    assert coverage_of(version, tmp_path, ZONES, None).days == (date(2025, 1, 1), date(2025, 12, 31))


@settings(deadline=None)
@given(one=LETTERS.map(folded), other=LETTERS.map(folded))
def test_the_distance_is_that_of_the_plain_definition(one: str, other: str) -> None:
    def plain(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        least = min(plain(i - 1, j) + 1, plain(i, j - 1) + 1, plain(i - 1, j - 1) + (one[i - 1] != other[j - 1]))
        swapped = i > 1 and j > 1 and (one[i - 1], one[i - 2]) == (other[j - 2], other[j - 1])
        return min(least, plain(i - 2, j - 2) + 1) if swapped else least

    one, other = one[:5], other[:5]
    assert distance(one, other, 2) == min(plain(len(one), len(other)), 3)


@settings(deadline=None)
@given(st.sampled_from(["frequentation", "households", "affluence", "ménages"]), st.integers(0, 20), st.booleans())
def test_one_error_anywhere_but_in_the_ending_is_forgiven(word: str, place: int, dropped: bool) -> None:
    place %= len(word) - 2
    wrong = word[:place] + ("" if dropped else "k") + word[place + 1 :]
    assert allowed_errors(word) >= 1
    assert slugs(wrong) == ["dechetteries-passages"]
