"""A doubt of the personal-data gate refuses; the DPO lifts it for these rows: they appear, others are judged anew."""

import json
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from catalog.gates.runner import GateRunner
from catalog.gates.subject import Fault, Subject, Verdict
from charter.acting import Signatory
from charter.key_files import make_key
from eclor.cli import app
from eclor.cli.key import opened_key
from eclor.lifting import lift
from tests.e2e.faults.town import BENCHES, NOON, put
from tests.e2e.retention.hamlet import Hamlet, of_benches

REASON = "C'est le nom d'un square, non celui d'une personne."
ROWS = "id_banc,nom_banc,places\nB0001,Banc du square Jeanne Moreau,2\nB0002,Banc de la gare,3\n"


class Doubting:
    """A gate that doubts one column and blocks another where the rows say so, as the real one reports it."""

    def warm(self) -> None:
        """Load nothing."""

    def judge(self, subject: Subject, *, scratch: Path) -> Verdict:
        found = [{"kind": "person", "decision": "review", "rows": 1}, {"kind": "nir", "decision": "block", "rows": 1}]
        kept = found if subject.count > len(ROWS.splitlines()) - 1 else found[:1]
        faults = tuple(
            Fault(
                f"gates.personal-{each['kind']}", 1, "nom_banc", {"rows": 1}, doubt="person" if each is found[0] else ""
            )
            for each in kept
        )
        return Verdict("essai", 1, faults, {"columns": [{"name": "nom_banc", "findings": [*kept]}]})


class Drawn:
    """Chance that gives one value: the demonstration's key of the DPO."""

    def bytes(self, size: int) -> bytes:
        return sha256(b"eclor-demonstration:p-dpo").digest()[:size]


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hamlet]:
    table = {"personal-data": "tests.e2e.waivers.test_from_doubt_to_version:Doubting"}
    with GateRunner(tmp_path, gates=table) as gates, of_benches(tmp_path, gates) as one:
        monkeypatch.setenv("ECLOR_HOME", str(tmp_path / "home"))
        monkeypatch.setenv("ECLOR_TERRITORY", str(tmp_path / "territory"))
        put(tmp_path / "bancs", "bancs.csv", ROWS.encode(), at=NOON - timedelta(days=3))
        yield one


def command(*words: object) -> Result:
    return CliRunner().invoke(app, ["gate", *(str(word) for word in words)])


def named(shown: Result, finding: str) -> str:
    """Return the name under which a finding is shown, its rows included."""
    (name,) = (word for word in shown.output.split() if word.startswith(f"{finding}/"))
    return name


def test_a_doubt_is_lifted_for_the_rows_that_were_seen_and_told_to_everyone(town: Hamlet, tmp_path: Path) -> None:
    assert command("show", BENCHES).exit_code == 1
    assert town.walked(BENCHES, minutes=1).outcome == "refused"
    shown = command("show", BENCHES)
    doubt = named(shown, "nom_banc/person")
    assert (shown.exit_code, "nom_banc/person" in shown.output, "Moreau" in shown.output) == (0, True, False)

    key = tmp_path / "dpo.pem"
    make_key(key, passphrase=None, randomness=Drawn())
    lifting = ("lift", BENCHES, doubt, "--key", key, "--reason", REASON, "--person")
    assert "n'est pas la déléguée" in command(*lifting, "p-garant").output
    assert "de 10 à 300" in command(*lifting, "p-dpo", "--reason", "non").output
    assert "n'a pas été fait" in command("lift", BENCHES, "places/person", *lifting[3:], "p-dpo").output
    assert not (town.home / "waivers").exists()
    assert town.walked(BENCHES, minutes=1).outcome == "refused"

    # by the town's clock: the command would date the journal by the machine's
    by = Signatory("p-dpo", opened_key(key, passphrase_env=""))
    lift(BENCHES, doubt, reason=REASON, by=by, house=town.house)
    assert "levé par p-dpo" in command("show", BENCHES).output
    done = town.walked(BENCHES, minutes=1)
    assert done.outcome == "published", done.message_fr
    proof = json.loads((town.house.catalog.version_folder(BENCHES, 1) / "proof.json").read_bytes())
    (waived,) = proof["gates"][0]["public"]["waived"]
    assert (waived["column"], waived["reason"], waived["by"]) == ("nom_banc", REASON, "p-dpo")
    told = [entry.facts for entry in town.house.catalog.journal.entries() if entry.kind == "waiver"]
    assert [(facts["column"], facts["reason"]) for facts in told] == [("nom_banc", REASON)]

    put(tmp_path / "bancs", "deux.csv", ROWS.replace("Moreau", "Morot").encode(), at=town.clock.instant)
    assert town.walked(BENCHES, days=1).outcome == "refused", "other rows are other rows"
    assert "n'a pas été fait" in command(*lifting, "p-dpo").output, "what she read of is not what was refused since"
    more = ROWS + "B0003,Banc du port,2\n"
    put(tmp_path / "bancs", "trois.csv", more.encode(), at=town.clock.instant)
    assert town.walked(BENCHES, days=1).outcome == "refused"
    assert (
        "personne ne le lève"
        in command("lift", BENCHES, named(command("show", BENCHES), "nom_banc/nir"), *lifting[3:], "p-dpo").output
    )

    file = town.home / "waivers" / "bancs.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"sig":"', b'"sig":"A', 1))
    broken = town.walked(BENCHES, minutes=10)
    assert ("n'est pas une décision signée" in broken.message_fr, broken.failed) == (True, True)
    assert str(broken.told["reason"]).startswith("waivers/bancs.jsonl:1:1: "), (
        "a public reason, without the home's path"
    )
