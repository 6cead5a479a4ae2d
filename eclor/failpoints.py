"""Named points where a test may kill the process, as a power cut would (`ECLOR_FAILPOINT=name`)."""

import os
import signal
from functools import cache

from pydantic_settings import BaseSettings, SettingsConfigDict


class _Failpoint(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="ECLOR_", extra="ignore")

    failpoint: str = ""


def failpoint(name: str) -> None:
    """Kill this process at once, with no clean-up, if the environment names this point; else do nothing."""
    if _named() == name:
        os.kill(os.getpid(), signal.SIGKILL)


@cache
def _named() -> str:
    """Return the point that the environment names, read once: some are passed at each message."""
    return _Failpoint().failpoint
