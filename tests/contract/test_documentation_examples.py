"""The examples of `/docs`, taken from the page and run as a reader runs them: curl, Python, pandas, DuckDB, Node, R."""

import html
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.browser.territory import settled
from tests.unit.catalog.publish.released import Home

CLIENTS = Path(".venv-clients/bin/python").absolute()
DATASETS = ("dechetteries-passages", "points-de-collecte")
EXAMPLE = re.compile(r'<pre [^>]* id="([a-z]+)-(curl|python|pandas|javascript|r|duckdb)">(.*?)</pre>', re.DOTALL)
LIVE_S = 4
"""How long a stream is listened to."""
CURL = 'set -euo pipefail\ncurl() { command curl --fail --max-time {limit} "$@"; }\n'
PYTHON = """
import json, sys
for name, code in json.load(sys.stdin):
    try:
        exec(compile(code, name, "exec"), {})
    except Exception as error:
        print("FAILED", name, repr(error))
"""
DUCKDB = """
import glob, importlib.util, json, sys
import duckdb
con = duckdb.connect()
where = list(importlib.util.find_spec("duckdb_extension_httpfs").submodule_search_locations)[0]
con.execute(f"LOAD '{glob.glob(where + '/**/*.duckdb_extension', recursive=True)[0]}'")
for name, code in json.load(sys.stdin):
    try:
        assert con.execute(code).fetchall(), "no row"
    except Exception as error:
        print("FAILED", name, repr(error))
"""
NODE = """
import { readFileSync } from "node:fs";
const Run = Object.getPrototypeOf(async function () {}).constructor;
for (const [name, code] of JSON.parse(readFileSync(0, "utf8"))) {
  try { await new Run(code)(); } catch (error) { console.log("FAILED", name, String(error)); }
}
"""
R = """
for (one in strsplit(readLines(file("stdin"), warn = FALSE), "\t")) {
  code <- rawToChar(as.raw(strtoi(substring(one[2], seq(1, nchar(one[2]), 2), seq(2, nchar(one[2]), 2)), 16L)))
  tryCatch(
    print(NROW(eval(parse(text = code, encoding = "UTF-8"), new.env()))),
    error = function(error) cat("FAILED", one[1], conditionMessage(error), "\n")
  )
}
"""
R_PACKAGES = ("readr", "httr2", "jsonlite", "sf")
Examples = dict[str, list[tuple[str, str]]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return settled(tmp_path_factory.mktemp("documented"))


@pytest.fixture(scope="module", params=DATASETS)
def examples(request: pytest.FixtureRequest, address: str) -> Examples:
    """The examples of a dataset's page by language, each with its topic."""
    page = httpx.get(f"{address}/docs/{request.param}", headers={"Accept": "text/html"}).raise_for_status().text
    found: Examples = {}
    for topic, language, code in EXAMPLE.findall(page):
        found.setdefault(language, []).append((topic, html.unescape(code)))
    return found


def run(command: list[str], examples: list[tuple[str, str]], folder: Path) -> str:
    done = subprocess.run(
        command, input=json.dumps(examples), capture_output=True, text=True, cwd=folder, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "FAILED" not in done.stdout, done.stdout
    return done.stdout


def test_every_topic_speaks_to_every_reader(examples: Examples) -> None:
    topics = [topic for topic, _ in examples["curl"]]
    assert {"fichiers", "versions", "plages", "filtrer", "trier", "grouper", "paginer", "ckan", "catalogue"} <= {
        *topics
    }
    for language in ("python", "pandas", "javascript", "r", "duckdb"):
        assert {"fichiers", "filtrer", "trier", "grouper", "paginer"} <= {topic for topic, _ in examples[language]}


def test_curl(examples: Examples, tmp_path: Path) -> None:
    for topic, code in examples["curl"]:
        live = topic == "direct"
        script = CURL.replace("{limit}", str(LIVE_S if live else 30)) + code
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, cwd=tmp_path, check=False)
        assert done.returncode == (28 if live else 0), (topic, done.stderr)
        assert done.stdout or list(tmp_path.iterdir()), topic
        if live:
            assert "event: version" in done.stdout
        if topic == "versions":
            assert done.stdout.strip() == "304"


def test_python_and_pandas(examples: Examples, tmp_path: Path) -> None:
    ours = [one for one in (*examples["python"], *examples["pandas"]) if "frictionless" not in one[1]]
    assert run([sys.executable, "-c", PYTHON], ours, tmp_path).count("\n") >= len(ours)


@pytest.mark.skipif(not CLIENTS.exists(), reason="the clients' environment is not there: make install makes it")
def test_a_description_is_read_by_its_own_library(examples: Examples, tmp_path: Path) -> None:
    theirs = [one for one in examples["python"] if "frictionless" in one[1]]
    assert theirs
    assert run([str(CLIENTS), "-c", PYTHON], theirs, tmp_path)


def test_duckdb(examples: Examples, tmp_path: Path) -> None:
    run([sys.executable, "-c", DUCKDB], examples["duckdb"], tmp_path)


@pytest.mark.skipif(shutil.which("node") is None, reason="no Node.js on PATH")
def test_javascript(examples: Examples, tmp_path: Path) -> None:
    finite = [one for one in examples["javascript"] if "EventSource" not in one[1]]
    assert run(["node", "--input-type=module", "-e", NODE], finite, tmp_path)


def test_r_is_written_with_the_same_addresses(examples: Examples, address: str) -> None:
    """No R here: what is looked at is that it asks what curl asks, and that what is opened is closed."""
    for topic, code in examples["r"]:
        assert address in code, topic
        assert [code.count(letter) for letter in "({["] == [code.count(letter) for letter in ")}]"], topic
        assert code.count('"') % 2 == 0, topic


def r_can_load(packages: tuple[str, ...]) -> bool:
    needed = " && ".join(f'requireNamespace("{one}", quietly = TRUE)' for one in packages)
    return (
        shutil.which("Rscript") is not None
        and not subprocess.run(
            ["Rscript", "-e", f"quit(status = if ({needed}) 0 else 1)"], capture_output=True, check=False
        ).returncode
    )


def test_r(examples: Examples, tmp_path: Path) -> None:
    if not r_can_load(R_PACKAGES):
        pytest.skip(f"no R with {', '.join(R_PACKAGES)}: make install-test installs them where it may")
    packaged = [(topic, code) for topic, code in examples["r"] if "ckanr" not in code]
    told = "".join(f"{topic}\t{code.encode().hex()}\n" for topic, code in packaged)
    done = subprocess.run(
        ["Rscript", "-e", R], input=told, capture_output=True, text=True, cwd=tmp_path, timeout=120, check=False
    )
    assert (done.returncode, "FAILED" in done.stdout) == (0, False), done.stdout + done.stderr
    assert len(re.findall(r"^\[1\] [0-9]+$", done.stdout, re.MULTILINE)) >= len(packaged)
