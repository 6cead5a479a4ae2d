"""What is shipped is free of licences that would bind us: no GPL, no AGPL in the run lock."""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

LOCK = Path(__file__).parents[3] / "requirements" / "lock.txt"
NAMES = sorted(re.findall(r"^([A-Za-z0-9_.-]+)==", LOCK.read_text(), flags=re.MULTILINE))
CHOICES = {"text-unidecode": "Artistic License, or GPL: we take the first"}
"""Packages that offer a choice, with the one that we take (NOTICE)."""


def licences(name: str) -> str:
    about = metadata(name)
    texts = [about.get("License-Expression") or about.get("License") or ""]
    texts += [value for key, value in about.items() if key == "Classifier" and value.startswith("License")]
    return " ".join(text[:200] for text in texts)


@pytest.mark.parametrize("name", NAMES)
def test_no_package_that_we_ship_is_under_the_gpl(name: str) -> None:
    try:
        told = licences(name)
    except PackageNotFoundError:
        assert "sys_platform" in LOCK.read_text() or "python" in LOCK.read_text()
        return
    bound = re.search(r"(?<!L)\b(A?GPL|GNU (Affero )?General Public)", told.replace("LGPL", ""))
    assert bound is None or name in CHOICES, f"{name}: {told}"


def test_the_lock_records_hashes_and_no_address() -> None:
    text = LOCK.read_text()
    assert text.count("--hash=sha256:") >= len(NAMES)
    assert "://" not in text
