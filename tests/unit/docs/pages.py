"""The documentation as tests read it: pages, their tables, their blocks of code, the words in back quotes."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "docs" / "dpo" / "exemple"
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])

Table = list[list[str]]


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def table(text: str, *heads: str) -> Table:
    """The rows of the one table with these heads; its cells without blanks around."""
    lines = [line.strip() for line in text.splitlines()]
    (start,) = [place for place, line in enumerate(lines) if line.startswith("|") and _cells(line) == list(heads)]
    rows: Table = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append(_cells(line))
    assert rows
    return rows


def headings(text: str) -> list[tuple[int, int, str]]:
    """The headings outside blocks of code: line, height, words."""
    found, in_code = [], False
    for number, line in enumerate(text.splitlines()):
        in_code ^= line.startswith("```")
        if not in_code and (heading := re.fullmatch(r"(#+) (.*)", line)):
            found.append((number, len(heading[1]), heading[2]))
    return found


def section(text: str, heading: str) -> str:
    """What stands between a heading and the next one of its height or above."""
    found = headings(text)
    ((start, height),) = [(line, height) for line, height, words in found if words == heading]
    ends = [line for line, other, _ in found if line > start and other <= height]
    return "\n".join(text.splitlines()[start + 1 : min(ends, default=None)]) + "\n"


def quoted(text: str) -> list[str]:
    """The words in back quotes, blocks of code apart."""
    return re.findall(r"`([^`]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]
