"""The notice for a resident: made from the policy alone, each column accounted for once, each word a plain one."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from charter.compile import judged_policy
from charter.notice import Notice, notice_of
from charter.notice_columns import leaving, staying
from charter.reader import read
from charter.territory import load
from eclor.cli.policy import app
from tests.policies import FIXTURES, NAMES, NOW, SHARED, changed, read_text, territory, text_of

ROOT = Path(__file__).parents[4]
GOLDEN = Path(__file__).parent / "golden"
HELD = territory()
TOWN = ROOT / "policies" / "ccphva"
EXAMPLE = ROOT / "docs" / "dpo" / "exemple"
SHOWN = {
    "velos-prets": EXAMPLE,
    "dechetteries-passages": TOWN,
    "eclairage-telemetrie": TOWN,
    "points-de-collecte": TOWN,
}


def notice(text: str) -> Notice:
    return notice_of(judged_policy(read_text(text), HELD, now=NOW), HELD)


def section(made: Notice, heading: str) -> str:
    (found,) = (part for part in made.sections if part.heading == heading)
    return "\n".join((*found.sentences, *found.listed))


@pytest.mark.parametrize("name", SHOWN)
def test_the_notice_is_the_one_that_was_reviewed(name: str, rewrite: bool) -> None:
    folder = SHOWN[name]
    held = load(folder / "charter")
    made = notice_of(judged_policy(read(folder / "politiques" / f"{name}.yaml"), held, now=NOW), held).text()
    golden = GOLDEN / f"{name}.txt"
    if rewrite:
        golden.write_text(made, encoding="utf-8")
    assert made == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_each_column_is_accounted_for_once(name: str) -> None:
    policy = judged_policy(read_text(text_of(name)), HELD, now=NOW)
    lines = [*leaving(policy), *staying(policy)]
    for field in policy.fields:
        assert sum(line.startswith(f"« {field.name} »") for line in lines) == 1, field.name
    for measure in policy.publication.measures or ():
        assert any(line.startswith(f"« {measure.name} »") for line in lines)


def test_a_level_that_no_step_takes_is_not_announced() -> None:
    text = changed(text_of("passages"), ("niveaux: [heure, jour]", "niveaux: [heure, jour, semaine]"))
    policy = judged_policy(read_text(text), HELD, now=NOW)
    (said,) = (line for line in leaving(policy) if line.startswith("« horodatage »"))
    assert "par heure ou par jour, selon" in said


@pytest.mark.captures
def test_each_published_example_has_a_notice_with_all_its_columns() -> None:
    if not SHARED.exists():
        pytest.skip("the folder named by ECLOR_SHARED is missing")
    held = load(SHARED / "charter")
    for file in sorted((SHARED / "charter" / "politiques").glob("*.yaml")):
        policy = judged_policy(read(file), held, now=NOW)
        text = notice_of(policy, held).text()
        assert all(f"« {field.name} »" in text for field in policy.fields)
        assert "{" not in text


def test_a_change_of_the_policy_is_a_change_of_the_notice() -> None:
    text = text_of("passages")
    before = notice(text).text()
    for change, said in (
        (("k: 11}", "k: 12}"), "Jamais moins de 12 foyers"),
        (("zone_brute: 3 mois", "zone_brute: 4 mois"), "gardées 4 mois"),
        (("delai_retrait: 15 minutes", "delai_retrait: 5 minutes"), "au bout de 5 minutes"),
        (("au: 2028-12-31", "au: 2027-08-01"), "au 1er août 2027."),
    ):
        after = notice(changed(text, change)).text()
        assert said not in before
        assert said in after


def test_a_delay_is_said_from_the_end_of_a_period_or_from_the_receipt() -> None:
    assert "périodes terminées depuis 7 jours" in section(notice(text_of("passages")), "À quelles conditions")
    rows = section(notice(text_of("chantiers")), "À quelles conditions")
    assert "Rien ne paraît moins de 7 jours après avoir été reçu." in rows
    assert "périodes terminées" not in rows


def test_a_column_that_is_dropped_is_said_never_to_leave() -> None:
    made = notice(text_of("passages"))
    assert "seulement à compter des foyers" in section(made, "Ce qui ne paraît jamais")
    assert "badge" not in section(made, "Ce qui paraît").replace("chaque valeur de « badge » une seule fois", "")


def test_a_policy_that_does_not_compile_has_no_notice(tmp_path: Path) -> None:
    file = tmp_path / "passages.yaml"
    file.write_text(changed(text_of("passages"), ("k: 11}", "k: 9}")), encoding="utf-8")
    words = ["notice", str(file), "--charter", str(FIXTURES / "charter"), "--now", NOW.isoformat()]
    ran = CliRunner().invoke(app, words)
    assert (ran.exit_code, ran.stdout) == (1, "Refusé.\n")
    assert "[P402]" in ran.stderr
    file.write_text(text_of("passages"), encoding="utf-8")
    ran = CliRunner().invoke(app, words)
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert ran.stdout == notice(text_of("passages")).text()
