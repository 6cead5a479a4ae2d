"""A charter and roles hold once the DPO and the garant of the former ones adopted them; people may leave."""

from datetime import timedelta
from pathlib import Path

import pytest

from charter.acting import Signatory, adopt
from charter.acts import act_line, last_link, new_act
from charter.adoption import ADOPTIONS
from charter.demonstration import demonstration_key, sign_for_demonstration
from charter.vocabulary import ActKind, PersonRole, State
from eclor.errors import EclorError, PolicyRefused
from tests.acting import Guild, key_of
from tests.policies import changed

LEFT = ("identifiant: p-dpo,", "identifiant: p-dpo-neuf,"), (key_of("p-dpo"), key_of("p-dpo-neuf"))
"""The DPO leaves, another comes."""


def code(guild: Guild) -> str:
    with pytest.raises(PolicyRefused) as refusal:
        guild.state()
    return refusal.value.code


def test_nothing_is_signed_before_the_first_adoption(tmp_path: Path) -> None:
    one = Guild(tmp_path)
    with pytest.raises(EclorError) as refusal:
        one.does(ActKind.SIMULATE)
    assert refusal.value.code == "V761"
    assert "p-dpo" in refusal.value.french()
    assert "p-garant" in refusal.value.french()
    assert one.adopts("p-dpo") is False
    with pytest.raises(EclorError):
        one.does(ActKind.SIMULATE)
    assert one.adopts("p-garant") is True
    one.does(ActKind.SIMULATE)


def test_acts_older_than_the_first_adoption_are_judged_by_it(tmp_path: Path) -> None:
    one = Guild(tmp_path)
    drafted = one.drafted()
    sign_for_demonstration(one.file, policy=drafted.policy, bindings=drafted.bindings, now=one.clock.now())
    assert code(one) == "V761"
    one.clock.instant += timedelta(days=1)
    one.adopts()
    assert one.state() is State.IN_FORCE


@pytest.mark.parametrize(
    ("file", "change"),
    [
        ("roles.yaml", ("Garante d'essai", "Garante nouvelle")),
        ("charte-socle.yaml", ("titre: Charte d'essai", "titre: Charte neuve")),
    ],
)
def test_a_changed_vote_stops_all_until_both_adopt_it(guild: Guild, file: str, change: tuple[str, str]) -> None:
    guild.change(file, change)
    assert code(guild) == "V760"
    with pytest.raises(PolicyRefused) as refusal:
        guild.state()
    assert file in refusal.value.french()
    guild.adopts("p-garant")
    assert code(guild) == "V760"
    guild.adopts("p-dpo")
    assert guild.state() is State.IN_FORCE


def test_a_vote_put_back_needs_nothing(guild: Guild) -> None:
    guild.change("roles.yaml", ("Garante d'essai", "Garante nouvelle"))
    assert code(guild) == "V760"
    guild.change("roles.yaml", ("Garante nouvelle", "Garante d'essai"))
    assert guild.state() is State.IN_FORCE


def test_the_new_ones_do_not_adopt_themselves(guild: Guild) -> None:
    guild.change("roles.yaml", *LEFT)
    with pytest.raises(PolicyRefused) as refusal:
        guild.adopts("p-dpo-neuf")
    assert refusal.value.code == "V765"
    guild.adopts("p-dpo", "p-garant")


def test_one_person_does_not_adopt_alone(guild: Guild) -> None:
    guild.change("roles.yaml", ("Garante d'essai", "Garante nouvelle"))
    guild.adopts("p-dpo")
    with pytest.raises(PolicyRefused) as refusal:
        guild.adopts("p-dpo")
    assert refusal.value.code == "V772"
    with pytest.raises(PolicyRefused) as author:
        guild.adopts("p-auteur")
    assert author.value.code == "V763"
    assert code(guild) == "V760"


def test_two_halves_of_two_votes_are_no_adoption(guild: Guild) -> None:
    guild.change("roles.yaml", ("Garante d'essai", "Garante nouvelle"))
    guild.adopts("p-dpo")
    guild.change("roles.yaml", ("Garante nouvelle", "Garante toute autre"))
    assert guild.adopts("p-garant") is False
    assert guild.adopts("p-dpo") is True


def test_acts_outlive_the_people_who_made_them(guild: Guild) -> None:
    guild.change("roles.yaml", *LEFT)
    guild.adopts()
    assert guild.state() is State.IN_FORCE
    guild.text = changed(guild.text, ("dpo: p-dpo", "dpo: p-dpo-neuf"), ("\nversion: 1\n", "\nversion: 2\n"))
    assert guild.state() is State.DRAFT
    for kind, person in (
        (ActKind.SIMULATE, "p-auteur"),
        (ActKind.ENDORSE, "p-dpo-neuf"),
        (ActKind.SIGN, "p-garant"),
        (ActKind.ENTER_INTO_FORCE, "p-auteur"),
    ):
        guild.does(kind, person)
    assert guild.state() is State.IN_FORCE


def test_one_who_left_may_act_no_more_and_the_successor_may_revoke(guild: Guild) -> None:
    guild.change("roles.yaml", *LEFT)
    guild.adopts()
    with pytest.raises(PolicyRefused) as refusal:
        guild.does(ActKind.REVOKE, "p-dpo")
    assert refusal.value.code == "V765"
    assert guild.does(ActKind.REVOKE, "p-dpo-neuf").after is State.REVOKED


def test_one_who_left_signs_nothing_under_the_roles_of_before(guild: Guild) -> None:
    former = guild.drafted().bindings
    guild.change("roles.yaml", *LEFT)
    guild.clock.instant += timedelta(minutes=1)
    guild.adopts()
    guild.clock.instant += timedelta(minutes=1)
    forged = new_act(
        ActKind.STOP,
        on=("air", 1, former),
        by=("p-dpo", PersonRole.DPO, demonstration_key("p-dpo")),
        after=(guild.clock.now(), last_link(guild.file)),
    )
    guild.file.write_bytes(guild.file.read_bytes() + act_line(forged, demonstration_key("p-dpo")))
    assert code(guild) == "V771"


def test_a_successor_closes_but_does_not_resume(guild: Guild) -> None:
    guild.does(ActKind.STOP, "p-garant")
    guild.change("roles.yaml", *LEFT)
    guild.adopts()
    with pytest.raises(PolicyRefused) as refusal:
        guild.does(ActKind.RESUME, "p-dpo-neuf")
    assert refusal.value.code == "V753"


def test_nobody_has_two_roles_over_time(guild: Guild) -> None:
    guild.change("roles.yaml", ("p-auteur, nom: Autrice d'essai, role: auteur", "p-auteur, nom: Autrice, role: garant"))
    guild.change("roles.yaml", ("p-garant, nom: Garante d'essai, role: garant", "p-garant, nom: Garante, role: auteur"))
    guild.adopts()
    with pytest.raises(PolicyRefused) as refusal:
        guild.does(ActKind.STOP, "p-auteur")
    assert refusal.value.code == "V762"


def test_a_key_that_changed_hands_is_no_new_person(guild: Guild) -> None:
    guild.change("roles.yaml", ("identifiant: p-dpo,", "identifiant: p-autre,"))
    guild.change("roles.yaml", ("role: dpo", "role: garant"), ("Garante d'essai, role: garant", "Garante, role: dpo"))
    guild.adopts()
    with pytest.raises(PolicyRefused) as refusal:
        guild.does(ActKind.REVOKE, "p-garant")
    assert refusal.value.code == "V762"


def test_a_line_of_adoptions_that_is_changed_is_refused(guild: Guild) -> None:
    file = guild.desk.folder / ADOPTIONS
    content = file.read_bytes()
    for place in range(0, len(content), 7):
        file.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with pytest.raises(PolicyRefused):
            guild.state()
    file.write_bytes(content[: content.index(b"\n") + 1])
    assert code(guild) in {"V761", "V760"}


def test_a_stranger_with_a_key_does_not_adopt(guild: Guild) -> None:
    guild.change("roles.yaml", ("Garante d'essai", "Garante nouvelle"))
    with pytest.raises(PolicyRefused) as refusal:
        adopt(guild.territory, by=Signatory("p-garant", demonstration_key("p-voleur")), desk=guild.desk)
    assert refusal.value.code == "V766"
