"""Every option of an access and of intake stands in the documentation, and no other."""

import re
from pathlib import Path

from harvesters import transport
from harvesters.declaration import INTAKE_OPTIONS

PAGE = Path(__file__).parents[4] / "docs" / "developer" / "intake.md"


def test_the_options_in_the_page_are_those_of_the_code() -> None:
    table = PAGE.read_text("utf-8").partition("| option | of | does |")[2].partition("\n\n")[0]
    rows = [line.split("|")[1:3] for line in table.splitlines() if line.startswith("| `")]
    said = {
        (access.strip(), option)
        for options, of in rows
        for option in re.findall("`(.+?)`", options)
        for access in of.split(",")
    }
    known = {("intake", option) for option in INTAKE_OPTIONS}
    known |= {(name, option) for name in transport.TRANSPORTS for option in transport.load(name).options}
    assert said == known
