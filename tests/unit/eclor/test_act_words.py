"""What `eclor act list` and `status` say where the journal holds more than the file of acts."""

from pathlib import Path

import pytest

from charter.bindings import source_digest
from charter.vocabulary import ActKind
from eclor.cli.act_words import of_dataset, of_made, of_territory
from eclor.drafting import Office
from eclor.errors import PolicyRefused
from tests.acting import Guild


@pytest.fixture
def guild(tmp_path: Path) -> Guild:
    """A guild that adopted its charter and opened version 1, at an office whose files can be read."""
    for name in ("politiques", "sources"):
        (tmp_path / name).mkdir()
    source = tmp_path / "sources" / "stations.yaml"
    source.write_text("source: stations", "utf-8")
    one = Guild(tmp_path, source=source_digest(source))
    (tmp_path / "politiques" / "air.yaml").write_text(one.text, "utf-8")
    one.adopts()
    one.opens()
    return one


@pytest.mark.parametrize("gone", ["the last line", "the whole file"])
def test_who_looks_is_told_that_a_stop_was_cut_off(guild: Guild, gone: str) -> None:
    office, opened = Office(guild.folder, guild.desk), guild.file.read_bytes()
    guild.does(ActKind.STOP, "p-dpo")
    assert "arretee" in of_territory(office)
    if gone == "the whole file":
        guild.file.unlink()
    else:
        guild.file.write_bytes(opened)
    with pytest.raises(PolicyRefused) as refused:
        of_dataset("air", office)
    assert refused.value.code == "V764"
    assert "[V764]" in of_territory(office).splitlines()[1]


def test_who_looks_is_told_that_an_adoption_was_cut_off(guild: Guild) -> None:
    office, file = Office(guild.folder, guild.desk), guild.desk.folder / "charte_socle.jsonl"
    assert "sont adoptés" in of_territory(office).splitlines()[0]
    file.unlink()
    assert "[V764]" in of_territory(office).splitlines()[0]


def test_whoever_resumes_first_is_told_who_else_must(guild: Guild) -> None:
    guild.does(ActKind.STOP, "p-garant")
    for _ in range(2):
        assert of_made(guild.does(ActKind.RESUME, "p-dpo")).endswith("Il manque l'autre signature : garant.")
    assert of_made(guild.does(ActKind.RESUME, "p-garant")).endswith("État : en-vigueur.")


def test_a_dataset_without_policy_is_told_which_one_may_be_meant(guild: Guild) -> None:
    office = Office(guild.folder, guild.desk)
    for asked, meant in (("aire", " Vouliez-vous dire « air » ?"), ("stationnement", "")):
        with pytest.raises(PolicyRefused) as refused:
            of_dataset(asked, office)
        assert refused.value.code == "V758"
        assert refused.value.french().partition("publié.")[2].startswith(f"{meant} Si le jeu est nouveau")
