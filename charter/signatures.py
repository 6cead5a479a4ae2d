"""DSSE envelopes with Ed25519 over canonical JSON (LANGUAGE.md section 10): sign and open, and nothing else."""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Final

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import FormatError, VerificationError
from securesystemslib.signer import CryptoSigner, SSlibKey

from eclor.errors import Place, PolicyRefused
from eclor.world import Secret

PAYLOAD_TYPE: Final = "application/vnd.eclor.acte+json"
_PREFIX: Final = "ed25519:"


def key_text(private: Secret) -> str:
    """Return the public key of a 32-byte private one, as `roles.yaml` writes it: `ed25519:` + base64url, no padding."""
    public = Ed25519PrivateKey.from_private_bytes(private.reveal()).public_key().public_bytes_raw()
    return _PREFIX + urlsafe_b64encode(public).decode().rstrip("=")


def sign(payload: Mapping[str, str | int], private: Secret, *, of: str = PAYLOAD_TYPE) -> bytes:
    """Return the one-line DSSE envelope of a payload of strings and integers, in RFC 8785 form, of a payload type."""
    key = _public(key_text(private))
    envelope = Envelope(rfc8785.dumps(dict(payload)), of, {})
    envelope.sign(CryptoSigner(Ed25519PrivateKey.from_private_bytes(private.reveal()), key))
    return _written(envelope)


def open_envelope(line: bytes, *, place: Place, keys: frozenset[str], of: str = PAYLOAD_TYPE) -> bytes:
    """Return the payload bytes of an envelope of a payload type that one of `keys` signed; they are the signed ones.

    Refuses (`PolicyRefused`): V750 what is not an envelope of ours, byte for byte as we write it; V751 a signature of
    no known key.
    """
    try:
        envelope = Envelope.from_dict(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError, FormatError, binascii.Error, RecursionError) as broken:
        raise PolicyRefused("V750", place=place) from broken
    if envelope.payload_type != of or len(envelope.signatures) != 1 or _written(envelope) != line:
        raise PolicyRefused("V750", place=place)
    try:
        envelope.verify([_public(key) for key in sorted(keys)], 1)
    except (VerificationError, ValueError) as unsigned:
        raise PolicyRefused("V751", place=place) from unsigned
    return bytes(envelope.payload)


def signer_of(line: bytes) -> str:
    """Return the key that an envelope names, once `open_envelope` accepted it."""
    return next(iter(Envelope.from_dict(json.loads(line)).signatures))


def _written(envelope: Envelope) -> bytes:
    """Return the one line that stands for an envelope; no other spelling of it is read."""
    return rfc8785.dumps(envelope.to_dict())


def _public(key: str) -> SSlibKey:
    raw = urlsafe_b64decode(key.removeprefix(_PREFIX) + "=")
    return SSlibKey(key, "ed25519", "ed25519", {"public": raw.hex()})
