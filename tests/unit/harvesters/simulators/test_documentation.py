import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[4]
TEXT = (ROOT / "docs" / "territory" / "demonstration.md").read_text("utf-8")


def test_every_dataset_of_the_territory_is_in_the_note(territory: Path) -> None:
    told = set(re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| [^|]+ \|", TEXT, re.MULTILINE))
    assert told == {file.stem for file in (territory / "datasets").glob("*.yaml")}


def test_every_option_is_in_the_note() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "harvesters.simulators", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    options = set(re.findall(r"--[a-z-]+", told)) - {"--help", "--now:"}
    assert options == set(re.findall(r"^\| `(--[a-z-]+)`", TEXT, re.MULTILINE))
