"""A policy in plain words."""

from pathlib import Path

import pytest

from api.pages.rules import read_policy, rules_of
from tests.unit.catalog.publish.released import TERRITORY


@pytest.mark.parametrize(
    ("slug", "threshold", "rounding"),
    [
        ("dechetteries-passages", "11 foyers", "Un 10 affiché en vaut au moins 11."),
        ("eclairage-telemetrie", "20 appareils", ""),
        ("prenoms", "11 personnes", ""),
        ("equipements", "", ""),
    ],
)
def test_a_threshold_is_said_with_its_unit_and_what_rounding_does_to_it(
    slug: str, threshold: str, rounding: str
) -> None:
    policy = read_policy(TERRITORY / "politiques" / f"{slug}.yaml")
    assert policy is not None
    rules = rules_of(policy)
    assert (rules.threshold, rules.rounding) == (threshold, rounding)


def test_what_never_leaves_is_named() -> None:
    policy = read_policy(TERRITORY / "politiques" / "dechetteries-passages.yaml")
    assert policy is not None
    assert rules_of(policy).dropped == ("nom_foyer", "commune_foyer", "type_dechet", "volume_l")


def test_a_missing_policy_is_none(tmp_path: Path) -> None:
    assert read_policy(tmp_path / "none.yaml") is None
