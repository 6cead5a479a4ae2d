"""How a session of Spark is asked for: PySpark is an extra and Java is the system's, so either may be missing."""

import shutil
from contextlib import AbstractContextManager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from eclor.engine.limits import Limits
from eclor.errors import SettingsRefused
from eclor.settings import environment

if TYPE_CHECKING:
    from eclor.engine.session import Session


def opened(files: tuple[Path, ...], limits: Limits) -> AbstractContextManager["Session"]:
    """Open a session of Spark that reads `files` and writes under the limits' folder.

    Refuses (`SettingsRefused`, `engine.no-spark`, `engine.no-java`) where a part of it is not installed.
    """
    if find_spec("pyspark") is None:
        raise SettingsRefused("engine.no-spark")
    home = environment().get("JAVA_HOME")
    if shutil.which("java", path=f"{home}/bin" if home else None) is None:
        raise SettingsRefused("engine.no-java")
    session: AbstractContextManager[Session] = import_module("eclor.engine.spark.session").opened(files, limits)
    return session
