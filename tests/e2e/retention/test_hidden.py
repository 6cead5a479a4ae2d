"""Who a source stops letting be shown goes from the versions that showed them, and from no other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.database import reading
from catalog.gates.runner import GateRunner
from catalog.reading import current_version, version
from tests.e2e.faults.town import BENCHES, put
from tests.e2e.faults.town import benches as list_of
from tests.e2e.retention.hamlet import Hamlet, of_benches

HIDDEN = "B0002,Banc du parc 2,12"
"""A bench of twelve places may not be shown, the source's declaration says here."""


@pytest.fixture
def hamlet(tmp_path: Path, gates: GateRunner) -> Iterator[Hamlet]:
    shown = ", ".join(f'"{places}"' for places in range(1, 12))
    kept = f"    garder:\n      - {{chemin: places, valeurs: [{shown}], retirer: id_banc}}\n"
    with of_benches(tmp_path, gates, keeping=kept) as one:
        yield one


def delivered(hamlet: Hamlet, name: str, content: bytes, *, outcome: str = "published") -> None:
    put(hamlet.folder / "bancs", f"{name}.csv", content, at=hamlet.clock.instant)
    done = hamlet.walked(BENCHES, days=1)
    assert done.outcome == outcome, done.message_fr


def withdrawn(hamlet: Hamlet, number: int) -> str:
    """Return why a version was withdrawn, "" if it was not; its bytes went with it."""
    with reading(hamlet.house.catalog.engine) as session:
        found = version(session, BENCHES, number)
    assert found is not None
    assert hamlet.house.catalog.version_folder(BENCHES, number).exists() == (found.withdrawn_at is None)
    return found.withdrawn_reason


def test_the_versions_that_showed_them_go_and_the_next_one_stands(hamlet: Hamlet) -> None:
    delivered(hamlet, "1", list_of(1))
    delivered(hamlet, "2", list_of(5))
    delivered(hamlet, "3", list_of(5, B0002=HIDDEN))
    reasons = [withdrawn(hamlet, number) for number in (1, 2, 3)]
    assert reasons == ["", "Version retirée : une version rectifiée la remplace.", ""]
    assert b"B0002" not in b"".join(hamlet.public_bytes().values())


def test_who_may_be_shown_again_is_and_stays(hamlet: Hamlet) -> None:
    delivered(hamlet, "1", list_of(5))
    delivered(hamlet, "2", list_of(5, B0002=HIDDEN))
    delivered(hamlet, "3", list_of(6))
    assert hamlet.walked(BENCHES, days=1).outcome == "unchanged"
    assert [bool(withdrawn(hamlet, number)) for number in (1, 2, 3)] == [True, False, False]
    folder = hamlet.house.catalog.version_folder(BENCHES, 3)
    assert b"B0002" in (folder / "data.csv").read_bytes()


def test_they_go_though_no_rectified_version_can_come(hamlet: Hamlet) -> None:
    delivered(hamlet, "1", list_of(5))
    delivered(hamlet, "2", list_of(5, B0002=HIDDEN, B0003="X3,Banc,1"), outcome="refused")
    assert withdrawn(hamlet, 1) != ""
    with reading(hamlet.house.catalog.engine) as session:
        current = current_version(session, BENCHES)
    assert current is None or current.withdrawn_at is not None
