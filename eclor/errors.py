"""The one error tree.

EclorError                    a refusal: the user can cure it
├── SettingsRefused           a setting or a command's argument
├── DeclarationRefused        a territory's source or dataset declaration
├── SourceUnavailable         the source does not answer, or answers something else
├── PayloadRefused            what the source sent cannot be read for sure
├── PolicyRefused             the charter language (codes L, S, J, M, P, G, D, V)
├── GuaranteeBroken           a release that would not hold what the policy promises
├── GateRefused               a gate said no, crashed or ran out of time
├── PublicationFailed         the version could not be written; the former one stays
├── RequestRefused            a request to the API or the pages
├── Busy                      someone else is at it: wait or say so
└── VerificationFailed        what was published, or signed by the DPO, is not what is here

Any other exception is a bug and is never dressed up as one of these. A code names one pair of sentences in
`eclor.sentences`; facts fill them, and never hold a value of a cell nor a key.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Final

from eclor.sentences import SENTENCES, Sentence


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a fault stands: lines and columns count from 1; 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if self.line == 0:
            return self.file
        return f"{self.file}:{self.line}:{self.column}" if self.column else f"{self.file}:{self.line}"


UNTOLD: Final = "…"
"""What stands for a fact that is not for everyone."""


class EclorError(Exception):
    """A refusal that its reader can cure.

    `code` is the contract; `facts` fill the sentence's braces; `place` says where.
    """

    for_everyone: ClassVar[frozenset[str] | None] = None
    """The facts that anybody may read; all of them, and the place, where it is none."""

    def __init__(self, code: str, *, place: Place | None = None, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.place = place
        self.facts = facts

    @property
    def sentence(self) -> Sentence:
        """Return the pair of sentences that this code names."""
        return SENTENCES[self.code]

    @property
    def status(self) -> int:
        """Return the HTTP status that an API answer with this refusal has."""
        return self.sentence.status

    def english(self) -> str:
        """Say the finding and the cure in English, without the place."""
        return f"{self.sentence.en} {self.sentence.cure_en}".format(**self.facts).strip()

    def french(self) -> str:
        """Say the finding and the cure in French, without the place."""
        return f"{self.sentence.fr} {self.sentence.cure_fr}".format(**self.facts).strip()

    def located(self) -> str:
        """Say `file:line:column: [CODE] finding cure` in French, as the charter language does."""
        head = f"{self.place}: " if self.place else ""
        return f"{head}[{self.code}] {self.french()}"

    def told(self) -> dict[str, str]:
        """Return what anybody may read of this refusal: its code, and the finding and the cure in both languages.

        Nothing that the source sent, not even the name of a column: the first line of a table may be a person's.
        """
        known = self.for_everyone
        facts = {name: value if known is None or name in known else UNTOLD for name, value in self.facts.items()}
        said = self.sentence
        words = {"fr": said.fr, "cure_fr": said.cure_fr, "en": said.en, "cure_en": said.cure_en}
        return {"code": self.code} | {name: text.format(**facts) for name, text in words.items()}

    def told_french(self) -> str:
        """Say to anybody `[CODE] finding cure` in French; with its place if that is a text of the territory's."""
        if self.for_everyone is None:
            return self.located()
        told = self.told()
        return f"[{self.code}] {told['fr']} {told['cure_fr']}".rstrip()

    def __str__(self) -> str:
        head = f"{self.place}: " if self.place else ""
        return f"{head}{self.english()}"


class SettingsRefused(EclorError):
    """A setting or a command's argument that cannot be used."""


class DeclarationRefused(EclorError):
    """A territory's declaration (source, dataset, zone) that cannot be used."""


class SourceUnavailable(EclorError):
    """A source that does not answer, or answers something else than what it declares."""

    for_everyone = frozenset({"dataset"})


class PayloadRefused(EclorError):
    """A payload that cannot be read for sure, with its place (line, or byte offset as column)."""

    for_everyone = frozenset({"dataset", "column", "expected", "written"})


class PolicyRefused(EclorError):
    """One refusal of the charter language; several travel together in a `PolicyRefusals`."""


class PolicyRefusals(Exception):
    """All the refusals of one compilation, first fault first (LANGUAGE.md section 8)."""

    def __init__(self, refusals: list[PolicyRefused]) -> None:
        super().__init__(f"{len(refusals)} refusals")
        self.refusals = refusals


class GuaranteeBroken(EclorError):
    """A release that would not hold what its policy promises: nothing is made."""


class GateRefused(EclorError):
    """A gate refused, crashed, or ran out of time: nothing is published.

    `internal` holds the report of every gate, by its name: counts and places, never a value. For the DPO only.
    """

    for_everyone = frozenset(
        {"dataset", "column", "gate", "expectation", "reason", "kind", "rule", "reference", "seconds", "megabytes"}
        | {"version", "date", "threshold"}  # of what drift compares with: published, or declared
    )
    internal: Mapping[str, object] = MappingProxyType({})


class PublicationFailed(EclorError):
    """A version could not be written whole; the former version stays."""


class RequestRefused(EclorError):
    """A request that cannot be answered as asked."""


class Busy(EclorError):
    """Another run holds the lock."""


class VerificationFailed(EclorError):
    """What stands here is not what was published, or what the DPO signed."""
