"""The demonstration's datasets pass the real gates, and none of their releases is blocked for nothing."""

import pytest

from catalog.gates.runner import GateRunner
from catalog.validate import validate
from eclor.names import Slug
from tests.e2e.gates.conftest import Demonstration

FLOWS = [
    ("alertes", "http"),
    ("dechetteries-attente", "ngsi-ld"),
    ("dechetteries-passages", "depot"),
    ("equipements", "http"),
    ("points-de-collecte", "http"),
]


@pytest.mark.parametrize(("dataset", "access"), FLOWS)
def test_a_clean_release_of_the_demonstration_passes(
    demonstration: Demonstration, gates: GateRunner, dataset: str, access: str
) -> None:
    release, plan = demonstration.released(dataset, access=access)
    validated = validate(release, declaration=demonstration.declarations[Slug(dataset)], plan=plan, gates=gates)
    assert [(report.gate, report.passed) for report in validated.reports] == [
        ("schema", True),
        ("expectations", True),
        ("drift", True),
        ("personal-data", True),
    ]
    assert release.rows.count > 0
