"""Erasure, objection and access reach what is held and what comes; what is published stays as it is, to the byte."""

import json
import stat
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from sqlmodel import select

from catalog.database import reading
from catalog.models import DatasetRow, FileRow, VersionRow
from charter.chain import Kind
from eclor.errors import EclorError, PayloadRefused
from eclor.names import FieldName
from eclor.opening import open_home
from eclor.rights.access import access
from eclor.rights.asked import Right, asked
from eclor.rights.receipts import receipt_plain, receipt_text
from eclor.world import KeyKind
from harvesters import index
from harvesters.intake import IntakeCounts, RawColumn
from harvesters.receiving import Keeping
from harvesters.screening import Screened, read_screen
from harvesters.sealed_file import read_sealed
from tests.e2e.faults.town import VISITS, counts
from tests.e2e.retention.hamlet import START, Hamlet, sealed_files

SHE = "B000003"


def badges(hamlet: Hamlet) -> set[str]:
    """Who is in the rows that are held."""
    raw = hamlet.house.store.held(VISITS, hamlet.house.flows(VISITS)[0].name)
    return {name for table in hamlet.house.store.tables(raw, ["badge"]) for name in table["badge"].to_pylist()}


def known_to_readers(hamlet: Hamlet) -> list[object]:
    """The rows of the catalogue that pages and the API read."""
    with reading(hamlet.house.catalog.engine) as session:
        return [one.model_dump() for table in (DatasetRow, VersionRow, FileRow) for one in session.exec(select(table))]


def test_an_erasure_reaches_the_rows_and_no_public_byte(hamlet: Hamlet) -> None:
    before, known = hamlet.public_bytes(), known_to_readers(hamlet)
    (sealed,) = sealed_files(hamlet.place)
    copy, name = sealed.read_bytes(), sealed.name.removesuffix(".parquet.enc")
    answer = hamlet.asks(Right.ERASURE, f" {SHE} ", "NOBODY")
    assert [(done.dataset, done.rows) for done in answer.done] == [(VISITS, 2)]
    assert SHE not in badges(hamlet)
    assert len(badges(hamlet)) == 19
    assert name not in hamlet.ring.names(KeyKind.PARTITION)
    sealed.write_bytes(copy)
    with pytest.raises(PayloadRefused):
        list(read_sealed(sealed, key=hamlet.ring.partition_key(name), name=name))
    sealed.unlink()
    hamlet.ring.destroy(KeyKind.PARTITION, name)
    done = hamlet.walked(minutes=5)
    assert (done.outcome, done.version) == ("unchanged", 1)
    assert hamlet.public_bytes() == before
    assert known_to_readers(hamlet) == known


def test_requests_made_at_once_wait_for_each_other_and_each_has_its_receipt(hamlet: Hamlet) -> None:
    before = hamlet.public_bytes()
    asking = [(Right.ERASURE, SHE), (Right.ERASURE, SHE), (Right.OBJECTION, SHE), (Right.ERASURE, "B000004")]
    with ThreadPoolExecutor(len(asking)) as pool:
        answers = list(pool.map(lambda one: hamlet.asks(*one), asking))
    assert sum(done.rows for answer in answers[:3] for done in answer.done) == 2, "hers are counted once"
    assert [done.rows for done in answers[3].done] == [2]
    assert len({answer.reference for answer in hamlet.kept}) == len(asking)
    assert badges(hamlet).isdisjoint({SHE, "B000004"})
    assert hamlet.public_bytes() == before


def test_the_next_period_counts_one_less_and_the_published_one_stays(hamlet: Hamlet) -> None:
    hamlet.day(START + timedelta(days=4))
    hamlet.clock.instant += timedelta(days=1, hours=3)
    published = set(hamlet.csv(1).splitlines())
    assert hamlet.walked(minutes=5).version == 1, "the next day is held, and not closed"
    hamlet.asks(Right.ERASURE, SHE)
    done = hamlet.walked(days=2)
    assert (done.outcome, done.version) == ("published", 2), done.message_fr
    assert published < set(hamlet.csv(2).splitlines())
    shown = counts(hamlet.csv(2))
    assert shown["VIL", "2026-11-21"] == ("20", "20", "publie")
    assert shown["VIL", "2026-11-25"] == ("19", "19", "publie")


@pytest.mark.parametrize("door", ["apply", "validate"])
def test_a_table_that_an_erasure_overtook_comes_out_without_them_at_the_next_walk(hamlet: Hamlet, door: str) -> None:
    def at_door(entered: str) -> None:
        if entered == door:
            hamlet.asks(Right.ERASURE, SHE)

    hamlet.day(START + timedelta(days=4))
    done = hamlet.walked(days=3, at_door=at_door)
    assert (done.outcome, done.version) == ("unavailable", None), done.message_fr
    assert "[release.rows-moved]" in done.message_fr
    done = hamlet.walked(minutes=1)
    assert (done.outcome, done.version) == ("published", 2), done.message_fr
    assert counts(hamlet.csv(2))["VIL", "2026-11-25"] == ("19", "19", "publie")


def test_no_receipt_is_given_before_the_version_that_still_counts_them_is_named(
    hamlet: Hamlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[bool] = []
    with ThreadPoolExecutor(1) as pool:

        def overtake(at: str) -> None:
            if at == "publish.journaled":
                asking = pool.submit(hamlet.asks, Right.ERASURE, SHE)
                waited.append(not wait([asking], timeout=0.5).done)

        monkeypatch.setattr("catalog.publish.failpoint", overtake)
        hamlet.day(START + timedelta(days=4))
        assert hamlet.walked(days=3).version == 2
    assert waited == [True]
    assert SHE not in badges(hamlet)
    assert len(hamlet.kept) == 1


def test_an_erasure_lets_later_rows_in_and_an_objection_does_not(hamlet: Hamlet) -> None:
    hamlet.asks(Right.ERASURE, SHE)
    hamlet.day(START + timedelta(days=4))
    hamlet.walked(days=3)
    assert SHE in badges(hamlet)
    answer = hamlet.asks(Right.OBJECTION, SHE)
    assert answer.done[0].screened
    assert SHE not in badges(hamlet)
    hamlet.day(START + timedelta(days=7))
    hamlet.walked(days=3)
    assert SHE not in badges(hamlet)
    assert len(badges(hamlet)) == 19
    kept = b"".join(file.read_bytes() for file in hamlet.home.rglob("*") if file.is_file() and file.suffix != ".log")
    assert SHE.encode() not in kept


def test_an_objection_outlasts_the_purge_and_the_mark_of_an_erasure_does_not(hamlet: Hamlet) -> None:
    hamlet.asks(Right.ERASURE, "B000004")
    hamlet.asks(Right.OBJECTION, SHE)
    hamlet.purged(days=100)
    screen = _screen(hamlet)
    assert [one.until for one in screen["badge"]] == [None]


def _screen(hamlet: Hamlet) -> Mapping[str, frozenset[Screened]]:
    return read_screen(hamlet.place, hamlet.house.world).columns


def test_an_objection_that_the_law_does_not_admit_changes_nothing_and_says_so(hamlet: Hamlet) -> None:
    policy = hamlet.house.policies[VISITS]
    text = policy.read_text().replace("applicable: oui", "applicable: non")
    text = text.replace("base_legale: mission-interet-public", "base_legale: obligation-legale")
    policy.write_text(text)
    assert not hamlet.asks(Right.OBJECTION, "B000004").done[0].refused, "a draft refuses nobody"
    policy.write_text(text.replace("\nversion: 1\n", "\nversion: 2\n"))
    open_home(hamlet.house)
    answer = hamlet.asks(Right.OBJECTION, SHE)
    assert answer.done[0].refused
    assert SHE in badges(hamlet)
    assert "n'admet pas l'opposition" in receipt_text(answer, hamlet.house)


def test_a_partition_left_empty_stays_until_its_date(hamlet: Hamlet) -> None:
    everyone = [f"B{one:06d}" for one in range(20)]
    answer = hamlet.asks(Right.ERASURE, *everyone)
    assert answer.done[0].rows == 40
    assert len(sealed_files(hamlet.place)) == 1
    assert badges(hamlet) == set()
    assert [minute.things[0].count for minute in hamlet.purged(days=95).closed] == [0]


def test_the_receipt_counts_and_never_names(hamlet: Hamlet) -> None:
    answer = hamlet.asks(Right.ERASURE, SHE)
    text, plain = receipt_text(answer, hamlet.house), json.dumps(receipt_plain(answer, hamlet.house))
    assert "2 ligne(s) effacée(s)" in text
    assert "3 mois" in text
    assert SHE not in text + plain + repr(answer)
    (line,) = (hamlet.home / "retention" / "requests.jsonl").read_bytes().splitlines()
    assert SHE.encode() not in line
    assert (len(line) < 400, json.loads(line)["datasets"][0]["rows"]) == (True, 2)
    again = hamlet.asks(Right.ERASURE, SHE)
    assert "Nous ne détenions rien" in receipt_text(again, hamlet.house)


def test_the_public_journal_says_the_month_when_it_is_over_and_once(hamlet: Hamlet) -> None:
    hamlet.asks(Right.ERASURE, SHE)
    hamlet.asks(Right.ERASURE, "B000004")
    journal = hamlet.house.catalog.journal
    assert [entry for entry in journal.entries() if entry.kind is Kind.REQUESTS] == []
    for _ in range(3):
        hamlet.purged(days=5)
    (entry,) = [entry for entry in journal.entries() if entry.kind is Kind.REQUESTS]
    assert entry.facts["month"] == "2026-11"
    assert set(entry.facts) == {"month", "digest"}


def test_access_gives_the_rows_and_until_when_in_a_private_folder(hamlet: Hamlet, tmp_path: Path) -> None:
    out = tmp_path / "reponse"
    request = asked(Right.ACCESS, "foyer", SHE.encode(), datasets=[VISITS], house=hamlet.house)
    (held,) = access(request, hamlet.house, out=out)
    assert (held.rows, sorted(held.columns)) == (2, ["badge", "horodatage", "site"])
    rows = [json.loads(line) for line in (out / "barrieres.passages.ndjson").read_text().splitlines()]
    assert {row["badge"] for row in rows} == {SHE}
    assert {row["site"] for row in rows} == {"VIL", "AUD"}
    assert {row["horodatage"][-6:] for row in rows} <= {"+01:00", "+02:00"}, "an instant as a clock here says it"
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.iterdir()} == {0o600}
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    letter = (out / "acces.txt").read_text()
    assert "Essais de pannes" in letter
    assert "Base légale : une mission d'intérêt public" in letter
    assert "effacées au plus tard le 24/02/2027" in letter
    out.chmod(0o755)
    with pytest.raises(EclorError, match="reponse"):
        access(request, hamlet.house, out=out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o755, "what is not ours is left as it stands"


def test_an_answer_that_is_not_whole_leaves_no_row_and_may_be_asked_again(hamlet: Hamlet, tmp_path: Path) -> None:
    hamlet.day(START + timedelta(days=4))
    hamlet.walked(days=2)
    out, last = tmp_path / "reponse", _last_sealed(hamlet)
    request = asked(Right.ACCESS, "foyer", SHE.encode(), datasets=[VISITS], house=hamlet.house)
    content = last.read_bytes()
    last.write_bytes(content[:-1])
    with pytest.raises(EclorError) as refused:
        access(request, hamlet.house, out=out)
    assert refused.value.code == "rights.unreadable"
    assert list(out.iterdir()) == []
    last.write_bytes(content)
    assert [held.rows for held in access(request, hamlet.house, out=out)] == [4]


def _last_sealed(hamlet: Hamlet) -> Path:
    """Return the file that is read last."""
    names = [one.identifier for entry in index.entries(hamlet.place) for one in entry.delivery.partitions]
    return next(file for file in sealed_files(hamlet.place) if file.name.startswith(names[-1]))


def test_a_delivery_without_the_naming_column_stands_in_nobodys_way(hamlet: Hamlet, tmp_path: Path) -> None:
    flow, store = hamlet.house.flows(VISITS)[0], hamlet.house.store
    with store.receiving(flow, (RawColumn(FieldName("site"), "code"),)) as receipt:
        receipt.add(pa.table({"site": pa.array(["VIL"])}))
        receipt.commit(keeping=Keeping.APPEND, counts=IntakeCounts(rows=1), cursor=store.cursor(flow))
    request = asked(Right.ACCESS, "foyer", SHE.encode(), datasets=[VISITS], house=hamlet.house)
    assert [held.rows for held in access(request, hamlet.house, out=tmp_path / "reponse")] == [2]
    assert [done.rows for done in hamlet.asks(Right.ERASURE, SHE).done] == [2]
    assert len(sealed_files(hamlet.place)) == 2


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        ("badge", b"x", "rights.kind"),
        ("foyer", b"", "rights.units"),
        ("foyer", b"\xff\xfe", "rights.units"),
        ("foyer", b"a\x00b", "rights.units"),
        ("foyer", b"\n".join(b"%d" % one for one in range(10_001)), "rights.units"),
    ],
)
def test_a_request_that_cannot_be_read_is_refused(hamlet: Hamlet, kind: str, content: bytes, code: str) -> None:
    with pytest.raises(EclorError) as refused:
        asked(Right.ERASURE, kind, content, datasets=(), house=hamlet.house)
    assert refused.value.code == code


def test_another_kind_finds_nobody_and_no_letter_says_that_nothing_was_held(hamlet: Hamlet, tmp_path: Path) -> None:
    answer = hamlet.asks(Right.ERASURE, SHE, kind="personne")
    assert answer.done == ()
    assert SHE in badges(hamlet)
    access(
        asked(Right.ACCESS, "personne", SHE.encode(), datasets=(), house=hamlet.house),
        hamlet.house,
        out=tmp_path / "reponse",
    )
    for letter in (receipt_text(answer, hamlet.house), (tmp_path / "reponse" / "acces.txt").read_text("utf-8")):
        assert "rien n'a été recherché" in letter
        assert "sous ces identifiants" not in letter


def test_what_cannot_be_read_leaves_the_request_open_and_says_so(hamlet: Hamlet) -> None:
    (sealed,) = sealed_files(hamlet.place)
    content = sealed.read_bytes()
    sealed.write_bytes(content[:-1])
    with pytest.raises(EclorError) as refused:
        hamlet.asks(Right.ERASURE, SHE)
    assert refused.value.code == "rights.unreadable"
    sealed.write_bytes(content)
    assert hamlet.asks(Right.ERASURE, SHE).done[0].rows == 2
