"""A person's private key in a file: PKCS8 PEM, Ed25519, readable by its owner only, under a passphrase if asked."""

import os
from pathlib import Path
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from eclor.durable import sync_folder
from eclor.errors import SettingsRefused
from eclor.world import Randomness, Secret

_PRIVATE: Final = 0o600
_OTHERS: Final = 0o077
_SIZE: Final = 32
_ENCRYPTED: Final = b"ENCRYPTED"


def make_key(path: Path, *, passphrase: Secret | None, randomness: Randomness) -> Secret:
    """Make a key and write it, whole and for its owner only. Refuses (`SettingsRefused`) a name that is taken."""
    private = Secret(randomness.bytes(_SIZE))
    key = Ed25519PrivateKey.from_private_bytes(private.reveal())
    lock = BestAvailableEncryption(passphrase.reveal()) if passphrase else NoEncryption()
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "wb") as file:
            file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock))
            file.flush()
            os.fsync(file.fileno())
        os.link(beside, path)
    except FileExistsError as taken:
        raise SettingsRefused("key.exists", file=str(path)) from taken
    except OSError as failed:
        raise SettingsRefused("key.not-written", file=str(path)) from failed
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)
    return private


def is_locked(path: Path) -> bool:
    """Tell whether a key file needs a passphrase. Refuses what cannot be read, and what others can."""
    return _ENCRYPTED in _content(path)


def read_key(path: Path, *, passphrase: Secret | None) -> Secret:
    """Return the private key of a file. Refuses (`SettingsRefused`) what is none, and a wrong passphrase."""
    content = _content(path)
    try:
        key = load_pem_private_key(content, passphrase.reveal() if passphrase else None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as broken:
        raise SettingsRefused("key.unreadable", file=str(path)) from broken
    if not isinstance(key, Ed25519PrivateKey):
        raise SettingsRefused("key.unreadable", file=str(path))
    return Secret(key.private_bytes_raw())


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_mode & _OTHERS:
            raise SettingsRefused("key.open-to-others", file=str(path))
        return path.read_bytes()
    except FileNotFoundError as missing:
        raise SettingsRefused("key.no-file", file=str(path)) from missing
    except OSError as closed:
        raise SettingsRefused("key.unreadable", file=str(path)) from closed
