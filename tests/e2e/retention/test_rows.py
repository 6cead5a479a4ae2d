"""One person's record withdrawn from rows: the whole version goes, and a rectified one comes."""

from catalog.database import reading
from catalog.reading import current_version, version
from eclor.rights.asked import Right
from eclor.rights.receipts import receipt_text
from tests.e2e.faults.town import BENCHES, put
from tests.e2e.faults.town import benches as list_of
from tests.e2e.retention.hamlet import Hamlet


def published(hamlet: Hamlet) -> None:
    put(hamlet.folder / "bancs", "bancs.csv", list_of(5), at=hamlet.clock.instant)
    done = hamlet.walked(BENCHES, minutes=1)
    assert (done.outcome, done.version) == ("published", 1), done.message_fr


def test_the_version_goes_and_a_rectified_one_comes(benches: Hamlet) -> None:
    published(benches)
    answer = benches.asks(Right.ERASURE, "B0002", kind="id_banc", of=(BENCHES,))
    assert [(done.rows, done.versions) for done in answer.done] == [(1, [1])]
    with reading(benches.house.catalog.engine) as session:
        gone = version(session, BENCHES, 1)
    assert gone is not None
    assert gone.withdrawn_reason == "Version retirée : une version rectifiée la remplace."
    assert not benches.house.catalog.version_folder(BENCHES, 1).exists()
    done = benches.walked(BENCHES, minutes=1)
    assert (done.outcome, done.version, done.rows_out) == ("published", 2, 4), done.message_fr
    with reading(benches.house.catalog.engine) as session:
        now = current_version(session, BENCHES)
    assert now is not None
    assert (now.number, now.withdrawn_at) == (2, None)


def test_every_version_that_shows_the_record_goes_those_of_replaced_deliveries_too(benches: Hamlet) -> None:
    published(benches)
    put(benches.folder / "bancs", "bancs-2.csv", list_of(6), at=benches.clock.instant)
    assert benches.walked(BENCHES, minutes=10).version == 2
    without = list_of(7).replace(b"B0002,", b"B0999,")
    put(benches.folder / "bancs", "bancs-3.csv", without, at=benches.clock.instant)
    assert benches.walked(BENCHES, minutes=10).version == 3
    answer = benches.asks(Right.ERASURE, "B0002", kind="id_banc", of=(BENCHES,))
    assert [(done.rows, done.versions) for done in answer.done] == [(0, [1, 2])]
    text = receipt_text(answer, benches.house)
    assert "2 version(s) publiée(s) retirée(s)" in text
    assert "Nous ne détenions rien" not in text
    assert [benches.house.catalog.version_folder(BENCHES, number).exists() for number in (1, 2, 3)] == [0, 0, 1]
    answer = benches.asks(Right.ERASURE, "B0003", kind="id_banc", of=(BENCHES,))
    assert [(done.rows, done.versions) for done in answer.done] == [(1, [3])]


def test_a_walk_that_an_erasure_overtook_publishes_nothing_of_it(benches: Hamlet) -> None:
    def at_door(door: str) -> None:
        if door == "validate":
            benches.asks(Right.ERASURE, "B0002", kind="id_banc", of=(BENCHES,))

    put(benches.folder / "bancs", "bancs.csv", list_of(5), at=benches.clock.instant)
    done = benches.walked(BENCHES, at_door=at_door, minutes=1)
    assert (done.outcome, done.door) == ("unavailable", "publish"), done.message_fr
    assert "[release.rows-moved]" in done.message_fr
    assert not benches.house.catalog.version_folder(BENCHES, 1).exists()
    done = benches.walked(BENCHES, minutes=1)
    assert (done.outcome, done.version, done.rows_out) == ("published", 1, 4), done.message_fr


def test_nobody_found_leaves_the_version_as_it_is(benches: Hamlet) -> None:
    published(benches)
    before = benches.public_bytes()
    answer = benches.asks(Right.ERASURE, "B0099", kind="id_banc", of=(BENCHES,))
    assert [(done.rows, done.versions) for done in answer.done] == [(0, [])]
    assert benches.public_bytes() == before


def test_a_whole_delivery_that_ended_is_asked_for_again(benches: Hamlet) -> None:
    published(benches)
    benches.purged()
    assert benches.purged(days=95).is_clean
    done = benches.walked(BENCHES, minutes=1)
    assert (done.outcome, done.version) == ("unchanged", 1), done.message_fr
    assert done.rows_in == 5


def test_an_objection_keeps_the_next_whole_delivery_clean(benches: Hamlet) -> None:
    published(benches)
    benches.asks(Right.OBJECTION, "B0002", kind="id_banc", of=(BENCHES,))
    put(benches.folder / "bancs", "bancs-2.csv", list_of(6), at=benches.clock.instant)
    done = benches.walked(BENCHES, days=1)
    assert (done.outcome, done.rows_in) == ("published", 5), done.message_fr
