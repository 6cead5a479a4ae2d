"""Acts that are forged or brought from elsewhere put nothing in force: each is refused, or binds nothing here."""

import json
from base64 import b64decode, b64encode
from datetime import timedelta
from pathlib import Path

import pytest
import rfc8785

from charter.acts import Act, act_line, new_act
from charter.demonstration import demonstration_key
from charter.vocabulary import ActKind, PersonRole, State
from eclor.errors import PolicyRefused
from tests.acting import Guild, key_of
from tests.policies import changed


@pytest.fixture
def guild(tmp_path: Path) -> Guild:
    """A guild whose policy lacks one act to be in force."""
    one = Guild(tmp_path / "here")
    one.adopts()
    for kind in (ActKind.SIMULATE, ActKind.ENDORSE):
        one.does(kind)
    one.clock.instant += timedelta(minutes=1)
    return one


def signature(guild: Guild, **forged: str | int) -> Act:
    """The garant's signature as it would be, with some keys forged."""
    drafted = guild.drafted()
    last = Act.model_validate(_payload(guild.file.read_bytes().splitlines()[-1]))
    honest = new_act(
        ActKind.SIGN,
        on=("air", 1, drafted.bindings),
        by=("p-garant", PersonRole.GARANT, demonstration_key("p-garant")),
        after=(guild.clock.now(), last.digest),
    )
    return honest.model_copy(update=forged)


def _payload(line: bytes) -> dict[str, object]:
    payload: dict[str, object] = json.loads(b64decode(json.loads(line)["payload"]))
    return payload


def appended(guild: Guild, line: bytes) -> str:
    """The code that one more line gives, or the state."""
    before = guild.file.read_bytes()
    guild.file.write_bytes(before + line)
    try:
        return guild.state().value
    except PolicyRefused as refusal:
        return refusal.code
    finally:
        guild.file.write_bytes(before)


def test_the_honest_one_is_accepted(guild: Guild) -> None:
    assert appended(guild, act_line(signature(guild), demonstration_key("p-garant"))) == "signee"


@pytest.mark.parametrize(
    ("forged", "code"),
    [
        ({"jeu": "attente"}, "V756"),
        ({"role": "dpo"}, "V753"),
        ({"personne": "p-dpo"}, "V753"),
        ({"date": "2026-11-24T11:00:00+00:00"}, "V755"),
        ({"date": "2027-11-24T11:00:00+00:00"}, "V755"),
        ({"date": "2026-11-24T12:03:00"}, "V755"),
        ({"date": "hier"}, "V750"),
        ({"precedent": "0" * 64}, "V752"),
        ({"acte": "detruire"}, "V750"),
        ({"acte": "adopter"}, "V754"),
        ({"roles": "f" * 64}, "V771"),
        ({"socle": "f" * 64}, "V771"),
        ({"version": 2}, "V754"),
        ({"source": "f" * 64}, "V754"),
        ({"cle": key_of("p-dpo")}, "V751"),
    ],
)
def test_a_forged_key_of_the_payload_is_refused(guild: Guild, forged: dict[str, str | int], code: str) -> None:
    assert appended(guild, act_line(signature(guild, **forged), demonstration_key("p-garant"))) == code


@pytest.mark.parametrize("signer", ["p-dpo", "p-auteur", "p-voleur"])
def test_a_signature_in_another_s_name_is_refused(guild: Guild, signer: str) -> None:
    assert appended(guild, act_line(signature(guild), demonstration_key(signer))) == "V751"


def test_a_signature_of_somebody_else_under_the_garant_s_key_name_is_refused(guild: Guild) -> None:
    envelope = json.loads(act_line(signature(guild), demonstration_key("p-dpo")))
    envelope["signatures"][0]["keyid"] = key_of("p-garant")
    assert appended(guild, rfc8785.dumps(envelope) + b"\n") == "V751"


def test_a_payload_with_one_more_key_or_other_spaces_is_refused(guild: Guild) -> None:
    line = act_line(signature(guild), demonstration_key("p-garant"))
    envelope = json.loads(line)
    spaced = json.dumps(_payload(line)).encode()
    envelope["payload"] = b64encode(spaced).decode()
    assert appended(guild, rfc8785.dumps(envelope) + b"\n") == "V751"
    assert appended(guild, line[:-1]) == "V750"
    assert appended(guild, b" " + line) == "V750"
    assert appended(guild, b"\n" + line) == "V750"


def test_an_act_of_another_territory_is_refused_here(guild: Guild, tmp_path: Path) -> None:
    other = Guild(tmp_path / "elsewhere", clock=guild.clock)
    other.change("charte-socle.yaml", ("titre: Charte d'essai", "titre: Charte d'ailleurs"))
    other.adopts()
    for kind in (ActKind.SIMULATE, ActKind.ENDORSE, ActKind.SIGN):
        other.does(kind)
    lines = other.file.read_bytes().splitlines(keepends=True)
    assert appended(guild, lines[-1]) in {"V752", "V771"}
    guild.file.write_bytes(b"".join(lines))
    with pytest.raises(PolicyRefused) as refusal:
        guild.state()
    assert refusal.value.code == "V771"


def test_acts_on_another_version_open_nothing(guild: Guild) -> None:
    guild.does(ActKind.SIGN)
    guild.does(ActKind.ENTER_INTO_FORCE)
    guild.text = changed(guild.text, ("\nversion: 1\n", "\nversion: 2\n"))
    assert guild.state() is State.DRAFT
