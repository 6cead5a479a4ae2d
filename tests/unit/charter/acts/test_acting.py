"""Acts are kept whole: two people at once, a kill at any moment, the journal once each; pieces lie beside them."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from charter.acting import Piece, Signatory, act, enter_adoptions, journal_acts, pieces_of
from charter.chain import Kind
from charter.demonstration import demonstration_key
from charter.vocabulary import ActKind, State
from eclor.errors import PolicyRefused
from tests.acting import Guild

ROOT = Path(__file__).parents[4]
KILLED = """
from pathlib import Path
from tests.acting import Guild, SetClock
from charter.vocabulary import ActKind
from datetime import datetime
guild = Guild(Path({folder!r}), clock=SetClock(datetime.fromisoformat({now!r})))
guild.does(ActKind.STOP, "p-dpo")
"""


def journaled(guild: Guild) -> Counter[str]:
    """How often each act entered the journal."""
    return Counter(str(entry.facts["act"]) for entry in guild.desk.journal.entries() if entry.kind is Kind.ACT)


def test_each_act_enters_the_journal_once(guild: Guild) -> None:
    with guild.desk.held() as now:
        for _ in range(3):
            journal_acts(guild.desk, "air", now=now)
    assert journaled(guild) == {"adopter": 2, "simuler": 1, "viser": 1, "signer": 1, "mettre-en-vigueur": 1}


def test_a_lost_note_is_made_again_from_the_journal(guild: Guild) -> None:
    (guild.desk.folder / "air.journal").unlink()
    guild.does(ActKind.STOP, "p-dpo")
    assert journaled(guild)["simuler"] == 1


@pytest.mark.parametrize("note", ["kept", "lost"])
def test_a_stop_that_is_cut_off_is_noticed(guild: Guild, note: str) -> None:
    opened = guild.file.read_bytes()
    guild.does(ActKind.STOP, "p-dpo")
    guild.file.write_bytes(opened)
    if note == "lost":
        (guild.desk.folder / "air.journal").unlink()
    with guild.desk.held() as now, pytest.raises(PolicyRefused) as refusal:
        journal_acts(guild.desk, "air", now=now)
    assert refusal.value.code == "V764"


@pytest.mark.parametrize("kind", [ActKind.STOP, ActKind.REVOKE])
@pytest.mark.parametrize("later", [0, 1200])
def test_an_older_copy_of_the_acts_with_its_note_undoes_nothing(guild: Guild, kind: ActKind, later: int) -> None:
    before = copied(guild)
    guild.does(kind, "p-dpo")
    for number in range(later):
        guild.desk.journal.append(Kind.CLOSING, dataset="eau", versions=str(number), reason="-", since="-")
    restored(guild, before)
    for _ in range(2):
        assert refused(guild) == "V764"
    (guild.desk.folder / "air.journal").write_bytes(before["air.journal"].replace(b"\n", b" \xff\n", 1))
    assert refused(guild) == "V764"


def test_an_older_copy_of_the_adoptions_with_its_note_undoes_nothing(guild: Guild) -> None:
    before = copied(guild)
    guild.change("charte-socle.yaml", ("titre: Charte d'essai", "titre: Charte de demain"))
    guild.adopts()
    restored(guild, before)
    with guild.desk.held(), pytest.raises(PolicyRefused) as refusal:
        enter_adoptions(guild.desk, guild.desk.adoptions())
    assert refusal.value.code == "V764"


def test_a_note_that_says_too_much_is_not_believed_by_who_read_the_journal(guild: Guild) -> None:
    opened = guild.file.read_bytes()
    guild.does(ActKind.STOP, "p-dpo")
    guild.file.write_bytes(opened)
    entries = guild.desk.journal.since(0)
    (guild.desk.folder / "air.journal").write_text(f"{entries[-1].index}\n", "utf-8")
    with guild.desk.held() as now, pytest.raises(PolicyRefused) as refusal:
        journal_acts(guild.desk, "air", now=now, read=entries)
    assert refusal.value.code == "V764"


def test_a_note_ahead_of_its_journal_is_read_again(guild: Guild) -> None:
    note = guild.desk.folder / "air.journal"
    note.write_text("999999\n", "utf-8")
    guild.does(ActKind.STOP, "p-dpo")
    assert journaled(guild)["simuler"] == 1


def copied(guild: Guild) -> Mapping[str, bytes]:
    """Every file of the folder of acts, as a backup would hold it."""
    return {file.name: file.read_bytes() for file in guild.desk.folder.iterdir() if file.is_file()}


def restored(guild: Guild, before: Mapping[str, bytes]) -> None:
    for name, content in before.items():
        (guild.desk.folder / name).write_bytes(content)


def refused(guild: Guild) -> str:
    with guild.desk.held() as now, pytest.raises(PolicyRefused) as refusal:
        journal_acts(guild.desk, "air", now=now)
    return refusal.value.code


def test_of_two_at_once_one_acts_and_the_other_sees_it(guild: Guild) -> None:
    guild.clock.instant += timedelta(minutes=1)

    def stop(person: str) -> str:
        try:
            act(ActKind.STOP, ("air", None), by=Signatory(person, demonstration_key(person)), desk=guild.desk)
        except PolicyRefused as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(8) as pool:
        ends = Counter(pool.map(stop, ["p-dpo", "p-garant", "p-auteur"] * 4))
    assert ends == {"done": 1, "V773": 11}
    assert guild.state() is State.STOPPED
    assert journaled(guild)["arreter"] == 1


@pytest.mark.parametrize("point", ["acts.signed", "journal.written"])
def test_a_kill_leaves_a_whole_act_that_enters_the_journal_once(guild: Guild, point: str) -> None:
    script = KILLED.format(folder=str(guild.folder), now=guild.clock.instant.isoformat())
    environment = {"ECLOR_FAILPOINT": point, "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    killed = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, check=False)
    assert killed.returncode == -9
    guild.clock.instant += timedelta(minutes=5)
    assert guild.state() is State.STOPPED
    with guild.desk.held() as now:
        journal_acts(guild.desk, "air", now=now)
    assert journaled(guild)["arreter"] == 1
    guild.does(ActKind.RESUME, "p-dpo")
    guild.does(ActKind.RESUME, "p-garant")
    assert guild.state() is State.IN_FORCE


def test_a_piece_lies_beside_its_act_named_by_both_digests(guild: Guild) -> None:
    report = json.dumps({"cells": 12}).encode()
    by = Signatory("p-dpo", demonstration_key("p-dpo"))
    made = act(ActKind.STOP, ("air", None), by=by, desk=guild.desk, piece=Piece(report, "json"))
    (path,) = pieces_of(guild.desk, made.act)
    assert path.name == f"{made.act.digest}-{sha256(report).hexdigest()}.json"
    assert path.read_bytes() == report
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("dataset", ["../air", "air/../air", "charte_socle", "AIR", "", "autre"])
def test_no_other_file_is_reached_by_a_dataset_s_name(guild: Guild, dataset: str) -> None:
    by = Signatory("p-dpo", demonstration_key("p-dpo"))
    with pytest.raises(PolicyRefused) as refusal:
        act(ActKind.STOP, (dataset, None), by=by, desk=guild.desk)
    assert refusal.value.code == "V774"


def test_a_clock_that_went_back_signs_nothing(guild: Guild) -> None:
    guild.clock.instant -= timedelta(hours=1)
    before = guild.file.read_bytes()
    with pytest.raises(PolicyRefused) as refusal:
        guild.does(ActKind.STOP, "p-dpo")
    assert refusal.value.code == "V755"
    assert guild.file.read_bytes() == before


def test_what_is_served_can_be_stopped_though_the_files_of_the_territory_no_longer_read(guild: Guild) -> None:
    (guild.folder / "charter" / "roles.yaml").write_text("rien", "utf-8")
    guild.text = "rien"
    assert guild.does(ActKind.STOP, "p-garant").after is State.STOPPED
