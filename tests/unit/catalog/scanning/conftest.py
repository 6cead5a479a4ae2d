from pathlib import Path

import pytest

from catalog.gates.detector import Detector
from catalog.scanning.scan import Scanner
from catalog.scanning.text_cells import TextCells


@pytest.fixture(scope="session")
def scanner() -> Scanner:
    return Scanner(Detector())


@pytest.fixture
def cells(tmp_path: Path) -> TextCells:
    folder = tmp_path / "scratch"
    folder.mkdir()
    return TextCells(folder, "fichier")
