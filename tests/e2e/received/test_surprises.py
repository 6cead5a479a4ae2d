"""What a source sends by surprise in a column that is only counted: the dataset is blocked, and its DPO told why."""

import json
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catalog.gates import GATES, PERSONAL_DATA
from catalog.gates.runner import GateRunner, Limits
from catalog.gates.subject import Subject, Verdict
from charter.acting import Signatory
from charter.demonstration import demonstration_key
from eclor.cli import app
from eclor.lifting import lift, refused
from eclor.pipeline import Walk
from eclor.rights.asked import Right
from tests.e2e.faults.town import VISITS, put, settle, visits
from tests.e2e.retention.hamlet import START, Hamlet, LivingClock, opened
from tests.rogue_gates import gate

NIR = "2 69 05 49 588 157 80"
OLD_PLATE = "1234 AB 57"
REASON = "C'est le nom d'une aire, non une plaque."
CRASHES = [("Raises", "gates.crashed", 60), ("Hangs", "gates.late", 1), ("Grows", "gates.memory", 60)]
"""What a gate does, what is said of it, and the seconds that it has."""


class Counting(GateRunner):
    """Remembers how many rows were judged as they were received, each time."""

    asked: list[int]

    def run(self, gate: str, subject: Subject) -> Verdict:
        if not subject.schema:
            self.asked.append(subject.count)
        return super().run(gate, subject)


@contextmanager
def a_town(folder: Path, gates: GateRunner) -> Iterator[Hamlet]:
    """A town whose sites are an open list: of a label that few units bear, nothing at all is published."""
    if not (folder / "territory").exists():
        (folder / "passages").mkdir()
        territory = settle(folder, only=(VISITS,), passages=str(folder / "passages"))
        for file in (territory / "charter" / "catalogue.yaml", territory / "politiques" / "passages.yaml"):
            head, site, rest = file.read_text("utf-8").partition("nom: site")
            file.write_text(head + site + rest.replace("categorie: lieu", "categorie: nomenclature", 1), "utf-8")
    with opened(folder, gates, LivingClock()) as one:
        yield one


@pytest.fixture(scope="module")
def gates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GateRunner]:
    table = {PERSONAL_DATA: GATES[PERSONAL_DATA]}
    with GateRunner(tmp_path_factory.mktemp("gates"), gates=table) as runner:
        yield runner


@pytest.fixture
def town(tmp_path: Path, gates: GateRunner, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hamlet]:
    monkeypatch.setenv("ECLOR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ECLOR_TERRITORY", str(tmp_path / "territory"))
    with a_town(tmp_path, gates) as one:
        yield one


def day(town: Hamlet, of: datetime, *, badge: str = "", site: str = "VIL") -> None:
    """Let a day's visits come, and one more by a badge."""
    more = f"{badge},{site},{of:%Y-%m-%d}T10:00:00+01:00\n".encode() if badge else b""
    put(town.folder / "passages", f"{of:%Y-%m-%d}.csv", visits(of) + more, at=of + timedelta(days=1))


def shown() -> str:
    return CliRunner().invoke(app, ["gate", "show", VISITS]).output


def everything(done: Walk) -> str:
    return pickle.dumps((done.message_fr, done.message_en, done.internal, done.told)).decode("latin-1")


def test_a_surprise_that_counting_would_hide_blocks_and_is_told_without_its_value(town: Hamlet) -> None:
    day(town, START, badge="B000099", site=NIR)
    done = town.walked(minutes=1)
    assert (done.outcome, done.door, done.version, done.failed) == ("refused", "apply", None, True)
    assert done.message_fr.startswith("barrieres/passages:41: [gates.received-nir] Colonne « site », telle que")
    assert "visible sur 1 ligne(s)" in done.message_fr
    assert "la première est la ligne 41" in done.message_fr
    assert "49 588" not in everything(done)
    assert "41" not in str(done.told), "no count nor place is public"
    said = shown()
    assert "1 ligne(s), la première est la ligne 41 de ce qui est arrivé le 2026-11-24 13:01, avant tout" in said
    assert "bloqué : à corriger à la source" in said
    [found] = refused(VISITS, town.house)
    assert (found.column, found.kind, found.may_be_lifted) == ("site", "nir", False)

    town.asks(Right.ERASURE, "B000099")
    done = town.walked(minutes=1)
    assert (done.outcome, done.version) == ("published", 1), done.message_fr


def test_what_the_policy_declares_personal_is_expected(town: Hamlet) -> None:
    day(town, START, badge=NIR)
    done = town.walked(minutes=1)
    assert (done.outcome, done.version) == ("published", 1), done.message_fr
    assert "49 588" not in town.csv(1).decode()


def test_what_nothing_explains_is_a_doubt_that_says_how_to_explain_it_and_may_be_lifted(town: Hamlet) -> None:
    sites = [f"{at % 28 + 1:02}/{at % 12 + 1:02}/{1930 + at}" for at in range(59)]
    more = "".join(f"B{at:06},{site},{START:%Y-%m-%d}T10:{at:02}:00+01:00\n" for at, site in enumerate(sites))
    put(town.folder / "passages", "day.csv", visits(START) + more.encode(), at=START + timedelta(days=1))
    done = town.walked(minutes=1)
    assert done.message_fr.startswith("barrieres/passages:41: [gates.received-unexplained-date]"), done.message_fr
    assert "celle de la politique ou, si elle est publiée, de datasets/passages.yaml" in done.message_fr
    [doubt] = refused(VISITS, town.house)
    assert (doubt.rows, doubt.may_be_lifted) == (len(sites), True)
    assert f"{doubt.name} : des dates que rien n'explique, 59 ligne(s)" in shown()
    assert "à expliquer dans la description de la colonne, à lever par la déléguée" in shown()
    by = Signatory("p-dpo", demonstration_key("p-dpo"))
    lift(VISITS, doubt.name, reason="Ce sont les dates de pose des barrières.", by=by, house=town.house)
    done = town.walked(minutes=1)
    assert done.message_fr.startswith("[release.no-step]"), "the gate lets them through: few units bear each"


def test_a_doubt_is_lifted_for_what_arrived_and_told_in_the_proof(town: Hamlet) -> None:
    day(town, START - timedelta(days=1))
    day(town, START, badge="B000099", site=OLD_PLATE)
    done = town.walked(minutes=1)
    assert (done.outcome, "[gates.received-plate]" in done.message_fr) == ("refused", True), done.message_fr
    [doubt] = refused(VISITS, town.house)
    assert "à lever par la déléguée" in shown()
    by = Signatory("p-dpo", demonstration_key("p-dpo"))
    lift(VISITS, doubt.name, reason=REASON, by=by, house=town.house)
    assert "levé par p-dpo" in shown()
    done = town.walked(minutes=1)
    assert (done.outcome, done.version) == ("published", 1), done.message_fr
    assert OLD_PLATE not in town.csv(1).decode(), "the gate after treatment has nothing to see"
    proof = json.loads((town.house.catalog.version_folder(VISITS, 1) / "proof.json").read_bytes())
    [waived] = proof["gates"][0]["public"]["waived"]
    assert (waived["column"], waived["finding"], waived["reason"]) == ("site", "plate", REASON)

    day(town, START + timedelta(days=1))
    assert town.walked(days=1).outcome != "refused", "what was lifted stands, beside what is new and clean"
    day(town, START + timedelta(days=2), badge="B000099", site=OLD_PLATE)
    assert town.walked(days=1).outcome == "refused", "other rows are other rows"


@pytest.mark.parametrize(("rogue", "code", "seconds"), CRASHES)
def test_a_gate_that_gives_no_verdict_blocks_and_what_waits_comes_out_once_it_is_sound(
    tmp_path: Path, rogue: str, code: str, seconds: int
) -> None:
    limits = Limits(judge_s=seconds, memory_bytes=256 << 20)
    with (
        GateRunner(tmp_path, limits=limits, gates={PERSONAL_DATA: gate(rogue)}) as broken,
        a_town(tmp_path, broken) as town,
    ):
        day(town, START)
        done = town.walked(minutes=1)
        assert (done.outcome, done.door, done.version) == ("refused", "apply", None)
        assert f"[{code}]" in done.message_fr
    with GateRunner(tmp_path, gates={PERSONAL_DATA: gate("Good")}) as sound, a_town(tmp_path, sound) as town:
        assert town.walked(minutes=2).version == 1


def test_what_was_judged_is_not_judged_again(tmp_path: Path) -> None:
    rows = len(visits(START).splitlines()) - 1
    with Counting(tmp_path, gates={PERSONAL_DATA: gate("Good")}) as gates, a_town(tmp_path, gates) as town:
        gates.asked = []
        day(town, START)
        day(town, START - timedelta(days=1))
        assert town.walked(minutes=1).version == 1
        assert gates.asked == [2 * rows], "several partitions are one question"
        day(town, START + timedelta(days=1), badge="B000099")
        town.walked(days=1)
        town.walked(days=1)
        assert gates.asked == [2 * rows, rows + 1]
