"""`eclor apply`: the worked examples, every format, and nothing written on a refusal."""

import json
import re
import stat
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from eclor.cli import app
from tests.applying import BADGE, HASHED, SITE, Desk, Essay, table
from tests.policies import SHARED

WORKED = SHARED / "charter" / "worked"
NOW = "2027-02-01T00:00:00Z"
DAY = "horodatage date-heure temps quasi-identifiant {operation: generaliser, niveaux: [jour]}"


def asked(*words: object) -> Result:
    return CliRunner().invoke(app, ["apply", *(str(word) for word in words)])


def worked(example: str, data: str, out: Path, *more: object, policy: str = "politique.yaml") -> Result:
    folder = WORKED / example
    return asked(
        folder / policy, "--charter", SHARED / "charter", "--input", folder / data, "--out", out, "--now", NOW, *more
    )


@pytest.mark.captures
@pytest.mark.parametrize("example", ["1-compter-des-foyers", "2-dominance-et-totaux"])
def test_a_worked_example_gives_its_expected_table(tmp_path: Path, example: str) -> None:
    done = worked(example, "entree.csv", tmp_path / "out")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "Appliqué.\n", "")
    assert (tmp_path / "out" / "release.csv").read_bytes() == (WORKED / example / "attendu.csv").read_bytes()


@pytest.mark.captures
def test_the_internal_report_ties_the_release_to_its_policy_and_rows(tmp_path: Path) -> None:
    assert worked("1-compter-des-foyers", "entree.csv", tmp_path / "out").exit_code == 0
    proof = json.loads((tmp_path / "out" / "proof.json").read_text())
    report = json.loads((tmp_path / "out" / "private" / "rapport-interne.json").read_text())
    digests, files = report["digests"], {file["name"]: file["sha256"] for file in proof["files"]}
    assert (digests["policy"], digests["plan"]) == (proof["policy"]["digest"], proof["plan_digest"])
    assert report["output"] == files
    assert (report["intake"]["rows"], report["intake"]["left_out"], report["intake"]["quarantined"]) == (30, 0, 0)
    more = tmp_path / "more.csv"
    more.write_text((WORKED / "1-compter-des-foyers" / "entree.csv").read_text() + "B99,sud,2026-03-29T02:30:00\n,,\n")
    assert worked("1-compter-des-foyers", str(more), tmp_path / "again").exit_code == 0
    again = json.loads((tmp_path / "again" / "private" / "rapport-interne.json").read_text())
    assert again["digests"]["input"] != digests["input"]
    assert again["intake"]["quarantined"] == 1


@pytest.mark.captures
def test_the_internal_report_tells_the_interval_of_every_masked_number(tmp_path: Path) -> None:
    assert worked("2-dominance-et-totaux", "entree.csv", tmp_path / "out").exit_code == 0
    (period,) = json.loads((tmp_path / "out" / "private" / "rapport-interne.json").read_text())["periods"]
    assert period["masked"] == 4
    assert period["bounds_missing"] == []
    told = {(*one["key"], one["indicator"]): (one["refused"], one["low"], one["high"]) for one in period["bounds"]}
    assert told == {
        ("54521", "industrie", "entreprises"): (False, 2, 6),
        ("54521", "services", "entreprises"): (False, 2, 6),
        ("57041", "industrie", "entreprises"): (True, 1, 5),
        ("57041", "services", "entreprises"): (False, 1, 5),
        ("54521", "industrie", "conso_mwh"): (False, 125, 460),
        ("54521", "services", "conso_mwh"): (False, 0, 335),
        ("57041", "industrie", "conso_mwh"): (True, 790, 1125),
        ("57041", "services", "conso_mwh"): (False, 0, 335),
    }


@pytest.mark.captures
def test_the_third_example_revises_what_late_rows_may_change(tmp_path: Path) -> None:
    folder = WORKED / "3-arrivees-tardives"
    assert worked(folder.name, "entree-v1.csv", tmp_path / "v1").exit_code == 0
    done = worked(folder.name, "entree-v2.csv", tmp_path / "v2", "--previous", tmp_path / "v1")
    assert (done.exit_code, done.stderr) == (0, "")
    for version in ("v1", "v2"):
        expected = (folder / f"attendu-{version}.csv").read_bytes()
        assert (tmp_path / version / "release.csv").read_bytes() == expected
    report = json.loads((tmp_path / "v2" / "private" / "rapport-interne.json").read_text())
    (may,) = report["revisions"]
    assert (may["period"], may["kept"], may["changed"], may["newly_shown"]) == ("2026-05", 1, 1, 1)
    again = worked(folder.name, "entree-v2.csv", tmp_path / "v3", "--previous", tmp_path / "v2")
    assert "[apply.nothing-new]" in again.stderr


@pytest.mark.captures
@pytest.mark.parametrize("ending", ["ndjson", "parquet"])
def test_each_format_gives_the_same_release(tmp_path: Path, ending: str) -> None:
    example = WORKED / "2-dominance-et-totaux"
    text = pc.ConvertOptions(column_types={"siret": pa.string(), "commune": pa.string()})
    rows = pc.read_csv(example / "entree.csv", convert_options=text)
    data = tmp_path / f"entree.{ending}"
    if ending == "parquet":
        pq.write_table(rows, data)
    else:
        data.write_text("".join(json.dumps(row) + "\n" for row in rows.to_pylist()))
    done = worked("2-dominance-et-totaux", str(data), tmp_path / "out")
    assert done.exit_code == 0, done.stderr
    assert (tmp_path / "out" / "release.csv").read_bytes() == (example / "attendu.csv").read_bytes()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def essay(badge: str = BADGE) -> Essay:
    return table(
        [badge, SITE, DAY, "nom texte foyer identifiant-direct {operation: retirer}*"],
        dimensions="[site, horodatage]",
        indicators=["{nom: foyers, calcul: comptage-distinct, champ: badge}"],
    )


def visits(at: str, count: int = 12) -> str:
    return "badge,site,horodatage\n" + "".join(f"B{n},nord,{at}\n" for n in range(count))


def run(desk: Desk, data: str, out: str, *more: object, asks: Essay | None = None, name: str = "data.csv") -> Result:
    desk.territory(asks or essay())
    policy, file = desk.folder / "essai.yaml", desk.folder / name
    policy.write_text((asks or essay()).policy(), "utf-8")
    file.write_text(data, "utf-8")
    return asked(
        policy, "--charter", desk.folder / "charter", "--input", file, "--out", desk.folder / out, "--now", NOW, *more
    )


def test_the_folder_holds_the_release_its_proof_and_what_is_private(desk: Desk) -> None:
    assert run(desk, visits("2026-10-05T09:00:00Z"), "out", asks=essay(HASHED)).exit_code == 0
    out = desk.folder / "out"
    assert sorted(path.name for path in out.iterdir()) == ["private", "proof.json", "release.csv", "release.parquet"]
    assert sorted(path.name for path in (out / "private").iterdir()) == ["keys", "ledger.json", "rapport-interne.json"]
    assert stat.S_IMODE((out / "private").stat().st_mode) == 0o700
    proof = json.loads((out / "proof.json").read_text())
    assert (proof["rows"], proof["masked"], proof["periods"]) == (1, 0, ["2026-10"])
    assert proof["signatures"].startswith("Non demandées")
    assert proof["guarantees"][0] == "Chaque cellule publiée parle d'au moins 11 foyers."
    assert not {"rows_in", "loss_percent", "causes", "bounds"} & set(proof)


def test_a_column_that_the_policy_removes_may_come_empty_and_no_other(desk: Desk) -> None:
    asks = table(
        [BADGE, SITE, DAY, "nom texte foyer identifiant-direct {operation: retirer}"],
        dimensions="[site, horodatage]",
        indicators=["{nom: foyers, calcul: comptage-distinct, champ: badge}"],
    )
    rows = [f"B{n},nord,2026-10-05T09:00:00Z," for n in range(12)]
    named = "\n".join(["badge,site,horodatage,nom", *rows, ""])
    assert run(desk, named, "out", asks=asks).exit_code == 0
    refused = run(desk, named.replace("nord", ""), "again", asks=asks)
    assert (refused.exit_code, "[intake.empty-column] « site »" in refused.stderr) == (1, True)


REFUSALS = [
    ("badge,site,horodatage,adresse\nB,nord,2026-10-05T09:00:00Z,rue\n", "intake.undeclared-column"),
    ("badge,site,horodatage,nom\nB,nord,2026-10-05T09:00:00Z,Durand\n", "intake.not-collected"),
    ("badge,site\nB,nord\n", "intake.missing-column"),
    ("badge,site,horodatage\nB,nord,hier\n", "intake.retyped-column"),
    ("badge,site,horodatage\n", "apply.nothing-new"),
    (visits("2027-01-05T09:00:00Z"), "apply.not-yet"),
]


@pytest.mark.parametrize(("data", "code"), REFUSALS)
def test_a_refusal_says_its_code_and_cure_and_writes_nothing(desk: Desk, data: str, code: str) -> None:
    refused = run(desk, data, "out")
    assert (refused.exit_code, refused.stdout) == (1, "Refusé.\n")
    assert f"[{code}]" in refused.stderr
    assert code.startswith("apply.") or f"data.csv: [{code}]" in refused.stderr, "the file that was given is named"
    assert not {"Durand", "hier", "rue"} & set(refused.stderr.replace("«", " ").split())
    assert sorted(path.name for path in desk.folder.iterdir()) == ["charter", "data.csv", "essai.yaml"]


def test_what_is_not_due_is_shown_as_of_the_instant_that_the_refusal_names(desk: Desk) -> None:
    refused = run(desk, visits("2027-01-05T09:00:00Z"), "out")
    due = re.search(r"--now (\S+) »", refused.stderr)
    assert due
    assert run(desk, visits("2027-01-05T09:00:00Z"), "out", "--now", due[1]).exit_code == 0


def test_an_undeclared_member_of_a_line_of_json_refuses_the_delivery_too(desk: Desk) -> None:
    line = {"badge": "B", "site": "nord", "horodatage": "2026-10-05T09:00:00Z", "adresse": "rue"}
    refused = run(desk, json.dumps(line) + "\n", "out", name="data.ndjson")
    assert "[intake.undeclared-column]" in refused.stderr


def test_a_policy_that_does_not_compile_says_where(desk: Desk) -> None:
    weak = table(
        [BADGE, SITE, DAY],
        dimensions="[site, horodatage]",
        indicators=["{nom: foyers, calcul: comptage-distinct, champ: badge}"],
        k=10,
    )
    refused = run(desk, visits("2026-10-05T09:00:00Z"), "out", asks=weak)
    assert refused.exit_code == 1
    assert "essai.yaml:" in refused.stderr
    assert "[P402] k = 10" in refused.stderr


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (["--engine", "sqlite"], "apply.no-engine"),
        (["--previous", "nowhere"], "apply.previous-incomplete"),
        (["--received", "hier"], "apply.no-instant"),
    ],
)
def test_an_option_that_cannot_be_used_is_refused(desk: Desk, more: list[str], code: str) -> None:
    refused = run(desk, visits("2026-10-05T09:00:00Z"), "out", *more)
    assert refused.exit_code == 1
    assert f"[{code}]" in refused.stderr


def test_a_file_of_another_ending_is_refused(desk: Desk) -> None:
    assert "[apply.unknown-ending]" in run(desk, "", "out", name="data.xls").stderr


def test_a_broken_parquet_is_refused(desk: Desk) -> None:
    assert "[apply.unreadable-parquet]" in run(desk, "PAR1", "out", name="data.parquet").stderr


def test_a_result_is_never_written_over(desk: Desk) -> None:
    data = visits("2026-10-05T09:00:00Z")
    assert run(desk, data, "out").exit_code == 0
    assert "[apply.out-exists]" in run(desk, data, "out").stderr
    (desk.folder / "empty").mkdir()
    assert run(desk, data, "empty").exit_code == 0


def test_previous_periods_are_carried_over_and_a_changed_result_is_refused(desk: Desk) -> None:
    september, october = visits("2026-09-05T09:00:00Z"), visits("2026-10-05T09:00:00Z", 20)
    assert run(desk, september, "first").exit_code == 0
    first = desk.folder / "first"
    assert run(desk, september + october.split("\n", 1)[1], "second", "--previous", first).exit_code == 0
    assert (desk.folder / "second" / "release.csv").read_text() == (
        "site,horodatage,foyers,statut\nnord,2026-09-05,12,publie\nnord,2026-10-05,20,publie\n"
    )
    (first / "release.parquet").write_bytes((desk.folder / "second" / "release.parquet").read_bytes())
    refused = run(desk, october, "third", "--previous", first)
    assert "[apply.previous-other]" in refused.stderr


def test_given_keys_are_used_and_a_bad_file_of_keys_is_refused_without_being_quoted(desk: Desk) -> None:
    keys, data = desk.folder / "keys.json", visits("2026-10-05T09:00:00Z")
    keys.write_text(json.dumps({"cles": {"2026-10": "00" * 32}}))
    assert run(desk, data, "out", "--keys", keys, asks=essay(HASHED)).exit_code == 0
    assert not (desk.folder / "out" / "private" / "keys").exists()
    keys.write_text(json.dumps({"cles": {"2026-09": "00" * 32}}))
    assert "[apply.no-key]" in run(desk, data, "other", "--keys", keys, asks=essay(HASHED)).stderr
    keys.write_text(json.dumps({"cle_hex": "secretsecret"}))
    refused = run(desk, data, "bad", "--keys", keys, asks=essay(HASHED))
    assert "[apply.unreadable-keys]" in refused.stderr
    assert "secretsecret" not in refused.stderr
    keys.write_text("[" * 100_000)
    assert "[apply.unreadable-keys]" in run(desk, data, "deep", "--keys", keys, asks=essay(HASHED)).stderr
