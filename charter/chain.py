"""The journal's links as values: entries, signed heads, and the segment that proves one entry. No file is touched.

An entry is stored and hashed as the bytes of its RFC 8785 form; each holds the SHA-256 of the one before (`precedent`).
A head is the digest of one entry, signed: whoever holds it can tell a shortened or rewritten journal.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from itertools import pairwise
from types import MappingProxyType
from typing import Final

import orjson
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from securesystemslib.dsse import Envelope

from eclor.errors import VerificationFailed
from eclor.names import Sha256

NOTHING_BEFORE: Final = Sha256("0" * 64)
HEAD_TYPE: Final = "application/vnd.eclor.journal-head+json"
_KEY: Final = re.compile(r"^ed25519:[A-Za-z0-9_-]{43}$")
_SIGNATURE: Final = re.compile(r"[0-9a-f]{128}")
_INSTANT: Final = "%Y-%m-%dT%H:%M:%SZ"
_INSTANT_FORM: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_LARGEST_EXACT: Final = 2**53 - 1
"""RFC 8785 writes no larger whole number: a reader in another language could not hold it."""


class Kind(StrEnum):
    """What an entry tells."""

    OPENING = "opening"
    ACT = "act"
    PUBLICATION = "publication"
    ABANDONMENT = "abandonment"
    WITHDRAWAL = "withdrawal"
    CLOSING = "closing"
    REOPENING = "reopening"
    PURGE = "purge"
    REQUESTS = "requests"
    FLOW = "flow"
    WAIVER = "waiver"
    TORN_LINE = "torn-line"


FACTS: Final[Mapping[Kind, frozenset[str]]] = MappingProxyType(
    {
        Kind.OPENING: frozenset({"key"}),
        Kind.ACT: frozenset({"dataset", "version", "act", "person", "role", "digest"}),
        Kind.PUBLICATION: frozenset({"dataset", "version", "digest", "policy_digest", "policy_version"}),
        Kind.ABANDONMENT: frozenset({"dataset", "version", "digest", "entry"}),
        Kind.WITHDRAWAL: frozenset({"dataset", "version", "reason"}),
        Kind.CLOSING: frozenset({"dataset", "versions", "reason", "since"}),
        Kind.REOPENING: frozenset({"dataset", "versions"}),
        Kind.PURGE: frozenset({"dataset", "what", "rule", "digest"}),
        Kind.REQUESTS: frozenset({"month", "digest"}),
        Kind.FLOW: frozenset({"source", "dataset", "order", "person"}),
        Kind.WAIVER: frozenset({"dataset", "column", "finding", "reason", "person", "digest"}),
        Kind.TORN_LINE: frozenset({"bytes", "digest"}),
    }
)
"""The facts of each kind, all of them public: no digest of an input, no count by cause, nothing of an erasure."""
_FRAME: Final = frozenset({"index", "instant", "kind", "precedent"})
_HEAD: Final = frozenset({"digest", "index", "signature"})
_KINDS: Final = MappingProxyType({kind.value: kind for kind in Kind})


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `line` is its bytes as stored, without the line feed."""

    index: int
    instant: datetime
    kind: Kind
    precedent: Sha256
    facts: Mapping[str, str | int]
    line: bytes

    @property
    def digest(self) -> Sha256:
        """Return the SHA-256 of the entry as stored."""
        return Sha256(sha256(self.line).hexdigest())


@dataclass(frozen=True, slots=True)
class Head:
    """The signed digest of one entry."""

    index: int
    digest: Sha256
    signature: str
    line: bytes


@dataclass(frozen=True, slots=True)
class Segment:
    """The entries from one to the next signed head, that head, and the key that signed it."""

    entries: tuple[Entry, ...]
    head: Head
    key: str

    def plain(self) -> dict[str, object]:
        """Return the segment as it stands in a proof: lines as text, byte for byte."""
        return {
            "entries": [entry.line.decode() for entry in self.entries],
            "head": self.head.line.decode(),
            "key": self.key,
        }


def new_entry(previous: Entry | None, *, kind: Kind, instant: datetime, facts: Mapping[str, str | int]) -> Entry:
    """Return the entry that follows `previous`. Facts that its kind does not have are a bug of the caller."""
    if facts.keys() != FACTS[kind]:
        message = f"a journal entry « {kind} » holds {sorted(FACTS[kind])}, not {sorted(facts)}"
        raise ValueError(message)
    frame: dict[str, str | int] = {
        "index": previous.index + 1 if previous else 0,
        "instant": instant.astimezone(UTC).strftime(_INSTANT),
        "kind": kind.value,
        "precedent": previous.digest if previous else NOTHING_BEFORE,
    }
    return read_entry(rfc8785.dumps(frame | dict(facts)), place=0)


def read_entry(line: bytes, *, place: int) -> Entry:
    """Read one stored entry; `place` is the index expected, said when it cannot be read.

    Refuses (`VerificationFailed`) bytes that are not the canonical form of an entry of a known kind.
    """
    try:
        plain = orjson.loads(line)
        kind = _KINDS[plain["kind"]]
        facts = {name: plain[name] for name in FACTS[kind]}
        instant = _read_instant(plain["instant"])
        entry = Entry(plain["index"], instant, kind, plain["precedent"], MappingProxyType(facts), line)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise VerificationFailed("journal.unreadable", index=place) from error
    if len(plain) != len(_FRAME) + len(facts) or not _is_canonical(plain, line):
        raise VerificationFailed("journal.unreadable", index=place)
    return entry


def _read_instant(text: str) -> datetime:
    if not _INSTANT_FORM.fullmatch(text):
        raise ValueError
    return datetime.fromisoformat(text)


def _is_canonical(plain: Mapping[str, object], line: bytes) -> bool:
    """Say whether `line` is the RFC 8785 form of a flat map of texts and whole numbers with ASCII names.

    Of such a map, sorted JSON without spaces is that form, at a tenth of the general writer's cost: a million entries
    are checked in seconds.
    """
    exact = all(type(one) is str or (type(one) is int and abs(one) <= _LARGEST_EXACT) for one in plain.values())
    return exact and orjson.dumps(plain, option=orjson.OPT_SORT_KEYS) == line


def follows(previous: Entry | None, entry: Entry) -> bool:
    """Say whether `entry` is the one right after `previous`: index, link, and a time that does not go back."""
    if previous is None:
        return (entry.index, entry.precedent, entry.kind) == (0, NOTHING_BEFORE, Kind.OPENING)
    linked = (entry.index, entry.precedent) == (previous.index + 1, previous.digest)
    return linked and entry.instant >= previous.instant


def sign_head(entry: Entry, key: Ed25519PrivateKey) -> Head:
    """Return the signed head at one entry."""
    signature = key.sign(_signed_bytes(entry.index, entry.digest)).hex()
    line = rfc8785.dumps({"digest": entry.digest, "index": entry.index, "signature": signature})
    return Head(entry.index, entry.digest, signature, line)


def read_head(line: bytes) -> Head:
    """Read one stored head. Refuses (`VerificationFailed`) bytes that are not the canonical form of a head."""
    try:
        plain = orjson.loads(line)
        head = Head(plain["index"], Sha256(plain["digest"]), plain["signature"], line)
        is_signed = _SIGNATURE.fullmatch(head.signature) is not None
    except (ValueError, LookupError, TypeError) as error:
        raise VerificationFailed("journal.head-unreadable") from error
    if not is_signed or type(head.index) is not int or plain.keys() != _HEAD or not _is_canonical(plain, line):
        raise VerificationFailed("journal.head-unreadable")
    return head


def check_head(head: Head, entry: Entry, key: str) -> None:
    """Check that the head speaks of that entry and that the key signed it. Refuses (`VerificationFailed`) otherwise."""
    if (head.index, head.digest) != (entry.index, entry.digest):
        raise VerificationFailed("journal.head-differs", index=head.index)
    try:
        public_key(key).verify(bytes.fromhex(head.signature), _signed_bytes(head.index, head.digest))
    except InvalidSignature as error:
        raise VerificationFailed("journal.head-signature", index=head.index) from error


def read_segment(plain: Mapping[str, object]) -> Segment:
    """Read and check the segment of a proof: links from its first entry to its head, and the head's signature.

    Refuses (`VerificationFailed`) anything else. That the key is the territory's is for the reader to compare.
    """
    match plain:
        case {"entries": [str(), *_] as lines, "head": str() as head_line, "key": str() as key, **rest} if not rest:
            entries = tuple(read_entry(str(line).encode(), place=0) for line in lines)
            segment = Segment(entries, read_head(head_line.encode()), key)
        case _:
            raise VerificationFailed("journal.segment-unreadable")
    _check_links(segment.entries)
    check_head(segment.head, segment.entries[-1], segment.key)
    return segment


def _check_links(entries: Sequence[Entry]) -> None:
    for previous, entry in pairwise(entries):
        if not follows(previous, entry):
            raise VerificationFailed("journal.broken", index=entry.index)


def key_text(key: Ed25519PublicKey) -> str:
    """Return a public key as `ed25519:` and unpadded base64url, as `roles.yaml` writes it."""
    return "ed25519:" + urlsafe_b64encode(key.public_bytes_raw()).rstrip(b"=").decode()


def public_key(text: str) -> Ed25519PublicKey:
    """Read a public key. Refuses (`VerificationFailed`) any text that is not the one way to write it."""
    if _KEY.fullmatch(text):
        key = Ed25519PublicKey.from_public_bytes(urlsafe_b64decode(text.removeprefix("ed25519:") + "="))
        if key_text(key) == text:
            return key
    raise VerificationFailed("journal.key-unreadable")


def _signed_bytes(index: int, digest: Sha256) -> bytes:
    payload = rfc8785.dumps({"digest": digest, "index": index})
    return bytes(Envelope(payload, HEAD_TYPE, {}).pae())
