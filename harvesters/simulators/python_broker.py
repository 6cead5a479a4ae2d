"""The broker where mosquitto is not installed: amqtt, with the same users. `python -m … FILE`, FILE made by `broker`.

Sessions live in memory only: what waits for a reader is lost with the process.
"""

import asyncio
import json
import signal
import sys
from pathlib import Path

from amqtt.broker import Broker
from amqtt.plugins.authentication import Argon2Hasher, PasswordHash


def configuration(port: int, password_file: Path) -> dict[str, object]:
    """Return amqtt's configuration: one listener on loopback, users of a file, nobody anonymous."""
    return {
        "listeners": {"default": {"type": "tcp", "bind": f"127.0.0.1:{port}", "max_connections": 50}},
        "plugins": {"amqtt.plugins.authentication.FileAuthPlugin": {"password_file": str(password_file)}},
    }


def hashed(file: Path, users: dict[str, str]) -> Path:
    """Write the users' passwords, hashed, beside `file`."""
    hashes = PasswordHash((Argon2Hasher(),))
    password_file = file.with_name("passwords")
    password_file.write_text("".join(f"{user}:{hashes.hash(word)}\n" for user, word in users.items()), "utf-8")
    return password_file


async def serve(port: int, password_file: Path) -> None:
    """Serve until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    broker = Broker(configuration(port, password_file))
    await broker.start()
    sys.stdout.write("listening\n")
    sys.stdout.flush()
    await stop.wait()
    await broker.shutdown()


if __name__ == "__main__":
    wanted = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    asyncio.run(serve(wanted["port"], hashed(Path(sys.argv[1]), wanted["users"])))
