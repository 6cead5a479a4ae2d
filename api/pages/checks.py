"""What a version was expected to hold, in words: each expectation, why, and what judged it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pydantic import JsonValue

from api.pages import words
from catalog.proof import ProofBody
from catalog.validations import Check, checks_of

_SAYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "expect_column_values_to_not_be_null": "Aucune case n'est vide",
        "expect_column_values_to_be_null": "Toutes les cases sont vides",
        "expect_column_values_to_be_between": "Chaque valeur est entre deux bornes",
        "expect_column_values_to_be_in_set": "Chaque valeur est dans une liste fermée",
        "expect_column_values_to_not_be_in_set": "Aucune valeur n'est dans une liste exclue",
        "expect_column_values_to_match_regex": "Chaque valeur a une forme attendue",
        "expect_column_values_to_not_match_regex": "Aucune valeur n'a une forme exclue",
        "expect_column_value_lengths_to_be_between": "Chaque texte a une longueur entre deux bornes",
        "expect_column_value_lengths_to_equal": "Chaque texte a la longueur attendue",
        "expect_column_values_to_be_unique": "Aucune valeur n'est répétée",
        "expect_column_values_to_be_increasing": "Les valeurs ne décroissent jamais",
        "expect_column_values_to_be_decreasing": "Les valeurs ne croissent jamais",
        "expect_column_pair_values_a_to_be_greater_than_b": "Deux colonnes sont dans l'ordre attendu sur chaque ligne",
        "expect_column_pair_values_to_be_equal": "Deux colonnes sont égales sur chaque ligne",
        "expect_compound_columns_to_be_unique": "Ces colonnes, ensemble, désignent une seule ligne",
        "expect_multicolumn_sum_to_equal": "Ces colonnes ont la somme attendue sur chaque ligne",
        "expect_column_max_to_be_between": "La plus grande valeur est entre deux bornes",
        "expect_column_min_to_be_between": "La plus petite valeur est entre deux bornes",
        "expect_column_mean_to_be_between": "La moyenne est entre deux bornes",
        "expect_column_median_to_be_between": "La médiane est entre deux bornes",
        "expect_column_sum_to_be_between": "La somme est entre deux bornes",
        "expect_column_stdev_to_be_between": "L'écart type est entre deux bornes",
        "expect_column_unique_value_count_to_be_between": "Le nombre de valeurs différentes est entre deux bornes",
        "expect_column_proportion_of_unique_values_to_be_between": "La part de valeurs différentes a deux bornes",
        "expect_column_distinct_values_to_be_in_set": "Les valeurs sont toutes dans une liste fermée",
        "expect_column_distinct_values_to_contain_set": "Toutes les valeurs d'une liste sont présentes",
        "expect_column_distinct_values_to_equal_set": "Les valeurs sont exactement celles d'une liste",
        "expect_table_columns_to_match_ordered_list": "Les colonnes sont celles du plan, dans cet ordre",
        "expect_table_columns_to_match_set": "Les colonnes sont celles attendues",
        "expect_table_column_count_to_equal": "Le nombre de colonnes est celui attendu",
        "expect_column_to_exist": "La colonne est présente",
        "expect_table_row_count_to_equal": "Le nombre de lignes est celui de la publication",
        "expect_table_row_count_to_be_between": "Le nombre de lignes est entre deux bornes",
    }
)
"""The library's expectations, in French; another is shown under its own name."""
_COLUMNS: Final = ("column", "column_A", "column_B", "column_list", "column_set", "colonnes", "moment", "valeur", "par",
                   "course", "rang", "arrivee", "depart")  # fmt: skip
_DRIFT: Final = "drift"
_MOVED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "fewer": "bien moins de lignes",
        "more": "bien plus de lignes",
        "empty": "des cases vides en « {column} », plus ou moins qu'avant",
        "shape": "une autre répartition de « {column} »",
    }
)
_EXECUTORS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "eclor/duckdb": "une lecture du fichier (DuckDB)",
        "great-expectations/pandas": "great-expectations lui-même",
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """One expectation on the page: what it says, on what, with which declared parameters, why, who judged."""

    says: str
    columns: tuple[str, ...]
    parameters: tuple[tuple[str, str], ...]
    reason: str
    executor: str
    name: str


def lines_of(body: ProofBody) -> tuple[Line, ...]:
    """Return the expectations that a version met, in the order of its suite."""
    return tuple(_line(each) for each in checks_of(body))


def moved_of(body: ProofBody) -> tuple[str, ...]:
    """Return what moved beyond its threshold since the version before, without any figure."""
    warnings = next((gate.public.get("warnings") for gate in body.gates if gate.gate == _DRIFT), None)
    told = [each for each in warnings if isinstance(each, dict)] if isinstance(warnings, list) else []
    return tuple(_MOVED[str(each["measure"])].format(column=each["column"]) for each in told)


def _line(check: Check) -> Line:
    columns = [name for key in _COLUMNS if key in check.parameters for name in _texts(check.parameters[key])]
    says = (check.sentence or _SAYS.get(check.name, check.name)).rstrip(".")
    others = [(key, ", ".join(_texts(value))) for key, value in check.parameters.items() if key not in _COLUMNS]
    return Line(
        says=says + _mostly(check.parameters),
        columns=tuple(dict.fromkeys(columns)),
        parameters=tuple(others),
        reason=check.reason,
        executor=_EXECUTORS.get(check.executor, check.executor),
        name=check.name,
    )


def _mostly(parameters: Mapping[str, JsonValue]) -> str:
    """Return what an expectation that not every cell must meet says of that."""
    share = float(str(parameters.get("mostly", 1)))
    return "" if share == 1 else f", pour {words.share(share)} des cases au moins"


def _texts(value: JsonValue) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]
