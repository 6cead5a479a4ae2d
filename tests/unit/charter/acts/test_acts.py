"""A policy's state is what its chain of signed acts says, and nothing else."""

import json
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import rfc8785

from charter.acts import FIRST, Bindings, act_line, last_link, new_act, open_act
from charter.adoption import sole
from charter.course import derive_state
from charter.demonstration import demonstration_key, held_by_demonstration, sign_for_demonstration
from charter.model import Policy, Roles
from charter.signatures import key_text
from charter.vocabulary import ActKind, PersonRole, State
from eclor.errors import Place, PolicyRefused
from eclor.names import Sha256

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
BINDINGS = Bindings(*(Sha256(letter * 64) for letter in "abcde"))
PEOPLE = {
    ActKind.SIMULATE: ("p-sport", PersonRole.AUTHOR),
    ActKind.ENDORSE: ("p-dpo", PersonRole.DPO),
    ActKind.SIGN: ("p-garant", PersonRole.GARANT),
    ActKind.ENTER_INTO_FORCE: ("p-sport", PersonRole.AUTHOR),
}


@pytest.fixture(scope="module")
def roles() -> Roles:
    plain = {
        "langage": 1,
        "nature": "roles",
        "version": 1,
        "personnes": [
            {"identifiant": name, "nom": name, "role": role, "cle": key_text(demonstration_key(name))}
            for name, role in [
                ("p-sport", "auteur"),
                ("p-dechets", "auteur"),
                ("p-dpo", "dpo"),
                ("p-garant", "garant"),
            ]
        ],
    }
    return Roles.model_validate(plain)


@pytest.fixture(scope="module")
def policy(policy_plain: dict[str, Any]) -> Policy:
    return Policy.model_validate(policy_plain)


@pytest.fixture(scope="module")
def policy_plain() -> dict[str, Any]:
    return json.loads((Path(__file__).parent / "politique.json").read_text())


def _signed(
    policy: Policy, file: Path, *kinds: ActKind, by: tuple[str, PersonRole] | None = None, at: datetime = NOW
) -> None:
    for kind in kinds:
        person, role = by or PEOPLE[kind]
        act = new_act(
            kind,
            on=(policy.dataset, policy.version, BINDINGS),
            by=(person, role, demonstration_key(person)),
            after=(at, last_link(file)),
        )
        with file.open("ab") as stream:
            stream.write(act_line(act, demonstration_key(person)))


def _state(file: Path, policy: Policy, roles: Roles, bindings: Bindings = BINDINGS) -> State:
    adopted = sole(BINDINGS.charter, BINDINGS.roles, roles)
    return derive_state(file, policy=policy, bindings=bindings, adopted=adopted, now=NOW)


def _code(file: Path, policy: Policy, roles: Roles) -> str:
    with pytest.raises(PolicyRefused) as refused:
        _state(file, policy, roles)
    assert str(refused.value.place).startswith(f"{file}:")
    return refused.value.code


OPENING = (ActKind.SIMULATE, ActKind.ENDORSE, ActKind.SIGN, ActKind.ENTER_INTO_FORCE)


def test_without_acts_a_policy_is_a_draft(tmp_path: Path, policy: Policy, roles: Roles) -> None:
    assert _state(tmp_path / "none.jsonl", policy, roles) is State.DRAFT


def test_each_opening_act_moves_the_state_one_step(tmp_path: Path, policy: Policy, roles: Roles) -> None:
    file = tmp_path / "acts.jsonl"
    states = []
    for kind in OPENING:
        _signed(policy, file, kind)
        states.append(_state(file, policy, roles))
    assert states == [State.SIMULATED, State.ENDORSED, State.SIGNED, State.IN_FORCE]


def test_the_demonstration_opens_a_policy_with_its_own_three_people(
    tmp_path: Path, policy: Policy, roles: Roles
) -> None:
    file = tmp_path / "acts.jsonl"
    assert held_by_demonstration(policy, roles)
    sign_for_demonstration(file, policy=policy, bindings=BINDINGS, now=NOW)
    assert _state(file, policy, roles) is State.IN_FORCE


@pytest.mark.parametrize("bound", [0, 3, 4])
def test_a_changed_text_brings_the_policy_back_to_draft(
    tmp_path: Path, policy: Policy, roles: Roles, bound: int
) -> None:
    file = tmp_path / "acts.jsonl"
    _signed(policy, file, *OPENING)
    digests = [Sha256(("f" if place == bound else letter) * 64) for place, letter in enumerate("abcde")]
    assert _state(file, policy, roles, Bindings(*digests)) is State.DRAFT


def test_an_act_out_of_order_is_refused(tmp_path: Path, policy: Policy, roles: Roles) -> None:
    file = tmp_path / "acts.jsonl"
    _signed(policy, file, ActKind.SIMULATE, ActKind.SIGN)
    assert _code(file, policy, roles) == "V754"


def test_the_garant_cannot_give_the_visa(tmp_path: Path, policy: Policy, roles: Roles) -> None:
    file = tmp_path / "acts.jsonl"
    _signed(policy, file, ActKind.SIMULATE)
    _signed(policy, file, ActKind.ENDORSE, by=("p-garant", PersonRole.GARANT))
    assert _code(file, policy, roles) == "V754"


def test_a_person_not_named_in_the_policy_cannot_act(tmp_path: Path, policy: Policy, roles: Roles) -> None:
    file = tmp_path / "acts.jsonl"
    _signed(policy, file, ActKind.SIMULATE, by=("p-dechets", PersonRole.AUTHOR))
    assert _code(file, policy, roles) == "V753"


def test_a_key_that_nobody_holds_is_refused(tmp_path: Path, policy: Policy, roles: Roles) -> None:
    file = tmp_path / "acts.jsonl"
    _signed(policy, file, ActKind.SIMULATE, by=("p-inconnu", PersonRole.AUTHOR))
    assert _code(file, policy, roles) == "V751"


def test_what_was_accepted_once_is_refused_of_other_keys_and_after_another_act(roles: Roles) -> None:
    key = demonstration_key("p-sport")
    act = new_act(
        ActKind.SIMULATE, on=("passages", 1, BINDINGS), by=("p-sport", PersonRole.AUTHOR, key), after=(NOW, FIRST)
    )
    line, known = act_line(act, key), frozenset(person.key for person in roles.people)
    for place in (Place("a", 1), Place("b", 2)):
        assert open_act(line, place=place, keys=known, previous=FIRST) == act
        with pytest.raises(PolicyRefused) as unknown:
            open_act(line, place=place, keys=known - {key_text(key)}, previous=FIRST)
        with pytest.raises(PolicyRefused) as moved:
            open_act(line, place=place, keys=known, previous=act.digest)
        assert [(one.value.code, one.value.place) for one in (unknown, moved)] == [("V751", place), ("V752", place)]


def test_a_removed_line_breaks_the_chain(tmp_path: Path, policy: Policy, roles: Roles) -> None:
    file = tmp_path / "acts.jsonl"
    _signed(policy, file, *OPENING)
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[1:]))
    assert _code(file, policy, roles) == "V752"


def test_a_changed_payload_is_not_signed(tmp_path: Path, policy: Policy, roles: Roles) -> None:
    file = tmp_path / "acts.jsonl"
    _signed(policy, file, ActKind.SIMULATE)
    envelope = json.loads(file.read_bytes())
    envelope["payload"] = b64encode(b64decode(envelope["payload"]).replace(b"simuler", b"simuleR")).decode()
    file.write_bytes(rfc8785.dumps(envelope) + b"\n")
    assert _code(file, policy, roles) == "V751"


@pytest.mark.parametrize(
    "line", [b"{}", b"not json", b"[]", b'{"payload":"","payloadType":"x","signatures":[]}', b"[" * 5000]
)
def test_what_is_no_envelope_is_refused(tmp_path: Path, policy: Policy, roles: Roles, line: bytes) -> None:
    file = tmp_path / "acts.jsonl"
    file.write_bytes(line + b"\n")
    assert _code(file, policy, roles) == "V750"


@pytest.mark.parametrize("at", [NOW + timedelta(seconds=1), NOW - timedelta(days=1)])
def test_a_date_in_the_future_or_going_back_is_refused(
    tmp_path: Path, policy: Policy, roles: Roles, at: datetime
) -> None:
    file = tmp_path / "acts.jsonl"
    _signed(policy, file, ActKind.SIMULATE)
    _signed(policy, file, ActKind.ENDORSE, at=at)
    assert _code(file, policy, roles) == "V755"


def test_one_stops_and_two_resume(tmp_path: Path, policy: Policy, roles: Roles) -> None:
    file = tmp_path / "acts.jsonl"
    _signed(policy, file, *OPENING)
    _signed(policy, file, ActKind.STOP, by=("p-garant", PersonRole.GARANT))
    assert _state(file, policy, roles) is State.STOPPED
    _signed(policy, file, ActKind.RESUME, by=("p-dpo", PersonRole.DPO))
    assert _state(file, policy, roles) is State.STOPPED
    _signed(policy, file, ActKind.RESUME, by=("p-garant", PersonRole.GARANT))
    assert _state(file, policy, roles) is State.IN_FORCE


def test_revocation_is_final(tmp_path: Path, policy: Policy, roles: Roles) -> None:
    file = tmp_path / "acts.jsonl"
    _signed(policy, file, *OPENING)
    _signed(policy, file, ActKind.REVOKE, by=("p-dpo", PersonRole.DPO))
    assert _state(file, policy, roles) is State.REVOKED
    _signed(policy, file, ActKind.SIMULATE)
    assert _code(file, policy, roles) == "V754"
