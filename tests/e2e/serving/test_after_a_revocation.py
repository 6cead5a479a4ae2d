"""A version of a policy is revoked, or its derogation ends: nothing that was withdrawn comes back with the next one."""

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.database import reading
from catalog.gates.runner import GateRunner
from catalog.reading import dataset, version
from charter.acting import Piece, Signatory, act
from charter.demonstration import demonstration_key
from charter.vocabulary import ActKind
from eclor.cli.serving import counter_of
from eclor.drafting import office
from eclor.serving import settle_serving
from tests.e2e.faults.town import VISITS
from tests.e2e.retention.hamlet import START, Hamlet, settled


@pytest.fixture
def hamlet(tmp_path: Path, gates: GateRunner) -> Iterator[Hamlet]:
    with settled(tmp_path, gates) as one:
        yield one


def signs(hamlet: Hamlet, kind: ActKind, person: str) -> None:
    """Sign as `eclor act` does, by the clock of the town, then tell the servers."""
    hamlet.clock.instant = hamlet.clock.instant.replace(second=hamlet.clock.instant.second + 1)
    by = Signatory(person, demonstration_key(person))
    opening = kind in {ActKind.SIMULATE, ActKind.ENDORSE, ActKind.SIGN, ActKind.ENTER_INTO_FORCE}
    subject = office(hamlet.house.settings).drafted(VISITS) if opening else (VISITS, None)
    act(kind, subject, by=by, desk=hamlet.house.desk, piece=Piece(b"{}", "json") if opening else None)
    settle_serving(VISITS, counter_of(hamlet.house))


def opens(hamlet: Hamlet, text: str) -> None:
    """Write a policy and have the three sign it."""
    hamlet.house.policies[VISITS].write_text(text, "utf-8")
    governance = people(text)
    for kind, role in (
        (ActKind.SIMULATE, "auteur"),
        (ActKind.ENDORSE, "dpo"),
        (ActKind.SIGN, "garant"),
        (ActKind.ENTER_INTO_FORCE, "auteur"),
    ):
        signs(hamlet, kind, governance[role])


def people(text: str) -> dict[str, str]:
    roles = ("  auteur:", "  dpo:", "  garant:")
    return dict(line.strip().split(": ") for line in text.splitlines() if line.startswith(roles))


def test_the_next_version_carries_nothing_over(hamlet: Hamlet) -> None:
    policy = hamlet.house.policies[VISITS]
    text = policy.read_text("utf-8")
    governance = people(text)
    signs(hamlet, ActKind.REVOKE, governance["dpo"])
    with reading(hamlet.house.catalog.engine) as session:
        view = dataset(session, VISITS)
    assert view is not None
    assert view.state == "withdrawn"
    assert hamlet.walked(minutes=1).outcome == "refused"
    opens(hamlet, text.replace("\nversion: 1\n", "\nversion: 2\n"))
    shutil.rmtree(hamlet.place)  # what came in before is gone: only a version could carry it over
    (hamlet.folder / "passages" / f"{START:%Y-%m-%d}.csv").unlink()
    hamlet.day(START.replace(day=22))
    done = hamlet.walked(days=2)
    assert (done.outcome, done.version) == ("published", 2), done.message_fr
    settle_serving(VISITS, counter_of(hamlet.house))
    with reading(hamlet.house.catalog.engine) as session:
        first, second, view = version(session, VISITS, 1), version(session, VISITS, 2), dataset(session, VISITS)
    assert first is not None
    assert second is not None
    assert view is not None
    assert "révoquée" in first.withdrawn_reason
    assert set(first.periods).isdisjoint(second.periods)
    assert (second.withdrawn_at, view.state) == (None, "served")


DEROGATION = """
derogations:
  - regle: plancher-k
    unite: foyer
    k: 7
    motif: petits effectifs du premier hiver
    deliberation: délibération 12
    du: 2026-11-01
    au: 2026-11-30
"""


@pytest.mark.parametrize("late", ["geler", "reviser"])
def test_what_a_derogation_made_is_not_carried_into_a_version_without_it(hamlet: Hamlet, late: str) -> None:
    """The former policy's derogation still runs: carried over, its cells of 8 would outlive it under another number."""
    text = hamlet.house.policies[VISITS].read_text("utf-8").replace("tardifs: geler", f"tardifs: {late}")
    below = text.replace("k: 11", "k: 7").replace("\nversion: 1\n", "\nversion: 2\n") + DEROGATION
    opens(hamlet, below)
    small, large = START.replace(day=22), START.replace(day=23)
    hamlet.day(small, badges=8)
    assert hamlet.walked(days=2).outcome == "published"
    assert days_of(hamlet, 2) == {f"{START:%Y-%m-%d}": "20", f"{small:%Y-%m-%d}": "8"}
    opens(hamlet, text.replace("\nversion: 1\n", "\nversion: 3\n"))
    hamlet.day(large)
    done = hamlet.walked(days=1)
    assert (done.outcome, done.version) == ("published", 3), done.message_fr
    shown = days_of(hamlet, 3)
    assert shown[f"{large:%Y-%m-%d}"] == "20"
    assert shown.get(f"{small:%Y-%m-%d}", "") == ""


def days_of(hamlet: Hamlet, number: int) -> dict[str, str]:
    """Return the households of each day at one site, as a version shows them: nothing where they are masked."""
    rows = csv.DictReader(io.StringIO(hamlet.csv(number).decode()))
    return {row["horodatage"]: row["foyers"] for row in rows if row["site"] == "VIL"}
