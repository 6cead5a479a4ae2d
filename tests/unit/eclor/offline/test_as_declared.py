"""`--source`: a file by hand is read as the declared flow is harvested, and the output says so."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from charter.compile import Plan
from eclor.cli import app
from eclor.keeping import keeping_of
from eclor.offline.delivery import read_delivery
from eclor.offline.flow import AskedFlow
from harvesters.declaration import read_declaration
from tests.applying import BADGE, SITE, Desk, Essay, rows, table
from tests.harvesting import harvested, rows_of, store_at

NOW = "2027-02-01T00:00:00Z"
LOAD = "poids decimal(2) mesure mesure {operation: agreger}"
DAY = "horodatage date-heure temps quasi-identifiant {operation: generaliser, niveaux: [jour]}"
ESSAY = table([BADGE, SITE, DAY, LOAD], dimensions="[site, horodatage]", indicators=[
    "{nom: foyers, calcul: comptage-distinct, champ: badge}",
        "{nom: charge, calcul: somme, champ: poids}",
])  # fmt: skip
STATE = rows(
    ["site code lieu! technique {operation: conserver}", "vu date-heure temps! technique {operation: conserver}"],
    shown="[site, vu]",
)

HEAD = """\
source: essais
titre: Essais
exploitant: Service
simule: oui
flux:
"""
FRENCH = """\
  - jeu: essai
    protocole: csv
    acces: depot
    adresse: "{folder}"
    toutes_les: 1 jour
    options: {{delimiteur: ";", encodage: windows-1252, entete: "3"{more}}}
    garder: [{{chemin: Déchèterie, valeurs: [Évrange]}}]
    colonnes:
      - {{nom: badge, chemin: "N° badge", type: code}}
      - {{nom: site, chemin: Déchèterie, type: code}}
      - {{nom: horodatage, chemin: Passé le, type: date-heure, ecrit: "31/12/2026 23:59"}}
      - {{nom: poids, chemin: Poids, type: decimal, decimales: 2, ecrit: "1 234,50", vides: ["n.c."]}}
"""
LINES = [
    "Passages;;;",
    "Service déchets;;;",
    "N° badge;Déchèterie;Passé le;Poids",
    *(f"B{n:02};Évrange;05/10/2026 09:{n:02};1 0{n:02},50 €" for n in range(20)),
    "B21;Évrange;06/10/2026 09:00;n.c.",
    "B22;Ailleurs;05/10/2026 10:00;12,00",
]
WRONG = "B23;Évrange;2026-10-05T10:00;12,00"
DROPPED = "\r\n".join([*LINES, ""]).encode("cp1252")
DROPPED_WRONG = "\r\n".join([*LINES, WRONG, ""]).encode("cp1252")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return laid_out(tmp_path, ESSAY)


def laid_out(folder: Path, essay: Essay) -> Desk:
    desk = Desk(folder)
    desk.territory(essay)
    (folder / "essai.yaml").write_text(essay.policy(), "utf-8")
    return desk


def declared(desk: Desk, *flows: str, name: str = "essais") -> Path:
    """Declare the source where a territory does: beside the charter."""
    file = desk.folder / "sources" / f"{name}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(HEAD + "".join(flows), "utf-8")
    return file


def french(desk: Desk, more: str = "") -> str:
    return FRENCH.format(folder=desk.folder / "depot", more=more)


def dropped(desk: Desk, content: bytes = DROPPED, name: str = "passages.txt") -> Path:
    (desk.folder / "depot").mkdir(exist_ok=True)
    file = desk.folder / "depot" / name
    file.write_bytes(content)
    return file


def asked(desk: Desk, file: Path, *more: object, command: tuple[str, ...] = ("apply",)) -> Result:
    out = ["--out", desk.folder / "out"] if command == ("apply",) else []
    words = [desk.folder / "essai.yaml", "--charter", desk.folder / "charter", "--input", file, "--now", NOW, *out]
    return CliRunner().invoke(app, [*command, *(str(word) for word in [*words, *more])])


def test_what_the_service_drops_is_read_as_its_declaration_says(desk: Desk) -> None:
    source = declared(desk, french(desk))
    done = asked(desk, dropped(desk), "--source", source)
    (flow,) = read_declaration(source, endpoints=None)
    assert done.exit_code == 0, done.stderr
    assert done.stdout == f"Lu par la déclaration {source}, flux {flow.flow}, comme à la collecte.\nAppliqué.\n"
    assert done.stderr == ""
    assert (desk.folder / "out" / "release.csv").read_text().splitlines() == [
        "site,horodatage,foyers,charge,statut", "Évrange,2026-10-05,20,20200.00,publie", "Évrange,2026-10-06,,,masque",
    ]  # fmt: skip


def test_what_is_odd_in_the_file_is_said_in_french_by_both_commands(desk: Desk) -> None:
    file, source = dropped(desk, DROPPED.replace(b"\r\nB21", b"\r\n\r\nB21")), declared(desk, french(desk))
    odd = f"{file}:24: [payload.blank-lines] "
    done = asked(desk, file, "--source", source)
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "Appliqué.")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"Avertissement : {odd}")
    tried = asked(desk, file, "--source", source, command=("policy", "simulate"))
    assert (tried.exit_code, tried.stderr) == (0, "")
    assert f"\n  {line}\n" in tried.stdout


def test_one_row_that_the_declaration_does_not_read_refuses_the_file(desk: Desk) -> None:
    done = asked(desk, dropped(desk, DROPPED_WRONG), "--source", declared(desk, french(desk)))
    assert (done.exit_code, done.stdout) == (1, "Refusé.\n")
    assert "[intake.retyped-column] « Passé le » (colonne « horodatage »)" in done.stderr
    assert "Lignes fausses, 1 sur 23 (l'en-tête ne compte pas) : « horodatage » 1 fois (ligne 23)." in done.stderr
    assert "ajoutez « --source" not in done.stderr
    assert not (desk.folder / "out").exists()


def test_a_column_that_the_declaration_lets_be_missing_may_be_empty(desk: Desk) -> None:
    empty = "\r\n".join([*LINES[:3], *(line.rpartition(";")[0] + ";n.c." for line in LINES[3:]), ""]).encode("cp1252")
    strict, file = declared(desk, french(desk)), dropped(desk, empty)
    assert "[intake.empty-column] « Poids »" in asked(desk, file, "--source", strict).stderr
    lenient = declared(desk, french(desk).replace('vides: ["n.c."]', 'vides: ["n.c."], facultatif: oui'), name="plus")
    assert "[intake." not in asked(desk, file, "--source", lenient).stderr


def by_hand(desk: Desk, plan: Plan, source: Path, file: Path) -> tuple[list[dict[str, object]], object]:
    into = desk.folder / "rows"
    into.mkdir()
    came, flow = datetime(2020, 1, 1, tzinfo=UTC), AskedFlow(source).flow_of(plan)
    raw, (read,) = read_delivery(file, plan.policy, received=came, into=into, flow=flow)
    return pq.read_table(read).to_pylist(), raw.counts


NESTED = """\
  - jeu: essai
    protocole: json
    acces: depot
    adresse: "{folder}"
    toutes_les: 1 jour
    options: {{lignes: "data.items", cle: site}}
    colonnes:
      - {{nom: site, chemin: lieu.nom, type: code}}
      - {{nom: vu, chemin: vu, type: date-heure, vides: ["jamais"]}}
"""
ITEMS = [
    {"lieu": {"nom": "nord"}, "vu": "2026-10-05T10:00:00Z", "autre": 1},
    {"lieu": {"nom": "sud"}, "vu": "jamais"},
    {"lieu": {"nom": "nord"}, "vu": "2026-10-05T11:00:00Z"},
    {"lieu": {"nom": "nord"}, "vu": "2026-10-05T09:00:00Z"},
    {"lieu": {"nom": "est"}, "vu": "hier"},
]


@pytest.mark.parametrize(
    ("essay", "flow", "content", "held"),
    [
        (ESSAY, FRENCH, DROPPED_WRONG, 21),
        (STATE, NESTED, json.dumps({"data": {"items": ITEMS}}).encode(), 2),
    ],
)
def test_a_file_by_hand_is_held_as_the_harvest_holds_it(
    tmp_path: Path, essay: Essay, flow: str, content: bytes, held: int
) -> None:
    desk = laid_out(tmp_path, essay)
    plan, file = desk.plan(essay), dropped(desk, content)
    source = declared(desk, flow.format(folder=file.parent, more=""))
    read, counts = by_hand(desk, plan, source, file)
    (declared_flow,) = read_declaration(source, endpoints=None)
    store = store_at(tmp_path / "home")
    raw = harvested(declared_flow, store, keeping=keeping_of(plan))
    assert (len(read), counts) == (held, raw.counts)
    assert read == rows_of(raw, store, tmp_path)


@pytest.mark.parametrize(
    ("wrong", "code", "said"),
    [
        (
            "hier",
            "intake.retyped-column",
            "Lignes fausses, 1 sur 4 (l'en-tête ne compte pas) : « vu » 1 fois (ligne 4).",
        ),
        ("2026-10-05T09:00:00", "intake.mixed-zones", "(2 lignes sur 4 : 1, 3) et sans (1 : 4)"),
    ],
)
def test_a_document_of_json_is_refused_for_one_of_its_elements(
    tmp_path: Path, wrong: str, code: str, said: str
) -> None:
    desk = laid_out(tmp_path, STATE)
    file = dropped(desk, json.dumps({"data": {"items": [*ITEMS[:3], {"lieu": {"nom": "est"}, "vu": wrong}]}}).encode())
    source = declared(desk, NESTED.format(folder=file.parent))
    for command in (("apply",), ("policy", "simulate")):
        done = asked(desk, file, "--source", source, command=command)
        assert (done.exit_code, done.stdout) == (1, "Refusé.\n")
        assert f"[{code}] « vu »" in done.stderr
        assert said in done.stderr
    (message,) = json.loads(asked(desk, file, "--source", source, "--json", command=("policy", "simulate")).stdout)[
        "messages"
    ]
    assert (message["code"], said in message["message"] + message["cure"]) == (code, True)


def test_a_declaration_refuses_a_file_as_the_harvest_would(desk: Desk) -> None:
    source = declared(desk, french(desk, more=', cle: "badge"'))
    twice = dropped(desk, "\r\n".join([*LINES, LINES[4], ""]).encode("cp1252"))
    assert "[intake.key-twice]" in asked(desk, twice, "--source", source).stderr
    cut = dropped(desk, DROPPED.rstrip(b"\r\n"))
    assert "[intake.maybe-cut]" in asked(desk, cut, "--source", source).stderr
    assert not (desk.folder / "out").exists()


def test_without_the_option_the_policys_names_are_read_and_what_would_help_is_said(desk: Desk) -> None:
    source = declared(desk, french(desk))
    file = dropped(desk, DROPPED, "passages.csv")
    refused = asked(desk, file)
    assert (refused.exit_code, refused.stdout) == (1, "Refusé.\n")
    assert refused.stderr.endswith(
        f"Un fichier tel que la source le livre se lit par sa déclaration : ajoutez « --source {source} ».\n"
    )
    file.unlink()
    assert "--source" not in asked(desk, file).stderr, "no declaration reads a file that is not there"
    lines = [f"B{n:02},nord,2026-10-05T09:{n:02},3.50" for n in range(20)] + ["B99,nord,05/10/2026 09:00,3.50"]
    file.write_text("\n".join(["badge,site,horodatage,poids", *lines]), "utf-8")
    refused = asked(desk, file)
    assert (refused.exit_code, refused.stdout) == (1, "Refusé.\n")
    assert "1 sur 21 (l'en-tête ne compte pas) : « horodatage » 1 fois (ligne 21)." in refused.stderr
    assert "Un fichier tel que la source le livre" in refused.stderr
    source.unlink()
    assert "--source" not in asked(desk, file, command=("policy", "simulate")).stderr


def test_a_simulation_says_by_what_its_rows_were_read(desk: Desk) -> None:
    source, file = declared(desk, french(desk)), dropped(desk)
    simulate = ("policy", "simulate")
    said = asked(desk, file, "--source", source, command=simulate)
    assert (
        f"lues                                            par la déclaration {source}, flux depot-csv-" in said.stdout
    )
    found = json.loads(asked(desk, file, "--source", source, "--json", command=simulate).stdout)["rows"]
    assert (found["held"], found["refused"], found["left_out"], found["hint"]) == (21, 0, 1, "")
    lines = [f"B{n:02},nord,2026-10-05T09:{n:02},3.50" for n in range(20)] + ["B99,nord,2026-03-29T02:30,3.50"]
    plain = dropped(desk, "\n".join(["badge,site,horodatage,poids", *lines]).encode(), "plain.csv")
    told = asked(desk, plain, command=simulate).stdout
    assert "lues                                            par les noms de colonnes de la politique" in told
    assert f"ajoutez « --source {source} »" in told


@pytest.mark.parametrize(
    ("flows", "words", "code"),
    [
        ((), ("--flux", "depot-csv-0"), "apply.flow-alone"),
        (("autre",), ("--source", "{source}"), "apply.no-flow"),
        (("essai",), ("--source", "{source}", "--flux", "depot-csv-0"), "apply.unknown-flow"),
        (("essai", "essai"), ("--source", "{source}"), "apply.several-flows"),
    ],
)
def test_a_flow_that_is_not_sure_is_refused(
    desk: Desk, flows: tuple[str, ...], words: tuple[str, ...], code: str
) -> None:
    kinds = (french(desk), french(desk, more=", fin_de_ligne: facultative").replace("/depot", "/autre"))
    texts = [text.replace("jeu: essai", f"jeu: {name}") for name, text in zip(flows, kinds, strict=False)]
    source = declared(desk, *texts or [french(desk)])
    refused = asked(desk, dropped(desk), *(word.format(source=source) for word in words))
    assert (refused.exit_code, f"[{code}]" in refused.stderr) == (1, True), refused.stderr


def test_one_of_several_flows_is_named(desk: Desk) -> None:
    commas = french(desk).replace('delimiteur: ";"', 'delimiteur: ","').replace("/depot", "/autre")
    source = declared(desk, french(desk), commas)
    first, second = (flow.flow for flow in read_declaration(source, endpoints=None))
    assert asked(desk, dropped(desk), "--source", source, "--flux", first).exit_code == 0
    refused = asked(desk, dropped(desk), "--source", source, "--flux", second, "--out", desk.folder / "other")
    assert (refused.exit_code, "[intake." in refused.stderr) == (1, True), refused.stderr


def test_flows_that_read_alike_are_one(desk: Desk) -> None:
    source = declared(desk, french(desk), french(desk).replace("/depot", "/autre"))
    assert asked(desk, dropped(desk), "--source", source).exit_code == 0


def test_a_declaration_goes_with_a_file_alone(desk: Desk) -> None:
    source = declared(desk, french(desk))
    words = [desk.folder / "essai.yaml", "--territory", desk.folder, "--source", source]
    refused = CliRunner().invoke(app, ["policy", "simulate", *map(str, words)])
    assert (refused.exit_code, "[simulate.previous-held]" in refused.stderr) == (1, True)


def test_a_policy_whose_validity_has_not_begun_is_applied_and_that_is_said(desk: Desk) -> None:
    policy = desk.folder / "essai.yaml"
    policy.write_text(policy.read_text("utf-8").replace("du: 2026-01-01", "du: 2027-12-01"), "utf-8")
    done = asked(desk, dropped(desk), "--source", declared(desk, french(desk)))
    assert done.exit_code == 0, done.stderr
    assert "la validité de cette politique commence le 2027-12-01 ; rien n'en paraît avant" in done.stderr
