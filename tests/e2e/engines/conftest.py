"""One Spark for the whole folder: it takes seconds to start, and nothing of one run stands in another's session."""

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from eclor.engine.limits import Engine, Limits

QUICK = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss4m"
"""A virtual machine for seconds of work, on two cores that others use."""


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep one Spark running; gives its folder."""
    if find_spec("pyspark") is None:
        pytest.skip("PySpark is not installed: scripts/environment test")
    if shutil.which("java") is None:
        pytest.skip("no Java 17 or 21 on this machine")
    from eclor.engine.spark.process import running  # noqa: PLC0415 - needs what was just looked for

    folder = tmp_path_factory.mktemp("spark")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JAVA_TOOL_OPTIONS", QUICK)
        with running(Limits(folder, engine=Engine.SPARK)):
            yield folder
