"""eclor token: what programs show to the API to read what is private and to write drafts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from sqlalchemy import Engine

from catalog.catalogue import open_catalog
from catalog.tokens import Bearer, Role, end_token, make_token, tokens
from eclor.cli.refusing import refused_with, refusing
from eclor.house import machine_world
from eclor.settings import Settings
from eclor.world import World

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Tokens of the API, for programs.")


@app.callback()
def _token() -> None:
    """Tokens of the API, for programs."""


@app.command("new")
def new(
    role: Annotated[Role, typer.Option(help="What it may do: read private datasets, write drafts, or both for all.")],
    user: Annotated[str, typer.Option("--for", help="The program or service that will use it; never a person.")] = "",
    name: Annotated[str, typer.Option(help="What it is for, in lists.")] = "",
) -> None:
    """Make a token and print it: it is shown this once, and kept as a digest alone."""
    with refusing(), _home() as (engine, world):
        secret, made = make_token(engine, world, Bearer(user or role.value, role), name)
    typer.echo(f"Jeton {made.id} pour « {made.user} » ({role.value}), montré cette seule fois :", err=True)
    typer.echo(secret.reveal().decode())


@app.command("list")
def listed() -> None:
    """List the tokens: identifier, role, user, name, day; never the token."""
    with refusing(), _home() as (engine, _):
        for one in tokens(engine):
            typer.echo(f"{one.id}  {one.role.value:6}  {one.user}  {one.name}  {one.made_at.date().isoformat()}")


@app.command("end")
def end(identifier: Annotated[str, typer.Argument(help="The token's identifier, as `token list` gives it.")]) -> None:
    """End a token: it stands for nobody any more."""
    with refusing(), _home() as (engine, _):
        if not end_token(engine, identifier):
            raise refused_with(f"Aucun jeton n'a l'identifiant « {identifier} » : `eclor token list` les donne.")


@contextmanager
def _home() -> Iterator[tuple[Engine, World]]:
    settings = Settings()
    world = machine_world(settings.home)
    catalog = open_catalog(settings, world)
    try:
        yield catalog.engine, world
    finally:
        catalog.engine.dispose()
