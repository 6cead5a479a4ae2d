"""Eight lines that stand twice, by pylint's own comparison of lines; what names mean is not worked out for it.

Arguments: folders. Comments, docstrings, imports and signatures do not count.
"""

import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from astroid.builder import AstroidBuilder
from astroid.manager import AstroidManager
from pylint.checkers.symilar import Symilar

if TYPE_CHECKING:
    from astroid.nodes import AssignAttr

LINES: Final = 8


class _Syntax(AstroidBuilder):
    """What a file says; to infer what it means takes nine tenths of the time, and the comparison asks nothing of it."""

    def delayed_assattr(self, node: "AssignAttr") -> None:
        """Leave `self.name = …` as it is written."""


def main(folders: list[str]) -> None:
    """Compare every file with every other; say what stands twice and exit 1, if anything does."""
    compared, syntax = Symilar(LINES, *[True] * 4), _Syntax(AstroidManager(), apply_transforms=False)
    for file in sorted(file for folder in folders for file in Path(folder).rglob("*.py")):
        with file.open(encoding="utf-8") as stream:
            compared.append_stream(str(file), stream, tree=syntax.string_build(file.read_text("utf-8"), str(file)))
    told = StringIO()
    with redirect_stdout(told):
        compared.run()
    if " duplicates=0 " not in told.getvalue():
        sys.exit(told.getvalue())


main(sys.argv[1:])
