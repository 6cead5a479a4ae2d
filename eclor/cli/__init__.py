"""The command line: one file a command group, loaded only when its command is called."""

from importlib import import_module
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from eclor.cli.mistyped import mistyped_said

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "access": ("eclor.cli.erase:access", "Give a person all that is held of them."),
    "act": ("eclor.cli.act:app", "Sign acts on policies with one's own key, and see what is expected."),
    "apply": ("eclor.cli.apply:apply", "Apply a policy to a file, offline."),
    "conform": ("eclor.cli.conform:conform", "Hold a CSV file to a Table Schema."),
    "erase": ("eclor.cli.erase:erase", "Erase every row that is held of some units."),
    "flow": ("eclor.cli.flow:app", "Pause, resume or rerun one flow, in one's own name."),
    "flows": ("eclor.cli.flows:flows", "Show every flow of the territory: state, freshness, counts, error and cure."),
    "gate": ("eclor.cli.gate:app", "What the gates doubt, and what the DPO lets through of it."),
    "intake": ("eclor.cli.intake:intake", "Listen to the message brokers of a territory (started by run)."),
    "journal": ("eclor.cli.journal:app", "Check the journal of acts and publications."),
    "key": ("eclor.cli.key:app", "Make the key that one signs acts with."),
    "parse": ("eclor.cli.parse:parse", "Try a payload through a harvester's parser."),
    "points": ("eclor.cli.points:points", "Show the public endpoints beside the sources; try them on demand."),
    "policy": ("eclor.cli.policy:app", "Check policies without reading a row."),
    "push": ("eclor.cli.push:push", "Bring the catalogue into an existing CKAN."),
    "register": ("eclor.cli.register:register", "Write the Article 30 register of a territory."),
    "retention": ("eclor.cli.retention:app", "Destroy what is due; say what is due and what was done."),
    "review": ("eclor.cli.review:app", "Texts that the DPO reads before they appear."),
    "run": ("eclor.cli.run:run", "Harvest, apply the charter, validate, publish; and go on."),
    "scan": ("eclor.cli.scan:scan", "Look for personal data in a file, before it is published."),
    "serve": ("eclor.cli.serve:serve", "Serve the open API and the pages."),
    "serving": ("eclor.cli.serving:serving", "Say again to the servers which versions may leave."),
    "token": ("eclor.cli.token:app", "Make and end the API tokens of programs."),
    "verify": ("eclor.cli.verify:verify", "Check a published version offline, by folder or by address."),
}
"""Command → where its code is, and its line in the help."""


class _Lazy(TyperGroup):
    """A group that lists its commands from the table and imports one only to run it."""

    def __init__(self, **attrs: Any) -> None:  # noqa: ANN401 - what typer passes through
        super().__init__(**attrs)
        self.commands = {name: TyperCommand(name, help=line) for name, (_, line) in COMMANDS.items()}

    def make_context(self, info_name: Any, args: list[str], parent: Any = None, **extra: Any) -> Any:  # noqa: ANN401 - the same
        """Read what stands before the command."""
        asked = _asked([info_name, *args])
        with mistyped_said(asked):
            context = super().make_context(info_name, args, parent, **extra)
        context.obj = asked
        return context

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - the same
        """Read the command and what stands after it, and run it."""
        with mistyped_said(ctx.obj):
            return super().invoke(ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - typer keeps its click private
        """Find the command, then put the real one in the place of its line."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, _load(str(name)), rest


app = typer.Typer(cls=_Lazy, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def _eclor() -> None:
    """Open data that a charter can prove."""


def _asked(words: list[str]) -> str:
    """Return the words that name the command among those typed: `eclor act viser`."""
    where, _ = COMMANDS.get(words[1], ("", "")) if len(words) > 1 else ("", "")
    return " ".join(words[: 3 if where.endswith(":app") else 2 if where else 1])


def _load(name: str) -> Any:  # noqa: ANN401 - typer keeps its click private
    module, _, attribute = COMMANDS[name][0].partition(":")
    found = getattr(import_module(module), attribute)
    if not isinstance(found, typer.Typer):
        wrapped = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        wrapped.command()(found)
        found = wrapped
    command = get_command(found)
    command.name = name
    return command


def main() -> None:
    """Run the command line."""
    app(prog_name="eclor")
