"""Acting with one's own key: an act is checked against all that stands, signed, kept for good, entered in the journal.

One at a time over all processes of a home: the second of two people who act at once sees what the first did. A file of
acts is replaced whole, so that no kill leaves half a line.
"""

import fcntl
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from charter.acts import Act, Bindings, Signed, act_line, checked_date, last_link, new_act, read_acts
from charter.adoption import ADOPTIONS, EVERY_DATASET, Adoptions, adopted_now, adoption, holders, read_adoptions
from charter.chain import Entry
from charter.compile import check
from charter.course import (
    OVERSEERS,
    RULES,
    Course,
    Text,
    changed_since,
    check_named,
    read_course,
    state_at,
    step,
    text_of,
)
from charter.document import Document
from charter.journal import Journal
from charter.journaled import enter_acts, journaled
from charter.model import Person, Policy, Roles
from charter.signatures import key_text
from charter.territory import Territory
from charter.vocabulary import ActKind, State
from eclor.durable import write_whole
from eclor.errors import Place, PolicyRefusals, PolicyRefused
from eclor.failpoints import failpoint
from eclor.world import Clock, Secret

_DATASET: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
"""A dataset's name, before it names a file."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where acts are made: their folder, the journal that they enter, the clock that dates them."""

    folder: Path
    journal: Journal
    clock: Clock

    def file(self, dataset: str) -> Path:
        """Return where the acts on a dataset's policy are kept."""
        return self.folder / f"{dataset}.jsonl"

    def journaled(self, dataset: str) -> Mapping[str, str]:
        """Return the acts on a dataset that are in the journal, digest → kind."""
        return journaled(dataset, journal=self.journal, note=self.note(dataset))

    def note(self, dataset: str) -> Path:
        """Return where it is noted which acts on a dataset entered the journal."""
        name = ADOPTIONS if dataset == EVERY_DATASET else f"{dataset}.jsonl"
        return (self.folder / name).with_suffix(".journal")

    def adoptions(self) -> Adoptions:
        """Read which charters and roles were adopted. Refuses (`PolicyRefused`) a broken link."""
        file = self.folder / ADOPTIONS
        content = file.read_bytes() if file.exists() else b""
        return read_adoptions(content, file=str(file), now=self.clock.now())

    @contextmanager
    def held(self) -> Iterator[datetime]:
        """Hold all acts of the home, and tell the instant: whoever comes meanwhile waits."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield self.clock.now()


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who acts: an identifier of roles.yaml, and the private key."""

    person: str
    key: Secret


@dataclass(frozen=True, slots=True)
class Drafted:
    """A policy as it stands in its territory, and what an act on it binds today."""

    document: Document
    policy: Policy
    bindings: Bindings
    territory: Territory


@dataclass(frozen=True, slots=True)
class Piece:
    """What comes with an act and is not in its payload, which has fixed keys: a report (json), a reason (txt)."""

    content: bytes
    suffix: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """An act that may be made now, and the state before and after it; nothing is written yet."""

    act: Act
    before: State
    after: State


def propose(kind: ActKind, subject: Drafted | tuple[str, int | None], *, by: Signatory, desk: Desk) -> Proposal:
    """Return the act that `by` would sign now. Refuses whatever the language refuses, in words for that person.

    Opening acts are on a policy as drafted; the others on a dataset and one of its versions, the one in force if none
    is said: one can stop what is served even when the files of the territory no longer read.
    """
    now = desk.clock.now()
    case = (
        _drafted(kind, subject, desk=desk, now=now)
        if isinstance(subject, Drafted)
        else _of_version(subject, desk=desk, now=now)
    )
    return _stepped(kind, case, by=by, desk=desk, now=now)


def act(
    kind: ActKind,
    subject: Drafted | tuple[str, int | None],
    *,
    by: Signatory,
    desk: Desk,
    piece: Piece | None = None,
) -> Proposal:
    """Sign and keep an act, checked again under the lock, with its piece; then enter it in the public journal.

    A kill between leaves the act, which the next walk or act enters. Refuses as `propose` does.
    """
    with desk.held():
        made = propose(kind, subject, by=by, desk=desk)
        dataset = made.act.jeu
        if piece is not None:
            keep_piece(desk, made.act, piece)
        _append(desk.file(dataset), act_line(made.act, by.key))
        failpoint("acts.signed")
        journal_acts(desk, dataset, now=desk.clock.now())
    return made


def adopt(territory: Territory, *, by: Signatory, desk: Desk) -> bool:
    """Adopt a territory's charter and roles, as the DPO or the garant of the former ones; tell whether it holds now.

    It holds at the second of the two signatures.
    """
    with desk.held() as now:
        adoptions = desk.adoptions()
        person = _person(by, adoptions.signers(territory))
        _check_role(ActKind.ADOPT, person, adoptions.signers(territory))
        after, line = adoption(adoptions, territory, by=(by.person, person.person_role, by.key), now=now)
        _append(desk.folder / ADOPTIONS, line)
        failpoint("acts.signed")
        enter_adoptions(desk, after)
    return not after.pending


def acknowledged(by: Signatory, desk: Desk) -> Person:
    """Return the person of the adopted roles whose key that is. Refuses V765 who is none of them, V766 another key."""
    if not (held := desk.adoptions().held):
        raise PolicyRefused("V765", person=by.person)
    return _person(by, held[-1].roles)


def journal_acts(desk: Desk, dataset: str, *, now: datetime, read: Sequence[Entry] | None = None) -> None:
    """Enter a dataset's acts in the journal, each once; the caller holds the desk. Refuses V764: one has vanished.

    `read`: the whole journal, if the caller has it.
    """
    adopted = desk.adoptions().held
    acts = [signed.act for signed in read_acts(desk.file(dataset), adopted=adopted, now=now)]
    enter_acts(acts, dataset, journal=desk.journal, note=desk.note(dataset), read=read)


def enter_adoptions(desk: Desk, adoptions: Adoptions, *, read: Sequence[Entry] | None = None) -> None:
    """Enter the adoptions in the journal, each once; the caller holds the desk. Refuses V764: one has vanished.

    `read`: the whole journal, if the caller has it.
    """
    enter_acts(adoptions.acts, EVERY_DATASET, journal=desk.journal, note=desk.note(EVERY_DATASET), read=read)


def keep_piece(desk: Desk, made: Act, piece: Piece) -> Path:
    """Keep what comes with an act, in a file named by the act's digest and its own; return where."""
    folder = desk.folder / "pieces" / made.jeu
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{made.digest}-{sha256(piece.content).hexdigest()}.{piece.suffix}"
    write_whole(path, piece.content, mode=0o600)
    return path


def pieces_of(desk: Desk, made: Act) -> tuple[Path, ...]:
    """Return what came with an act."""
    return tuple(sorted((desk.folder / "pieces" / made.jeu).glob(f"{made.digest}-*")))


@dataclass(frozen=True, slots=True)
class _Case:
    """What an act is checked against: the roles that hold, what the acts so far gave, and the text that it is on."""

    course: Course
    state: State
    roles: Roles
    on: tuple[str, int, Bindings]
    policy: Policy | None


def _drafted(kind: ActKind, drafted: Drafted, *, desk: Desk, now: datetime) -> _Case:
    policy, bindings = drafted.policy, drafted.bindings
    adopted = adopted_now(desk.adoptions(), drafted.territory)
    texts = {bindings.policy: policy}
    course = read_course(desk.file(policy.dataset), policy.dataset, adopted=adopted, texts=texts, now=now)
    state = state_at(course, policy=policy, bindings=bindings, now=now)
    if refusals := _refusals(kind, drafted, state=state, now=now):
        raise PolicyRefusals(refusals)
    _refuse_reused(drafted, course)
    return _Case(course, state, adopted[-1].roles, (policy.dataset, policy.version, bindings), policy)


def _refuse_reused(drafted: Drafted, course: Course) -> None:
    """Refuse (V777) a version number under which another policy was signed (LANGUAGE.md section 4, `version`)."""
    version, digest = drafted.policy.version, drafted.bindings.policy
    others = [held for text, held in course.moments.items() if text.version == version and text.policy != digest]
    signed = [one.instant for held in others for one in held.acts if one.kind is ActKind.SIGN]
    if signed:
        place, date = drafted.document.at("version"), f"{min(signed):%Y-%m-%d}"
        raise PolicyRefused("V777", place=place, version=version, date=date, next=version + 1)


def _of_version(subject: tuple[str, int | None], *, desk: Desk, now: datetime) -> _Case:
    dataset, version = subject
    if not _DATASET.fullmatch(dataset):
        raise PolicyRefused("V774", dataset=dataset)
    adopted = desk.adoptions().held
    course = read_course(desk.file(dataset), dataset, adopted=adopted, texts={}, now=now)
    text = _target(course, version)
    if text is None or not adopted:
        raise PolicyRefused("V774", dataset=dataset)
    last = adopted[-1]
    bindings = Bindings(text.policy, last.charter, last.roles_digest, text.catalogue, text.source)
    return _Case(course, course.moment(text).state, last.roles, (dataset, text.version, bindings), None)


def _target(course: Course, version: int | None) -> Text | None:
    """Return the text of a version that was last acted on; without a version the one in force, else the last of all."""
    if version is None and course.in_force:
        return course.in_force
    texts = [text for text in course.moments if version in {None, text.version}]
    return max(texts, key=lambda text: course.moments[text].acts[-1].instant, default=None)


def _stepped(kind: ActKind, case: _Case, *, by: Signatory, desk: Desk, now: datetime) -> Proposal:
    person = _person(by, case.roles)
    _check_role(kind, person, case.roles)
    dataset, version, bindings = case.on
    if case.state not in RULES[kind].sources:
        _refuse_changed(case)
        expected = " ou ".join(sorted(source.value for source in RULES[kind].sources))
        raise PolicyRefused("V773", act=kind.value, version=version, state=case.state.value, expected=expected)
    file = desk.file(dataset)
    signed = (by.person, person.person_role, by.key)
    made = new_act(kind, on=case.on, by=signed, after=(now, last_link(file)))
    one = Signed(made, Place(str(file)), case.roles)
    for moment in case.course.moments.values():
        checked_date(made, moment.acts[-1].instant, place=one.place, now=now)
    if case.policy is not None:
        check_named(one, case.policy)
    after = step(case.course, one).moment(text_of(version, bindings)).state
    return Proposal(made, case.state, after)


def _refuse_changed(case: _Case) -> None:
    """Refuse (V770) an act that would go on with what was signed of another text, and name what changed."""
    if case.policy is None or case.state is not State.DRAFT:
        return
    if changed := changed_since(case.course, policy=case.policy, bindings=case.on[2]):
        raise PolicyRefused("V770", changed=", ".join(changed))


def _refusals(kind: ActKind, drafted: Drafted, *, state: State, now: datetime) -> list[PolicyRefused]:
    """Return why a policy does not compile, in the state that it has and in the one that the act leads to."""
    here = check(drafted.document, drafted.territory, now=now, state=state)
    there = check(drafted.document, drafted.territory, now=now, state=RULES[kind].target)
    return [*here, *(refusal for refusal in there if refusal.code == "V707")]


def _person(by: Signatory, roles: Roles) -> Person:
    person = roles.person(by.person)
    if person is None:
        raise PolicyRefused("V765", person=by.person)
    if person.key != key_text(by.key):
        raise PolicyRefused("V766", person=by.person)
    return person


def _check_role(kind: ActKind, person: Person, roles: Roles) -> None:
    allowed = RULES[kind].roles if kind in RULES else OVERSEERS
    if person.person_role not in allowed:
        who = " ; ".join(f"{role.value} : {holders(roles, role)}" for role in sorted(allowed))
        raise PolicyRefused("V763", act=kind.value, person=person.identifier, role=person.person_role.value, who=who)


def _append(file: Path, line: bytes) -> None:
    before = file.read_bytes() if file.exists() else b""
    write_whole(file, before + line)
