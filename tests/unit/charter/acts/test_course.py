"""Several versions, several people, changed texts: where each stands, and what is refused."""

from datetime import timedelta
from pathlib import Path

import pytest

from charter.course import changed_since
from charter.vocabulary import ActKind, State
from eclor.errors import EclorError, PolicyRefusals, PolicyRefused
from tests.acting import Guild, key_of
from tests.policies import changed

STOP, RESUME, REVOKE = ActKind.STOP, ActKind.RESUME, ActKind.REVOKE


def refused(guild: Guild, kind: ActKind, person: str = "", *, version: int | None = None) -> str:
    with pytest.raises(EclorError) as refusal:
        guild.does(kind, person, version=version)
    assert refusal.value.french()
    return refusal.value.code


def second_version(guild: Guild) -> None:
    guild.text = changed(guild.text, ("\nversion: 1\n", "\nversion: 2\n"))


def test_one_stops_and_two_resume_in_any_order(guild: Guild) -> None:
    for first, second in (("p-dpo", "p-garant"), ("p-garant", "p-dpo")):
        assert guild.does(STOP, "p-auteur").after is State.STOPPED
        assert guild.does(RESUME, first).after is State.STOPPED
        assert guild.does(RESUME, second).after is State.IN_FORCE
    assert guild.state() is State.IN_FORCE


def test_one_person_alone_never_resumes(guild: Guild) -> None:
    guild.does(STOP, "p-dpo")
    guild.does(RESUME, "p-dpo")
    assert guild.does(RESUME, "p-dpo").after is State.STOPPED
    assert refused(guild, RESUME, "p-auteur") == "V763"


def test_half_a_resumption_does_not_outlive_the_vote_that_it_was_made_under(guild: Guild) -> None:
    guild.does(STOP, "p-auteur")
    guild.does(RESUME, "p-dpo")
    guild.change("roles.yaml", ("Garante d'essai", "Garante nouvelle"))
    guild.adopts()
    assert guild.does(RESUME, "p-garant").after is State.STOPPED, "her half was of the roles of before"
    assert guild.does(RESUME, "p-dpo").after is State.IN_FORCE


@pytest.mark.parametrize("kind", [ActKind.ENDORSE, ActKind.SIGN, ActKind.ENTER_INTO_FORCE])
def test_who_goes_on_with_a_text_that_changed_is_told_what_changed(guild: Guild, kind: ActKind) -> None:
    guild.source = type(guild.source)("6" * 64)
    with pytest.raises(PolicyRefused) as refusal:
        guild.does(kind)
    assert "depuis sa signature, ceci a changé : la source." in refusal.value.french()


def test_the_next_version_supersedes_and_the_former_never_comes_back(guild: Guild) -> None:
    first = guild.text
    second_version(guild)
    assert guild.state() is State.DRAFT
    guild.opens()
    assert guild.state() is State.IN_FORCE
    guild.text = first
    assert guild.state() is State.SUPERSEDED
    assert refused(guild, ActKind.SIMULATE) == "V773"
    assert refused(guild, STOP, "p-dpo", version=1) == "V773"


def test_the_former_version_stays_in_force_until_the_next_enters(guild: Guild) -> None:
    first = guild.text
    second_version(guild)
    for kind in (ActKind.SIMULATE, ActKind.ENDORSE, ActKind.SIGN):
        guild.does(kind)
        course = guild.course()
        assert course.in_force is not None
        assert course.in_force.version == 1
    guild.does(ActKind.ENTER_INTO_FORCE)
    guild.text = first
    assert guild.state() is State.SUPERSEDED


def test_a_stop_reaches_the_version_in_force_whatever_is_drafted(guild: Guild) -> None:
    second_version(guild)
    guild.does(ActKind.SIMULATE)
    assert guild.does(STOP, "p-garant").act.version == 1


def test_a_revocation_is_final_for_the_version_whatever_its_texts(guild: Guild) -> None:
    guild.does(REVOKE, "p-dpo")
    assert guild.state() is State.REVOKED
    guild.source = type(guild.source)("6" * 64)
    assert guild.state() is State.REVOKED
    assert refused(guild, ActKind.SIMULATE) == "V773"
    second_version(guild)
    guild.opens()
    assert guild.state() is State.IN_FORCE


def test_a_superseded_version_can_be_revoked(guild: Guild) -> None:
    second_version(guild)
    guild.opens()
    assert guild.does(REVOKE, "p-garant", version=1).after is State.REVOKED
    assert guild.state() is State.IN_FORCE
    assert sorted(guild.course().revoked) == [1]


@pytest.mark.parametrize(
    ("person", "kind", "code"),
    [
        ("p-garant", ActKind.ENDORSE, "V763"),
        ("p-auteur", ActKind.ENDORSE, "V763"),
        ("p-inconnu", ActKind.ENDORSE, "V765"),
        ("p-garant", ActKind.SIGN, "V773"),
        ("p-auteur", ActKind.ENTER_INTO_FORCE, "V773"),
    ],
)
def test_who_may_not_or_not_yet_is_told(tmp_path: Path, person: str, kind: ActKind, code: str) -> None:
    one = Guild(tmp_path)
    one.adopts()
    one.does(ActKind.SIMULATE)
    assert refused(one, kind, person) == code
    assert one.state() is State.SIMULATED


def test_another_dpo_than_the_one_named_may_not_give_the_visa(tmp_path: Path) -> None:
    one = Guild(tmp_path)
    line = f'  - {{identifiant: p-suppleant, nom: Suppléant, role: dpo, cle: "{key_of("p-suppleant")}"}}\n'
    roles = tmp_path / "charter" / "roles.yaml"
    roles.write_text(roles.read_text("utf-8") + line, "utf-8")
    one.adopts()
    one.does(ActKind.SIMULATE)
    assert refused(one, ActKind.ENDORSE, "p-suppleant") == "V753"


def test_a_policy_that_does_not_compile_is_not_signed(tmp_path: Path) -> None:
    one = Guild(tmp_path)
    one.adopts()
    one.text = changed(one.text, ("delai_retrait: 15 minutes", "delai_retrait: 2 mois"))
    with pytest.raises(PolicyRefusals) as several:
        one.does(ActKind.SIMULATE)
    assert [refusal.code for refusal in several.value.refusals] == ["V706"]
    assert not one.file.exists()


def test_a_policy_expires_on_the_day_after_its_last_in_paris(guild: Guild) -> None:
    guild.clock.instant = guild.clock.instant.replace(year=2028, month=12, day=31, hour=22, minute=59)
    assert guild.state() is State.IN_FORCE
    guild.clock.instant += timedelta(minutes=1)
    assert guild.state() is State.EXPIRED


def test_what_changed_is_named(guild: Guild) -> None:
    guild.source = type(guild.source)("6" * 64)
    drafted = guild.drafted()
    assert guild.state() is State.DRAFT
    assert changed_since(guild.course(), policy=drafted.policy, bindings=drafted.bindings) == ("la source",)
    guild.text = changed(guild.text, ("delai_retrait: 15 minutes", "delai_retrait: 5 minutes"))
    drafted = guild.drafted()
    changes = changed_since(guild.course(), policy=drafted.policy, bindings=drafted.bindings)
    assert changes == ("la politique", "la source")


def test_the_last_step_of_an_opening_may_not_straddle_another_vote(tmp_path: Path) -> None:
    one = Guild(tmp_path)
    one.adopts()
    for kind in (ActKind.SIMULATE, ActKind.ENDORSE, ActKind.SIGN):
        one.does(kind)
    one.change("roles.yaml", ("Garante d'essai", "Garante nouvelle"))
    one.adopts()
    assert one.state() is State.DRAFT
    assert refused(one, ActKind.ENTER_INTO_FORCE) == "V770"


def test_a_version_number_names_one_signed_text_only(guild: Guild) -> None:
    title = guild.drafted().policy.title
    signed = guild.text
    guild.text = changed(signed, (f"titre: {title}", f"titre: {title} encore"))
    assert refused(guild, ActKind.SIMULATE) == "V777"
    second_version(guild)
    guild.does(ActKind.SIMULATE)
    guild.text = changed(guild.text, (f"titre: {title} encore", f"titre: {title}"))
    assert guild.does(ActKind.SIMULATE).after is State.SIMULATED, "nothing was signed under that number yet"


def test_a_text_that_was_signed_meanwhile_under_the_number_stops_the_other_signature(tmp_path: Path) -> None:
    guild = Guild(tmp_path)
    guild.adopts()
    title = guild.drafted().policy.title
    first, second = guild.text, changed(guild.text, (f"titre: {title}", f"titre: {title} encore"))
    for text in (first, second):
        guild.text = text
        guild.does(ActKind.SIMULATE)
        guild.does(ActKind.ENDORSE)
    guild.text = first
    guild.does(ActKind.SIGN)
    guild.text = second
    assert refused(guild, ActKind.SIGN) == "V777"
