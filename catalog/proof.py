"""proof.json: what anyone may know of how a version was made, and what ties it to the journal.

It never holds an exact smallest group, a count by cause, rows that came in, nor a digest of an input. Its bytes are the
RFC 8785 form of the document and a line feed. The journal's entry holds the digest of the document without `journal`.
"""

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Annotated, Final, Literal, Self, TypeVar

import rfc8785
from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, ValidationError

from charter.acts import Act
from charter.chain import Segment, read_segment
from charter.digests import canonical
from charter.release_parts import ReleaseColumn
from eclor.errors import VerificationFailed
from eclor.names import Sha256

NAME: Final = "proof.json"
MEDIA_TYPE: Final = "application/json"
BODY_NAME: Final = "body.json"
"""The proof before its place in the journal is known; never in a finished version."""
_INSTANT: Final = "%Y-%m-%dT%H:%M:%SZ"

DigestText = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
FileName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*(\.[a-z0-9]+)+$", max_length=80)]
InstantText = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$")]
SlugText = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=80)]
Count = Annotated[int, Field(ge=0)]


class Part(BaseModel):
    """A part of the proof: closed, frozen, never coerced."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ProvenColumn(Part):
    """A published column, as the release had it."""

    name: str
    type: str
    kind: str
    description: str
    level: str
    decimals: int

    @classmethod
    def of(cls, column: ReleaseColumn) -> Self:
        """Return the proof's words for a column."""
        return cls(**{name: getattr(column, name) for name in cls.model_fields})

    def column(self) -> ReleaseColumn:
        """Return the column that these words were made of."""
        return ReleaseColumn(**self.model_dump())


class BoundText(Part):
    """A text that the acts bind, with its own version."""

    digest: DigestText
    version: Annotated[int, Field(ge=1)]


class Signatory(Part):
    """Who did which act, and when; the person's identifier in `roles.yaml`."""

    act: str
    role: str
    person: str
    date: str

    @classmethod
    def of(cls, act: Act) -> Self:
        """Return the proof's words for an act."""
        return cls(act=act.acte, role=act.role, person=act.personne, date=act.date)


class GateVerdict(Part):
    """What a gate said, without its counts."""

    gate: str
    passed: Literal[True]
    executor: str
    public: dict[str, JsonValue]


class ProvenFile(Part):
    """A file of the version; `served` is false for the API's own index of the rows."""

    name: FileName
    media_type: str
    size_bytes: Count
    sha256: DigestText
    served: bool


class ProofBody(Part):
    """The proof without its place in the journal: what the journal's entry holds the digest of."""

    format: Literal["eclor-proof-1"]
    dataset: SlugText
    title: str
    version: Annotated[int, Field(ge=1)]
    previous_version: int | None
    published_at: InstantText
    note: str
    simulated: bool
    periods: list[str]
    rows: Count
    masked: Count
    columns: list[ProvenColumn]
    content_digest: DigestText
    policy: BoundText
    charter: BoundText
    roles_digest: DigestText
    catalogue_digest: DigestText
    source_digest: DigestText
    plan_digest: DigestText
    signatories: list[Signatory]
    guarantees: list[str]
    gates: list[GateVerdict]
    files: list[ProvenFile]
    how_to_verify: str

    @property
    def instant(self) -> datetime:
        """Return when the version was published, in UTC."""
        return datetime.strptime(self.published_at, _INSTANT).replace(tzinfo=UTC)

    def plain(self) -> dict[str, JsonValue]:
        """Return the body as JSON holds it."""
        return {name: value for name, value in self.model_dump(mode="json").items() if name in ProofBody.model_fields}

    def canonical(self) -> bytes:
        """Return the body's RFC 8785 form."""
        return canonical(self.plain())

    @property
    def digest(self) -> Sha256:
        """Return what the journal's entry holds."""
        return Sha256(sha256(self.canonical()).hexdigest())

    def proven(self, segment: Segment) -> bytes:
        """Return the bytes of proof.json, once the journal holds the body's digest."""
        return canonical(self.plain() | {"journal": segment.plain()}) + b"\n"


class Proof(ProofBody):
    """A whole proof, as read."""

    journal: dict[str, JsonValue]

    def segment(self) -> Segment:
        """Return the segment of the journal, checked. Refuses (`VerificationFailed`) a broken one."""
        return read_segment(self.journal)


def instant_text(instant: datetime) -> str:
    """Return an instant as proofs write it: UTC, to the second."""
    return instant.astimezone(UTC).strftime(_INSTANT)


def read_body(content: bytes) -> ProofBody:
    """Read a body that was kept aside. Refuses (`VerificationFailed`) anything that is not its canonical form."""
    return _read(content, ProofBody)


def read_proof(content: bytes) -> Proof:
    """Read a proof.json. Refuses (`VerificationFailed`) anything that is not its canonical form and a line feed."""
    if not content.endswith(b"\n"):
        raise VerificationFailed("verify.unreadable", file=NAME)
    return _read(content[:-1], Proof)


Read = TypeVar("Read", bound=ProofBody)


def _read(content: bytes, shape: type[Read]) -> Read:
    try:
        plain = json.loads(content)
        read = shape.model_validate(plain)
        same = canonical(plain) == content
    except (ValidationError, ValueError, RecursionError, rfc8785.CanonicalizationError) as wrong:
        raise VerificationFailed("verify.unreadable", file=NAME) from wrong
    if not same:
        raise VerificationFailed("verify.unreadable", file=NAME)
    return read
