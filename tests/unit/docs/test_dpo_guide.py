"""A policy written by the guide is accepted, and every list of the guide is the code's."""

import re
from datetime import UTC, datetime
from enum import StrEnum

import numpy as np
import pytest
from pydantic import BaseModel

from anonymizers.cells import CellTable, DominanceRule, EmptyCellRule, Indicator, Kind, ProtectionRule, Rules
from anonymizers.disclosure.protect import protect
from charter.checks.levels import _types_of
from charter.checks.parameters import _CODES, _NUMBERS
from charter.checks.publication import _FREE_LICENCES
from charter.compile import check
from charter.course import RULES
from charter.floors import LIMITS
from charter.model import DpiaCriteria, Policy
from charter.promises import promises
from charter.reader import parse
from charter.shape import shape
from charter.territory import load
from charter.vocabulary import (
    KEYS,
    Category,
    FieldType,
    Frequency,
    LegalBasis,
    Level,
    Operation,
    Role,
    State,
    Statistic,
)
from tests.policies import changed
from tests.unit.docs.pages import EXAMPLE, blocks, page, quoted, section, table

TEXT = page("dpo/guide.md")
KEYS_PART = section(TEXT, "Les clés")
POLICY = (EXAMPLE / "politiques" / "velos-prets.yaml").read_text("utf-8")
TERRITORY = load(EXAMPLE / "charter")
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
STOOD = {
    "k: 5": "k: 11",
    "niveaux: [mois, jour]": "niveaux: [jour, semaine, mois]",
    "suppression_secondaire: {active: non}": (
        "suppression_secondaire: {active: oui, protection_pourcent: 10, protection_min: 1}"
    ),
    "zone_brute: 1 mois": "zone_brute: 3 mois",
    "rotation: 1 semaine": "rotation: 1 mois",
    "grande_echelle: oui": "grande_echelle: non",
    "garant: p-dpo": "garant: p-garant",
}
"""What the example says where the guide writes something wrong."""


def said_of(text: str) -> list[str]:
    return [refusal.located() for refusal in check(parse(text.encode(), "velos-prets.yaml"), TERRITORY, now=NOW)]


def example() -> Policy:
    policy, _ = shape(parse(POLICY.encode(), "velos-prets.yaml"), Policy)
    assert policy is not None
    return policy


def test_the_example_is_accepted() -> None:
    assert said_of(POLICY) == []


@pytest.mark.parametrize("row", table(TEXT, "si, dans l'exemple, on écrit", "on lit"), ids=lambda row: row[0])
def test_a_mistake_reads_as_the_guide_says(row: list[str]) -> None:
    (written,), (told,) = quoted(row[0]), quoted(row[1])
    assert told in said_of(changed(POLICY, (STOOD[written], written)))


def test_the_refusal_that_is_taken_apart_is_a_real_one() -> None:
    (told,) = blocks(section(TEXT, "Lire un refus"), "text")
    assert told.strip() in said_of(changed(POLICY, ("k: 11", "k: 5")))


def test_the_derogation_of_the_guide_lets_the_policy_have_its_k() -> None:
    (block,) = blocks(section(TEXT, "Les planchers"), "yaml")
    assert said_of(changed(POLICY, ("k: 11", "k: 8")) + block) == []


def test_the_grouping_of_the_guide_makes_a_dimension() -> None:
    (block,) = blocks(KEYS_PART, "yaml")
    field = POLICY.index("  - nom: type_velo")
    head, rest = POLICY[:field], POLICY[field:]
    grouped = "".join(f"    {line}\n" for line in block.splitlines())
    text = head + rest.replace("    traitement: {operation: retirer}\n", grouped, 1)
    assert said_of(changed(text, ("dimensions: [station, debut]", "dimensions: [station, debut, type_velo]"))) == []


def keys_of(model: type[BaseModel]) -> set[str]:
    """The French keys of a policy, at every depth."""
    found: set[str] = set()
    for name, field in model.model_fields.items():
        found.add(str(field.alias or name))
        for part in re.findall(r"charter\.\w+\.(\w+)", str(field.annotation)):
            for module in ("charter.guarantees", "charter.model", "charter.record", "charter.words"):
                inner = getattr(__import__(module, fromlist=[part]), part, None)
                if isinstance(inner, type) and issubclass(inner, BaseModel):
                    found |= keys_of(inner)
    return found


def test_every_key_of_the_tables_is_a_key_of_the_language() -> None:
    first = re.findall(r"^\| ([^|]*`[^|]*) \|", KEYS_PART, re.MULTILINE)
    lists = {"catégories", "unité"}
    words = {word for cell in first for word in quoted(cell) if cell not in lists}
    values = {str(value) for enumeration in (Category, Role, Operation, Level) for value in enumeration}
    assert words - values <= set(KEYS.values())


def test_every_key_of_a_policy_is_in_the_guide() -> None:
    told = set(re.findall(r"[a-z_]+", " ".join([*quoted(TEXT), *blocks(TEXT, "yaml")])))
    wanted = keys_of(Policy)
    assert {"finalite", "criteres", "k", "pas", "procedure", "du", "depuis"} <= wanted
    assert wanted - told == set()


@pytest.mark.parametrize(
    ("heads", "enumeration"),
    [
        (("catégorie", "exemple"), Category),
        (("usage", "quand"), Role),
        (("opération", "paramètre", "ce qui se passe", "la valeur sort"), Operation),
    ],
)
def test_a_table_of_words_holds_every_word(heads: tuple[str, ...], enumeration: type[StrEnum]) -> None:
    told = [quoted(row[0])[0] for row in table(TEXT, *heads)]
    assert sorted(told) == sorted(enumeration)


@pytest.mark.parametrize("enumeration", [FieldType, Frequency, LegalBasis, Level, Statistic])
def test_every_word_that_a_key_takes_is_in_the_guide(enumeration: type[StrEnum]) -> None:
    assert {str(word) for word in enumeration} <= set(quoted(KEYS_PART))


def test_the_types_that_can_become_coarser_are_those_of_the_guide() -> None:
    told = {
        word: set(quoted(row[1].partition(";")[0]))
        for row in table(TEXT, "pour devenir", "le type est")
        for word in quoted(row[0])
    }
    assert {level: told.pop(level) for level in Level} == {level: set(_types_of(level)) for level in Level}
    assert told == {"tranches": set(_NUMBERS), "regroupement": set(_CODES)}


def test_the_free_licences_and_the_nine_criteria_are_in_the_guide() -> None:
    criteria = {KEYS[name] for name in DpiaCriteria.model_fields}
    assert len(criteria) == 9
    assert {str(licence) for licence in _FREE_LICENCES} | criteria <= set(quoted(KEYS_PART))


def test_the_matrix_in_words_is_the_matrix() -> None:
    rows = table(TEXT, "catégories", "usages", "traitements admis", "pourquoi")
    told = [tuple(sorted(quoted(cell)) for cell in row[:3]) for row in rows]
    held = [
        tuple(sorted(map(str, part)) for part in (row.categories, row.roles, row.treatments))
        for row in TERRITORY.charter.matrix
    ]
    assert told == held


def test_the_floors_are_those_of_the_example_and_of_the_engine() -> None:
    heads = ("unité", "k du socle", "`absolu`", "limite du moteur : k", "limite du moteur : `absolu`")
    told = {quoted(row[0])[0]: [int(cell) for cell in row[1:]] for row in table(TEXT, *heads)}
    floors = TERRITORY.charter.floors
    limits = {unit.value: [limit.k, limit.hard] for unit, limit in LIMITS.items()}
    assert told == {floor.unit.value: [floor.k, floor.hard_floor, *limits[floor.unit.value]] for floor in floors}


def test_the_other_limits_are_those_of_the_example() -> None:
    told = {row[0]: row[1] for row in table(TEXT, "dans la politique", "au socle")}
    voted = TERRITORY.charter
    least = {
        "`contributeurs`": voted.dominance.contributors,
        "`l`": voted.diversity.l_min,
        "`protection_pourcent`": voted.complementary_suppression.protection_percent,
        "`protection_min`": voted.complementary_suppression.protection_min,
        "`delai_publication`": voted.publication_delay_min,
        "`seuil` (petites populations)": voted.small_populations.threshold_min,
    }
    most = {
        "`pourcent` (dominance)": voted.dominance.max_percent,
        "`part_max_pourcent`": voted.diversity.max_share_percent,
        "`perte_max_pourcent`": voted.max_loss_percent,
        "`rotation`": voted.pseudonyms.rotation_max,
        "`zone_brute`": voted.retention.raw_store_max,
        "`cle_pseudonyme`": voted.retention.pseudonym_key_max,
        "`versions_publiees`": voted.retention.published_versions_max,
        "`effacement.delai`": voted.retention.erasure_delay_max,
        "`delai_retrait`": voted.governance.withdrawal_delay_max,
        "`validite`": voted.governance.policy_validity_max,
    }
    finest, minors = voted.finest, voted.minors
    assert minors.grid == "refuse"
    assert told == {
        **{key: f"{value} au moins" for key, value in least.items()},
        **{key: f"{value} au plus" for key, value in most.items()},
        "`niveaux` de temps": f"{finest.time} au plus fin ; {minors.time} avec des mineurs",
        "`niveaux` de lieu": f"{finest.zone} au plus fin ; {minors.zone} avec des mineurs",
        "`niveaux` de grille": f"{finest.grid} au plus fin ; aucun avec des mineurs",
        "`tranches`": f"{finest.bin_width_min} au moins d'une borne à la suivante",
    }


def test_the_acts_are_who_may_do_them_from_where_to_where() -> None:
    told = {quoted(row[0])[0]: row[1:] for row in table(TEXT, "acte", "par", "de", "à")}
    assert set(told) == {act.value for act in RULES}
    for act, rule in RULES.items():
        by, start, end = told[act.value]
        assert sorted(quoted(by)) == sorted(role.value for role in rule.roles)
        assert quoted(end) == [rule.target.value]
        if start == "tout état":
            assert rule.sources == frozenset(State) - {State.REVOKED}
        else:
            assert quoted(start) == [state.value for state in rule.sources]


def test_the_page_promises_what_the_guide_says_and_nothing_else() -> None:
    rows = table(TEXT, "la page dit", "clé")
    assert [row[0] for row in rows] == list(promises(example()))
    assert {quoted(row[1])[0] for row in rows} <= set(KEYS.values())


def masked(values: list[int], protection: ProtectionRule | None) -> tuple[list[bool], tuple[float, float | None]]:
    """Which of three stations and their total are masked, and what a reader knows of the second."""
    counts = np.array(values, dtype=np.int64)
    cells = CellTable(
        dimensions=("station",),
        keys=(("Gare",), ("Lycée",), ("Mairie",), ("ensemble",)),
        indicators=(Indicator("abonnes", Kind.DISTINCT_COUNT, 0),),
        rows=counts,
        units=(counts,),
        values=(counts,),
        weights=(counts,),
        tops=((np.minimum(counts, 1),),),
    )
    found = protect(cells, Rules((11,), DominanceRule(1, 85), protection, EmptyCellRule.KNOWN_ZERO, None))
    (bound,) = found.bounds
    return found.masked.tolist(), (bound.low, bound.high)


def test_subtraction_works_then_does_not() -> None:
    (true, primary, complete) = (row[1:] for row in table(TEXT, "", "Gare", "Lycée", "Mairie", "ensemble"))
    values = [int(cell) for cell in true]
    assert masked(values, None) == ([cell == "masqué" for cell in primary], (6, 6))
    assert masked(values, ProtectionRule(10, 1)) == ([cell == "masqué" for cell in complete], (1, 30))
    assert "71 − 40 − 25 = 6" in TEXT
    assert "de 1 à 30" in TEXT
