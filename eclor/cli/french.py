"""Commands that a DPO, a garant or a service's agent types: their help is in French, as what they answer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

_Function = TypeVar("_Function", bound=Callable[..., Any])
_HELP: Final = "Montrer cette aide."
_WORDS: Final = {
    "REQUIRED_LONG_STRING": "[obligatoire]",
    "DEFAULT_STRING": "[par défaut : {}]",
    "COMMANDS_PANEL_TITLE": "Commandes",
}
"""What the library that shows help says of its own → what we say; « Usage », « Options », « Arguments » are French."""


class _French:
    """Shows help in French."""

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401 - typer keeps its click private
        """Return the option --help, told in French."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _HELP
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
        """Show help with our words around it."""
        with _our_words():
            super().format_help(ctx, formatter)  # type: ignore[misc]


class FrenchCommand(_French, TyperCommand):
    """One command."""


class FrenchGroup(_French, TyperGroup):
    """A group of commands."""


class FrenchApp(typer.Typer):
    """A group whose commands say their help in French."""

    def __init__(self, told: str) -> None:
        super().__init__(
            cls=FrenchGroup, help=told, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
        )

    def says(self, name: str, told: str) -> Callable[[_Function], _Function]:
        """Register a command under its name, with what its help says."""
        return self.command(name, cls=FrenchCommand, help=told)


@contextmanager
def _our_words() -> Iterator[None]:
    from typer import rich_utils  # noqa: PLC0415 - half a second, for help alone

    theirs = {name: getattr(rich_utils, name) for name in _WORDS}
    try:
        for name, word in _WORDS.items():
            setattr(rich_utils, name, word)
        yield
    finally:
        for name, word in theirs.items():
            setattr(rich_utils, name, word)
