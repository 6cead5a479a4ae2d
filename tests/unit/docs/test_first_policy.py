"""The first policy of the guide, from a blank page: accepted as written, each refusal and each line a real one."""

from datetime import UTC, datetime

import pytest

from charter.compile import check, judged_policy
from charter.notice import notice_of
from charter.reader import parse
from charter.territory import Territory, load
from tests.policies import changed
from tests.unit.docs.pages import EXAMPLE, blocks, page, quoted, section, table

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TEXT = page("dpo/premiere-politique.md")
ENTRY, *PARTS = blocks(TEXT, "yaml")
POLICY = "".join(PARTS)
STOOD = {
    "garantie:": "garanties:",
    "niveaux: [jour]": "niveaux: [mois]",
    "personnes_vulnerables: non": "personnes_vulnerables: oui",
    "rotation: 1 mois": "rotation: 3 mois",
    "zone_brute: 4 mois": "zone_brute: 6 mois",
    "k: 10": "k: 15",
    "champ: nom_lecteur": "champ: numero_carte",
}


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Territory:
    """The example's charter, with the page's entry added to its catalogue."""
    folder = tmp_path_factory.mktemp("charter")
    for file in (EXAMPLE / "charter").iterdir():
        text = file.read_text("utf-8")
        if file.name == "catalogue.yaml":
            text += ENTRY
        (folder / file.name).write_text(text, "utf-8")
    return load(folder)


def said(text: str, held: Territory) -> list[str]:
    return [refusal.located() for refusal in check(parse(text.encode(), "mediatheque-prets.yaml"), held, now=NOW)]


def test_the_policy_of_the_page_is_accepted_and_built(held: Territory) -> None:
    assert said(POLICY, held) == []
    judged_policy(parse(POLICY.encode(), "x"), held, now=NOW)


def test_the_head_alone_is_told_what_is_missing(held: Territory) -> None:
    (told,) = blocks(section(TEXT, "2. L'en-tête"), "text")
    assert said(PARTS[0], held) == told.splitlines()


@pytest.mark.parametrize("row", table(TEXT, "si l'on écrit", "on lit"), ids=lambda row: row[0])
def test_a_mistake_reads_as_the_page_says(row: list[str], held: Territory) -> None:
    (written,), (told,) = quoted(row[0]), quoted(row[1])
    assert any(line.endswith(told) for line in said(changed(POLICY, (STOOD[written], written)), held))


def test_the_notice_is_the_one_of_the_page(held: Territory) -> None:
    notice = notice_of(judged_policy(parse(POLICY.encode(), "x"), held, now=NOW), held).text()
    shown = blocks(section(TEXT, "Relire par la notice"), "text")
    assert len(shown) == 1
    assert shown[0] in notice
