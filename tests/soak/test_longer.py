"""The same promises as every day, tried for longer."""

import os
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from catalog.gates.runner import GateRunner
from tests.attack import test_policy_fuzzer as fuzzer
from tests.attack import test_voted_fuzzer as voted
from tests.e2e.faults.test_kill import kill_at_random

KILLS = int(os.environ.get("ECLOR_SOAK_KILLS", "300"))
MUTANTS = int(os.environ.get("ECLOR_SOAK_MUTANTS", "20000"))

pytestmark = [pytest.mark.soak, pytest.mark.timeout(4 * 3600)]


def test_hundreds_of_kills_tear_lose_and_double_nothing(
    processes: ForkServerContext, gates: GateRunner, folder: Path
) -> None:
    """Each kill is a day or so: nobody purges here, so rows are kept for longer than the kills last."""
    policy = folder / "territory" / "politiques" / "passages.yaml"
    policy.write_text(policy.read_text("utf-8").replace("zone_brute: 3 mois", "zone_brute: 12 mois"), "utf-8")
    kill_at_random(processes, gates, folder, KILLS)


@settings(max_examples=MUTANTS, deadline=None, suppress_health_check=list(HealthCheck))
@given(fuzzer.mutants())
def test_thousands_of_mutants_are_refused_or_keep_every_promise(text: str) -> None:
    fuzzer.test_a_mutant_is_refused_or_keeps_every_promise.hypothesis.inner_test(text)


@settings(max_examples=MUTANTS, deadline=None, suppress_health_check=list(HealthCheck))
@given(fuzzer.hostile_mutants())
def test_thousands_of_hostile_mutants_are_refused_or_keep_every_promise(text: str) -> None:
    fuzzer.test_a_hostile_mutant_is_refused_or_keeps_every_promise.hypothesis.inner_test(text)


@settings(max_examples=MUTANTS // 4, deadline=None, suppress_health_check=list(HealthCheck))
@given(voted.voted())
def test_thousands_of_mutants_of_the_voted_files_let_nothing_through(held: dict[str, Any]) -> None:
    voted.test_a_mutant_of_the_voted_files_is_refused_or_lets_nothing_through.hypothesis.inner_test(held)
