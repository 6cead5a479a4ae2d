"""Finding datasets by words and facets."""

import pytest

from catalog.search import search, tokens
from catalog.views import DatasetView, dataset_view, version_view
from tests.unit.catalog.database.rows import dataset_row, file_row, version_row


def published(slug: str, *, masked: int = 1, **changed: object) -> DatasetView:
    version = version_view(version_row(slug, 1, masked=masked), [file_row(1, "data.csv")])
    return dataset_view(dataset_row(slug, state="served", **changed), version)


PASSAGES = published(
    "dechetteries-passages",
    title="Fréquentation des déchèteries",
    description="Foyers par site et par heure.",
    declared={"mots_cles": {"fr": ["affluence", "œuvres"]}, "description": {"en": "Households by site"}},
)
LIGHTING = published("eclairage-telemetrie", title="Éclairage public", theme="eclairage", masked=0, service="Voirie")
ALERTS = dataset_view(dataset_row("alertes", title="Alertes météo", theme="alertes", kind="live", service="SDIS"), None)
ALL = (ALERTS, LIGHTING, PASSAGES)


def slugs(words: str, **chosen: list[str]) -> list[str]:
    return [view.slug for view in search(ALL, words, chosen=chosen).datasets]


def test_words_lose_accents_case_and_plural_marks() -> None:
    assert tokens("Œuvres, Déchèteries & eaux d'Été") == ("oeuvre", "decheterie", "eau", "d", "ete")


@pytest.mark.parametrize(
    "words", ["déchèterie", "DECHETERIES", "dechet", "affluences", "oeuvre", "households", "foyers"]
)
def test_a_word_is_found_whatever_its_accents_and_number(words: str) -> None:
    assert slugs(words) == ["dechetteries-passages"]


def test_every_word_must_hold() -> None:
    assert slugs("frequentation eclairage") == []


def test_no_word_finds_everything_by_title() -> None:
    assert slugs("") == ["alertes", "dechetteries-passages", "eclairage-telemetrie"]


def test_a_title_comes_before_a_service() -> None:
    other = published("x", title="A", service="Éclairage", theme="y")
    assert [view.slug for view in search((other, LIGHTING), "eclairage").datasets] == ["eclairage-telemetrie", "x"]


def test_facets_keep_what_was_chosen() -> None:
    assert slugs("", theme=["eclairage", "alertes"]) == ["alertes", "eclairage-telemetrie"]
    assert slugs("", theme=["eclairage", "alertes"], kind=["live"]) == ["alertes"]
    assert slugs("", format=["csv"], protection=["masked"]) == ["dechetteries-passages"]


def test_a_facet_counts_over_the_other_facets() -> None:
    facets = search(ALL, "", chosen={"theme": ["eclairage"]}).facets
    assert facets["theme"] == {"alertes": 1, "dechets": 1, "eclairage": 1}
    assert facets["service"] == {"Voirie": 1}
    assert facets["format"] == {"csv": 1}
