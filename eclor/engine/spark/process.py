"""The one Spark of this process: started for a run, silent, private, ended after it with its virtual machine.

Spark keeps one context a process, so runs wait for each other. Ending the virtual machine forgets what it held: keys,
rows, folders that the next run does not have.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import DEVNULL
from threading import RLock
from typing import Any, Final, TypeAlias

from py4j.protocol import Py4JError
from pyspark import SparkConf, SparkContext
from pyspark.errors import PySparkException, PySparkRuntimeError
from pyspark.java_gateway import launch_gateway
from pyspark.logger import PySparkLogger
from pyspark.sql import SparkSession

from eclor.engine.limits import Limits
from eclor.errors import SettingsRefused

Spark: TypeAlias = Any
"""A Spark session; PySpark is an extra, whose types are not asked for."""

SPILL: Final = "spark"
"""Where Spark spills, in the run's folder; encrypted, under a key that lives as long as it."""

_LOG: Final = Path(__file__).with_name("log4j2.properties")
_LEAST: Final = 1 << 30
"""Spark refuses to start with much less memory."""

_MEMORY: Final = re.compile(r"(\d+)\s*([kmgt]?)i?b?", re.ASCII | re.IGNORECASE)
_SIZES: Final = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}

SAID_OF_SQL: Final[Mapping[str, str]] = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "true",
    "spark.sql.variable.substitute": "false",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.parquet.compression.codec": "zstd",
}
"""What SQL means: naive UTC instants, errors where a number does not fit, names and texts as written."""

_ONE: Final = RLock()
_RUNNING: Final[list[Spark]] = []


@contextmanager
def running(limits: Limits) -> Iterator[Spark]:
    """Give a private session of the Spark that runs, or of one that is started here and ended after use.

    Refuses (`SettingsRefused`) where Java does not start it, or the cluster does not take it: nothing is left running.
    Others wait until it is given back.
    """
    with _ONE:
        if _RUNNING:
            yield _private(_RUNNING[0])
            return
        _RUNNING.append(_started(limits))
        try:
            yield _private(_RUNNING[0])
        finally:
            _end(_RUNNING.pop())


def _private(spark: Spark) -> Spark:
    session = spark.newSession()
    for name, value in SAID_OF_SQL.items():
        session.conf.set(name, value)
    return session


def _started(limits: Limits) -> Spark:
    for name in ("SQLQueryContextLogger", "DataFrameQueryContextLogger"):
        PySparkLogger.getLogger(name).disabled = True  # they write the text of every error
    logging.getLogger("py4j").disabled = True
    conf = SparkConf(loadDefaults=False).setAll(list(_configuration(limits).items()))
    try:
        gateway = launch_gateway(conf, {"stdout": DEVNULL, "stderr": DEVNULL})
    except PySparkRuntimeError:
        gateway = None  # said outside, so that nothing of Java's own words is kept as a context
    if gateway is None:
        raise SettingsRefused("engine.no-cluster" if limits.spark_master else "engine.no-java")
    context = None
    with suppress(PySparkException, Py4JError):  # said outside, likewise
        context = SparkContext(conf=conf, gateway=gateway)
    if context is None:
        _shut(gateway)
        raise SettingsRefused("engine.no-cluster")
    return SparkSession(context)


def _end(spark: Spark) -> None:
    gateway = SparkContext._gateway  # noqa: SLF001 - PySpark has no door to end the virtual machine
    spark.stop()
    _shut(gateway)


def _shut(gateway: Any) -> None:  # noqa: ANN401 - Py4J has no types
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()
    SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001 - so that the next run starts its own


def _configuration(limits: Limits) -> dict[str, str]:
    folder = limits.folder / SPILL
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    said = {
        "spark.app.name": "eclor",
        "spark.master": limits.spark_master or f"local[{limits.threads}]",
        "spark.submit.deployMode": "client",
        "spark.driver.memory": f"{max(bytes_of(limits.memory), _LEAST) >> 20}m",
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile=file:{_LOG} -Dderby.system.home={folder}",
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.catalogImplementation": "in-memory",
        "spark.io.encryption.enabled": "true",
        "spark.eventLog.enabled": "false",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.logConf": "false",
        **SAID_OF_SQL,
    }
    return said if limits.spark_master else said | _on_this_machine(limits)


def _on_this_machine(limits: Limits) -> dict[str, str]:
    return {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.default.parallelism": str(limits.threads),
        "spark.sql.shuffle.partitions": str(limits.threads),
    }


def bytes_of(memory: str) -> int:
    """Read an amount of memory as DuckDB writes it: whole numbers of bytes, `1GB`, `800MiB`.

    Refuses (`SettingsRefused`, `engine.no-amount`) anything else.
    """
    found = _MEMORY.fullmatch(memory.strip())
    if found is None:
        raise SettingsRefused("engine.no-amount", memory=memory)
    return int(found[1]) * _SIZES[found[2].lower()]
