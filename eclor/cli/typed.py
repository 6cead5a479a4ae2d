"""What was typed, as far as saying no to it needs: whose command it is, and whether a program reads the answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final

import typer

from eclor.errors import EclorError

_FORMS: Final[Mapping[str, str]] = {"scan": "eclor.cli.scan:blocked_in_json"}
"""Command whose object has a form of its own → what makes it; the others say `refusing.verdict_in_json`."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A command as far as it was read: its words (`eclor act viser`), and those after `eclor`, as they were typed."""

    words: str
    arguments: Sequence[str]
    for_people: bool
    """A DPO, a garant or a service's agent types it: their messages are in French alone."""

    @property
    def by_program(self) -> bool:
        """Say whether an object is read on stdout; with `--out` it goes to that file, and a person reads the rest."""
        return "--json" in self.arguments and not any(word.partition("=")[0] == "--out" for word in self.arguments)

    def refuse(self, refusal: EclorError, status: int) -> typer.Exit:
        """Say a refusal on stderr, and to a program as the command's object on stdout; return the exit to raise."""
        typer.echo(refusal.located(), err=True)
        if not self.for_people:
            typer.echo(refusal.english(), err=True)
        if self.by_program:
            typer.echo(self._object(refusal))
        return typer.Exit(status)

    def _object(self, refusal: EclorError) -> str:
        from eclor.cli.refusing import verdict_in_json  # noqa: PLC0415 - what goes right needs none of it

        if form := _FORMS.get(self.arguments[0]):
            module, _, attribute = form.partition(":")
            special: Callable[[EclorError], str] = getattr(import_module(module), attribute)
            return special(refusal)
        return verdict_in_json([refusal])
