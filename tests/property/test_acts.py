"""Whatever is signed by whomever in whatever order: only the legal path puts a policy in force."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charter.acts import FIRST, Act, Bindings, act_line, new_act
from charter.adoption import sole
from charter.course import Course, read_course
from charter.demonstration import demonstration_key
from charter.model import Roles
from charter.vocabulary import ActKind, PersonRole, State
from eclor.errors import PolicyRefused
from eclor.names import Sha256
from tests.acting import key_of

START = datetime(2026, 11, 24, 12, tzinfo=UTC)
PEOPLE: Mapping[str, PersonRole] = {
    "p-auteur": PersonRole.AUTHOR,
    "p-autre": PersonRole.AUTHOR,
    "p-dpo": PersonRole.DPO,
    "p-dpo-suppleant": PersonRole.DPO,
    "p-garant": PersonRole.GARANT,
    "p-archives": PersonRole.ARCHIVES,
}
ROLES = Roles.model_validate(
    {
        "langage": 1,
        "nature": "roles",
        "version": 1,
        "personnes": [
            {"identifiant": name, "nom": name, "role": role.value, "cle": key_of(name)} for name, role in PEOPLE.items()
        ],
    }
)
CHARTER, ROLES_DIGEST = Sha256("a" * 64), Sha256("b" * 64)
OPENING = (ActKind.SIMULATE, ActKind.ENDORSE, ActKind.SIGN, ActKind.ENTER_INTO_FORCE)


@dataclass(frozen=True)
class Try:
    """Somebody signs something about a version and one of two sources."""

    kind: ActKind
    person: str
    version: int
    source: str


def legal_opening(version: int, source: str) -> list[Try]:
    people = ("p-auteur", "p-dpo", "p-garant", "p-auteur")
    return [Try(kind, person, version, source) for kind, person in zip(OPENING, people, strict=True)]


ANY = st.builds(
    Try, st.sampled_from(ActKind), st.sampled_from(sorted(PEOPLE)), st.integers(1, 2), st.sampled_from("xy")
)
PARTS = st.one_of(
    st.builds(legal_opening, st.integers(1, 2), st.sampled_from("xy")),
    st.lists(ANY, min_size=1, max_size=1),
)
STORIES = st.lists(PARTS, max_size=5).map(lambda parts: [one for part in parts for one in part])
"""Legal openings and single acts of anybody, so that deep states are reached and then attacked."""


def bindings(attempt: Try) -> Bindings:
    digest = Sha256(f"{attempt.version}" * 64)
    return Bindings(
        digest, CHARTER, ROLES_DIGEST, Sha256("c" * 64), Sha256(("d" if attempt.source == "x" else "e") * 64)
    )


def read(file: Path, now: datetime) -> Course:
    return read_course(file, "air", adopted=sole(CHARTER, ROLES_DIGEST, ROLES), texts={}, now=now)


def accepted(story: list[Try], folder: Path) -> Iterator[tuple[Try, Course]]:
    """Append each attempt; what the machine refuses is taken off again, as who signs is refused it."""
    file, previous = folder / "air.jsonl", FIRST
    file.write_bytes(b"")
    for minute, attempt in enumerate(story):
        before, now = file.read_bytes(), START + timedelta(minutes=minute)
        act = new_act(
            attempt.kind,
            on=("air", attempt.version, bindings(attempt)),
            by=(attempt.person, PEOPLE[attempt.person], demonstration_key(attempt.person)),
            after=(now, previous),
        )
        file.write_bytes(before + act_line(act, demonstration_key(attempt.person)))
        try:
            course = read(file, now)
        except PolicyRefused:
            file.write_bytes(before)
            continue
        previous = act.digest
        yield attempt, course


def opened(done: list[Try], attempt: Try) -> bool:
    """The text was opened by its three people, each in their role, in order: told from the list alone."""
    about = [one for one in done if (one.version, one.source) == (attempt.version, attempt.source)]
    steps = [one for one in about if one.kind in OPENING]
    roles = [PEOPLE[one.person] for one in steps]
    return (
        tuple(one.kind for one in steps) == OPENING
        and roles == [PersonRole.AUTHOR, PersonRole.DPO, PersonRole.GARANT, PersonRole.AUTHOR]
        and steps[0].person == steps[3].person
    )


def running(done: list[Try], attempt: Try) -> bool:
    """Its last stop was resumed by both overseers, and nobody revoked its version."""
    about = [one for one in done if (one.version, one.source) == (attempt.version, attempt.source)]
    if any(one.kind is ActKind.REVOKE and one.version == attempt.version for one in done):
        return False
    stops = [place for place, one in enumerate(about) if one.kind is ActKind.STOP]
    if not stops:
        return True
    resumed = {PEOPLE[one.person] for one in about[stops[-1] :] if one.kind is ActKind.RESUME}
    return resumed == {PersonRole.DPO, PersonRole.GARANT}


@settings(deadline=None, max_examples=60)
@given(STORIES)
def test_only_the_legal_path_leads_to_in_force(story: list[Try]) -> None:
    done: list[Try] = []
    with TemporaryDirectory() as folder:
        for attempt, course in accepted(story, Path(folder)):
            done.append(attempt)
            states = {text: course.moment(text).state for text in course.moments}
            in_force = [text for text, state in states.items() if state is State.IN_FORCE]
            assert len(in_force) <= 1, "exactly one may be in force"
            for text in in_force:
                about = Try(ActKind.SIMULATE, "", text.version, "x" if text.source[0] == "d" else "y")
                assert opened(done, about)
                assert running(done, about)
                assert text.version == max(one.version for one in done if one.kind is ActKind.ENTER_INTO_FORCE)


@settings(deadline=None, max_examples=60)
@given(STORIES)
def test_a_revoked_version_stays_revoked(story: list[Try]) -> None:
    revoked: set[int] = set()
    with TemporaryDirectory() as folder:
        for attempt, course in accepted(story, Path(folder)):
            assert attempt.version not in revoked, "nothing follows a revocation of that version"
            if attempt.kind is ActKind.REVOKE:
                revoked.add(attempt.version)
            assert set(course.revoked) == revoked


@settings(deadline=None, max_examples=60)
@given(STORIES, st.data())
def test_a_chain_that_lost_gained_or_moved_an_act_is_refused(story: list[Try], data: st.DataObject) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        for _ in accepted([*legal_opening(1, "x"), *story], folder):
            pass
        file, now = folder / "air.jsonl", START + timedelta(days=1)
        lines = file.read_bytes().splitlines(keepends=True)
        place = data.draw(st.integers(0, len(lines) - 2))
        other = data.draw(st.integers(0, len(lines) - 1).filter(lambda one: one != place))
        swapped = list(lines)
        swapped[place], swapped[other] = swapped[other], swapped[place]
        for broken in (lines[:place] + lines[place + 1 :], swapped, [*lines, lines[place]]):
            file.write_bytes(b"".join(broken))
            with pytest.raises(PolicyRefused) as refused:
                read(file, now)
            assert refused.value.code in {"V752", "V754"}


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_no_byte_of_a_chain_may_change(data: st.DataObject) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        for _ in accepted(legal_opening(1, "x"), folder):
            pass
        file, now = folder / "air.jsonl", START + timedelta(days=1)
        content = file.read_bytes()
        place, bit = data.draw(st.integers(0, len(content) - 1)), data.draw(st.integers(0, 7))
        file.write_bytes(content[:place] + bytes([content[place] ^ (1 << bit)]) + content[place + 1 :])
        with pytest.raises(PolicyRefused):
            read(file, now)


def test_an_act_s_digest_is_that_of_its_payload_as_signed() -> None:
    act = new_act(
        ActKind.SIMULATE,
        on=("air", 1, bindings(Try(ActKind.SIMULATE, "", 1, "x"))),
        by=("p-auteur", PersonRole.AUTHOR, demonstration_key("p-auteur")),
        after=(START, FIRST),
    )
    assert Act.model_validate(act.model_dump()).digest == act.digest
