"""A small office for tests of acts: one policy, people with demonstration keys, a clock that a test sets."""

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from charter.acting import Desk, Drafted, Proposal, Signatory, act, adopt
from charter.acts import Bindings
from charter.adoption import adopted_now
from charter.course import Course, derive_state, read_course
from charter.demonstration import demonstration_key
from charter.digests import policy_digest
from charter.journal import Journal
from charter.model import Policy
from charter.signatures import key_text
from charter.territory import Territory, load
from charter.vocabulary import ActKind, State
from eclor.names import Sha256
from eclor.world import FileKeyRing, SystemRandomness, World
from tests.policies import FIXTURES, changed, read_text, text_of

START = datetime(2026, 11, 24, 12, tzinfo=UTC)
SOURCE = Sha256("5" * 64)
BY = {
    ActKind.SIMULATE: "p-auteur",
    ActKind.ENDORSE: "p-dpo",
    ActKind.SIGN: "p-garant",
    ActKind.ENTER_INTO_FORCE: "p-auteur",
}
"""Who does each opening act of the fixture's policy."""


@dataclass
class SetClock:
    instant: datetime = START

    def now(self) -> datetime:
        return self.instant


@dataclass
class Guild:
    """A territory and a home in a folder; each act comes a minute after the one before."""

    folder: Path
    clock: SetClock = field(default_factory=SetClock)
    text: str = field(default_factory=lambda: text_of("air"))
    source: Sha256 = SOURCE

    def __post_init__(self) -> None:
        if not (self.folder / "charter").exists():
            shutil.copytree(FIXTURES / "charter", self.folder / "charter")

    @property
    def desk(self) -> Desk:
        home = self.folder / "home"
        randomness = SystemRandomness()
        world = World(self.clock, randomness, FileKeyRing(home / "keys", randomness))
        return Desk(home / "acts", Journal(home / "journal", world), self.clock)

    @property
    def file(self) -> Path:
        return self.desk.file("air")

    @property
    def territory(self) -> Territory:
        return load(self.folder / "charter")

    def drafted(self) -> Drafted:
        document, territory = read_text(self.text), self.territory
        bindings = Bindings(
            policy_digest(document.plain),
            territory.charter_digest,
            territory.roles_digest,
            territory.catalogue_digest("air"),
            self.source,
        )
        return Drafted(document, Policy.model_validate(document.plain), bindings, territory)

    def change(self, file: str, *changes: tuple[str, str]) -> None:
        """Change a voted file."""
        path = self.folder / "charter" / file
        path.write_text(changed(path.read_text("utf-8"), *changes), "utf-8")

    def adopts(self, *people: str) -> bool:
        done = [
            adopt(self.territory, by=self._by(person), desk=self.desk) for person in people or ("p-dpo", "p-garant")
        ]
        return done[-1]

    def does(self, kind: ActKind, person: str = "", *, version: int | None = None) -> Proposal:
        self.clock.instant += timedelta(minutes=1)
        subject = self.drafted() if kind in BY else ("air", version)
        return act(kind, subject, by=self._by(person or BY[kind]), desk=self.desk)

    def opens(self) -> None:
        """Do the four acts that open the policy as it stands."""
        for kind in BY:
            self.does(kind)

    def course(self) -> Course:
        drafted = self.drafted()
        adopted = adopted_now(self.desk.adoptions(), drafted.territory)
        texts = {drafted.bindings.policy: drafted.policy}
        return read_course(self.file, "air", adopted=adopted, texts=texts, now=self.clock.now())

    def state(self) -> State:
        drafted = self.drafted()
        adopted = adopted_now(self.desk.adoptions(), drafted.territory)
        return derive_state(
            self.file, policy=drafted.policy, bindings=drafted.bindings, adopted=adopted, now=self.clock.now()
        )

    def _by(self, person: str) -> Signatory:
        return Signatory(person, demonstration_key(person))


def key_of(person: str) -> str:
    """The public line of a person's demonstration key."""
    return key_text(demonstration_key(person))
