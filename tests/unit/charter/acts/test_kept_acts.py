"""Every file of acts is read against the journal: what was changed, moved or cut off is named with its file."""

import shutil

import pytest
from typer.testing import CliRunner

from charter.kept_acts import verify_acts
from charter.vocabulary import ActKind
from eclor.cli import app
from eclor.errors import PolicyRefused, VerificationFailed
from tests.acting import Guild
from tests.unit.charter.journal.conftest import withdraw


def refused(guild: Guild) -> PolicyRefused:
    with pytest.raises(PolicyRefused) as refusal:
        verify_acts(guild.desk)
    return refusal.value


def test_acts_that_stand_are_counted(guild: Guild) -> None:
    assert verify_acts(guild.desk) == 6


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_one_byte_of_any_act_is_told_with_its_line(guild: Guild, number: int) -> None:
    lines = guild.file.read_bytes().splitlines(keepends=True)
    line = lines[number - 1]
    lines[number - 1] = line[:60] + (b"B" if line[60:61] != b"B" else b"C") + line[61:]
    guild.file.write_bytes(b"".join(lines))
    refusal = refused(guild)
    assert refusal.place is not None
    assert (refusal.place.file, refusal.place.line) == (str(guild.file), number)


def test_a_byte_of_the_adoptions_is_told_with_their_file(guild: Guild) -> None:
    file = guild.desk.folder / "charte_socle.jsonl"
    content = file.read_bytes()
    file.write_bytes(content.replace(b'"payload":"e', b'"payload":"f', 1))
    refusal = refused(guild)
    assert (file.read_bytes() != content, refusal.place and refusal.place.file) == (True, str(file))


def test_an_opening_act_that_is_cut_off_is_told_too(guild: Guild) -> None:
    guild.file.write_bytes(b"".join(guild.file.read_bytes().splitlines(keepends=True)[:-1]))
    refusal = refused(guild)
    assert (refusal.code, refusal.facts["act"]) == ("V764", "mettre-en-vigueur")
    guild.file.unlink()
    assert refused(guild).facts["act"] == "simuler"


def test_acts_under_another_dataset_s_name_are_told(guild: Guild) -> None:
    shutil.copy(guild.file, guild.desk.file("eau"))
    assert (refused(guild).code, refused(guild).facts["dataset"]) == ("V756", "air")


def test_an_act_that_a_kill_kept_out_of_the_journal_is_no_fault(guild: Guild) -> None:
    journal, note = guild.desk.journal.folder, guild.desk.note("air")
    shutil.copytree(journal, guild.folder / "before")
    noted = note.read_bytes()
    guild.does(ActKind.STOP, "p-dpo")
    shutil.rmtree(journal)
    shutil.copytree(guild.folder / "before", journal)
    note.write_bytes(noted)
    assert verify_acts(guild.desk) == 7


def test_a_journal_that_is_gone_is_told_by_the_acts_that_it_had(guild: Guild) -> None:
    shutil.rmtree(guild.desk.journal.folder)
    with pytest.raises(VerificationFailed, match="went up to entry"):
        verify_acts(guild.desk)


def test_a_journal_begun_again_is_told_by_the_acts_that_it_had(guild: Guild) -> None:
    journal = guild.desk.journal
    count = sum(1 for _ in journal.entries())
    shutil.rmtree(journal.folder)
    for _ in range(count):
        withdraw(journal)
    with pytest.raises(VerificationFailed, match="went up to entry"):
        verify_acts(guild.desk)


def test_the_command_names_the_file_in_french(guild: Guild) -> None:
    def said() -> tuple[int, str]:
        result = CliRunner().invoke(app, ["journal", "verify"], env={"ECLOR_HOME": str(guild.folder / "home")})
        return result.exit_code, result.output

    guild.file.write_bytes(guild.file.read_bytes().replace(b'"payload":"e', b'"payload":"f', 1))
    code, told = said()
    assert (code, f"{guild.file}:1" in told, "Refusé." in told) == (1, True, True)
