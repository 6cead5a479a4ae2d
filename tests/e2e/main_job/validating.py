"""The command line of frictionless, which takes a second of CPU to load: loaded once, and forked for each address.

`python -m tests.e2e.main_job.validating`: each line in is a list, an address and the file to write to; each line out is
the exit code that the command ends with.
"""

import gc
import json
import os
import sys

import requests  # noqa: F401, TID251 - what frictionless asks with, and loads at its first question only
from frictionless import Package, validate
from frictionless.__main__ import console

WARM = {"name": "warm", "resources": [{"name": "rows", "data": [["a"], [1]]}]}


def main() -> None:
    """Answer until nobody asks any more."""
    validate(Package.from_descriptor(WARM))  # what it loads at its first table only
    gc.freeze()  # no child looks through what all were given
    while line := sys.stdin.readline():
        child = os.fork()
        if not child:
            sys.exit(_judge(*json.loads(line)))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _judge(address: str, said: str) -> None:
    """Do what `frictionless validate ADDRESS --json > SAID` does; ends as the command does."""
    os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 1)
    sys.argv = ["frictionless", "validate", address, "--json"]
    console()


if __name__ == "__main__":
    main()
