"""Words that say what somebody is, told from others by the vectors of those that do."""

import numpy as np
import pytest

from catalog.gates.known_words import KnownWords
from catalog.gates.people_nouns import rows_of_people
from catalog.gates.personal_data import PersonalDataGate


def test_a_row_beside_those_that_are_listed_is_told_and_others_are_not() -> None:
    draw = np.random.default_rng(3)
    vectors = draw.normal(size=(4_000, 20)).astype(np.float32)
    vectors[:40, :2] += 6
    found = rows_of_people(vectors, range(20))
    assert len(found & {*range(20, 40)}) == 20
    assert len(found - {*range(40)}) < 40


@pytest.fixture(scope="module")
def words(personal_data_gate: PersonalDataGate) -> KnownWords:
    return personal_data_gate.detector.words


@pytest.mark.parametrize("word", ["géomètre", "entrepreneur", "collègue", "créancier", "cheffe", "pêcheur"])
def test_nouns_of_people_that_no_list_holds_are_told(words: KnownWords, word: str) -> None:
    assert words.names_people(word)


@pytest.mark.parametrize("word", ["quartier", "camion", "boulangerie", "équipe", "fromage", "dossier", "société", "km"])
def test_things_places_and_bodies_are_not(words: KnownWords, word: str) -> None:
    assert not words.names_people(word)


def test_a_given_name_is_no_noun_that_leads_to_a_name(words: KnownWords) -> None:
    assert not any(map(words.names_people, ("louise", "marguerite", "rosalie")))
