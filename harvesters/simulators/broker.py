"""The MQTT broker: mosquitto where it is installed, else one in Python; on loopback, with passwords and a memory."""

import getpass
import json
import os
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from typing import Final

from harvesters.simulators.parameters import BrokerUsers

_ADMIN_FOLDERS: Final = "/usr/sbin:/usr/local/sbin"
"""Where Debian puts the broker, and an ordinary user's path does not look."""
_PRIVATE: Final = 0o600
_MOSQUITTO: Final = """\
listener {port} 127.0.0.1
allow_anonymous false
password_file {folder}/passwords
acl_file {folder}/acl
persistence true
persistence_location {folder}/
autosave_interval 5
max_queued_messages 200000
max_inflight_messages 100
user {user}
log_dest file {folder}/mosquitto.log
log_type error
log_type warning
log_type notice
"""
"""`max_queued_messages`: the default of 1,000 drops the fleet's messages silently while a reader is away."""
_ACL: Final = "user {writer}\ntopic write application/#\n\nuser {reader}\ntopic read application/#\n"


@dataclass(frozen=True, slots=True)
class BrokerPlan:
    """How the broker is started, where it listens, and where its users' passwords are (a 0600 file of JSON)."""

    command: tuple[str, ...]
    port: int
    secrets: Path


def free_port() -> int:
    """Ask the kernel for a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def plan_broker(folder: Path, users: BrokerUsers) -> BrokerPlan:
    """Write the broker's files into `folder` (0700) and return how to start it. Passwords are kept from before."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    port = free_port()
    secrets = folder / "secrets.json"
    passwords = _passwords(secrets, users)
    program = shutil.which("mosquitto") or shutil.which("mosquitto", path=_ADMIN_FOLDERS)
    if program is None:
        _write_private(folder / "users.json", json.dumps({"port": port, "users": passwords}))
        python = (sys.executable, "-m", "harvesters.simulators.python_broker", str(folder / "users.json"))
        return BrokerPlan(python, port, secrets)
    command = (program, "-c", str(_mosquitto_files(folder, port, users, passwords)))
    return BrokerPlan(command, port, secrets)


def _passwords(file: Path, users: BrokerUsers) -> dict[str, str]:
    """Return the password of each user, drawn at the first start. The file names the reader's as the sources do."""
    if not file.exists():
        drawn = {users.secret: f"{users.reader}:{token_urlsafe(24)}", users.writer: token_urlsafe(24)}
        _write_private(file, json.dumps(drawn))
    kept = json.loads(file.read_text("utf-8"))
    return {users.reader: kept[users.secret].partition(":")[2], users.writer: kept[users.writer]}


def keep_token(file: Path, name: str) -> None:
    """Have a token of that name among the secrets, drawn at the first start."""
    kept = json.loads(file.read_text("utf-8"))
    if name not in kept:
        _write_private(file, json.dumps({**kept, name: token_urlsafe(32)}))


def _mosquitto_files(folder: Path, port: int, users: BrokerUsers, passwords: dict[str, str]) -> Path:
    """Write mosquitto's configuration, access list and hashed passwords; return the configuration.

    It keeps the user that starts it (`user`), so that its folder may be private to that user, root included.
    """
    _write_private(folder / "passwords", "".join(f"{user}:{password}\n" for user, password in passwords.items()))
    hashing = ("mosquitto_passwd", "-U", str(folder / "passwords"))
    subprocess.run(hashing, check=True, stdin=subprocess.DEVNULL)  # noqa: S603 - of the broker's own package
    _write_private(folder / "acl", _ACL.format(writer=users.writer, reader=users.reader))
    configuration = folder / "mosquitto.conf"
    _write_private(configuration, _MOSQUITTO.format(port=port, folder=folder.resolve(), user=getpass.getuser()))
    return configuration


def _write_private(file: Path, text: str) -> None:
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "w", encoding="utf-8") as opened:
        opened.write(text)
