"""The command line: one file a command group, loaded only when its command is called."""

import resource
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from eclor.cli.cut_short import cut_short_said
from eclor.cli.french import FrenchCommand
from eclor.cli.mistyped import mistyped_said
from eclor.cli.typed import Typed

FOR_USERS: Final[dict[str, tuple[str, str]]] = {
    "access": (
        "eclor.cli.erase:access",
        "Donner à une personne tout ce qui est détenu d'elle : une lettre, et ses lignes, dans un dossier privé.",
    ),
    "act": ("eclor.cli.act:app", "Signer des actes avec sa propre clé ; voir ce qui est attendu."),
    "apply": (
        "eclor.cli.apply:apply",
        """Appliquer une politique à un fichier, hors ligne, sans rien publier.

        Sortie 0 avec le dossier entier, 1 sans rien écrire. Les signatures ne sont pas demandées, la preuve le dit.""",
    ),
    "erase": (
        "eclor.cli.erase:erase",
        "Effacer maintenant toutes les lignes d'une personne ; le reçu à lui remettre s'affiche.",
    ),
    "flows": (
        "eclor.cli.flows:flows",
        "Dire où en est chaque flux : état, fraîcheur, comptes, dernière erreur et son remède.",
    ),
    "gate": (
        "eclor.cli.gate:app",
        "Ce dont doute le contrôle des données personnelles, et ce que la déléguée en lève.",
    ),
    "journal": ("eclor.cli.journal:app", "Relire le journal des actes et des publications."),
    "key": ("eclor.cli.key:app", "Faire la clé avec laquelle on signe."),
    "parse": (
        "eclor.cli.parse:parse",
        "Montrer ce qui serait lu d'une livraison : une ligne JSON par ligne, puis ce qui est refusé ou douteux.",
    ),
    "policy": ("eclor.cli.policy:app", "Juger, essayer et dire une politique, avant toute signature."),
    "register": (
        "eclor.cli.register:register",
        "Écrire le registre de l'article 30, depuis toutes les politiques d'un territoire.",
    ),
    "retention": ("eclor.cli.retention:app", "Détruire ce qui est dû ; dire ce qui est dû et ce qui est fait."),
    "review": ("eclor.cli.review:app", "Les textes que la déléguée relit avant qu'ils paraissent."),
    "scan": (
        "eclor.cli.scan:scan",
        """Chercher des données personnelles dans un fichier, avant de le publier.

        Sortie 0 si rien n'est trouvé, 1 si c'est bloqué ou illisible, 3 s'il faut relire. Jamais une valeur.""",
    ),
}
"""Command of a DPO, a garant or a service's agent → where its code is, and its help, in French."""
_FOR_OPERATORS: Final[dict[str, tuple[str, str]]] = {
    "conform": ("eclor.cli.conform:conform", "Hold a CSV file to a Table Schema."),
    "flow": ("eclor.cli.flow:app", "Pause, resume or rerun one flow, in one's own name."),
    "intake": ("eclor.cli.intake:intake", "Listen to the message brokers of a territory (started by run)."),
    "points": ("eclor.cli.points:points", "Show the public endpoints beside the sources; try them on demand."),
    "push": ("eclor.cli.push:push", "Bring the catalogue into an existing CKAN."),
    "run": ("eclor.cli.run:run", "Harvest, apply the charter, validate, publish; and go on."),
    "serve": ("eclor.cli.serve:serve", "Serve the open API and the pages."),
    "serving": ("eclor.cli.serving:serving", "Say again to the servers which versions may leave."),
    "token": ("eclor.cli.token:app", "Make and end the API tokens of programs."),
    "verify": ("eclor.cli.verify:verify", "Check a published version offline, by folder or by address."),
}
COMMANDS: Final[dict[str, tuple[str, str]]] = dict(sorted((FOR_USERS | _FOR_OPERATORS).items()))
"""Command → where its code is, and its line in the help."""
_SERVICES: Final = frozenset({"intake", "run", "serve"})
"""Commands that go on until they are stopped."""
_PANELS: Final = ("Pour la déléguée, la garante et les services", "For those who run it and build on it")


class _Lazy(TyperGroup):
    """A group that lists its commands from the table and imports one only to run it."""

    def __init__(self, **attrs: Any) -> None:  # noqa: ANN401 - what typer passes through
        super().__init__(**attrs)
        self.commands = {
            name: TyperCommand(name, help=line, rich_help_panel=_PANELS[name not in FOR_USERS])
            for name, (_, line) in COMMANDS.items()
        }

    def make_context(self, info_name: Any, args: list[str], parent: Any = None, **extra: Any) -> Any:  # noqa: ANN401 - the same
        """Read what stands before the command."""
        typed = _typed(str(info_name), tuple(args))
        with mistyped_said(typed):
            context = super().make_context(info_name, args, parent, **extra)
        context.obj = typed
        return context

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - the same
        """Read the command and what stands after it, and run it."""
        with cut_short_said(ctx.obj), mistyped_said(ctx.obj), _logged(ctx.obj):
            return super().invoke(ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - typer keeps its click private
        """Find the command, then put the real one in the place of its line."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, _load(str(name)), rest


app = typer.Typer(cls=_Lazy, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def _eclor() -> None:
    """Open data that a charter can prove. Des données ouvertes, prouvées par une charte."""


def _typed(program: str, arguments: tuple[str, ...]) -> Typed:
    """Return what was typed; its words are those that name the command: `eclor act viser`."""
    name = arguments[0] if arguments else ""
    where, _ = COMMANDS.get(name, ("", ""))
    named = arguments[: 2 if where.endswith(":app") else 1 if where else 0]
    return Typed(" ".join((program, *named)), arguments, for_people=name in FOR_USERS)


def _logged(typed: Typed) -> AbstractContextManager[None]:
    """Say where the events of a command go; a service's, which a log takes, go there all."""
    if typed.arguments[0] in _SERVICES:
        return nullcontext()
    from eclor.logging import logged_for_a_person, logged_for_an_operator  # noqa: PLC0415 - help has none

    return logged_for_a_person(_log_of_people) if typed.for_people else logged_for_an_operator()


def _log_of_people() -> Path:
    from eclor.settings import Settings  # noqa: PLC0415 - most commands have no event to write

    return Settings().home / "logs" / "commands.log"


def _load(name: str) -> Any:  # noqa: ANN401 - typer keeps its click private
    module, _, attribute = COMMANDS[name][0].partition(":")
    found = getattr(import_module(module), attribute)
    if not isinstance(found, typer.Typer):
        wrapped = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        if name in FOR_USERS:
            wrapped.command(cls=FrenchCommand, help=COMMANDS[name][1])(found)
        else:
            wrapped.command()(found)
        found = wrapped
    command = get_command(found)
    command.name = name
    return command


def main() -> None:
    """Run the command line."""
    _take_files()
    app(prog_name="eclor")


def _take_files() -> None:
    """Let this process and those it starts open as many files as the system allows them: each listener takes one.

    Most systems begin with 1,024 for the sake of programs that call `select`, which none of ours does.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
