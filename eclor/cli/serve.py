"""eclor serve: the open API and the pages, on uvicorn; Ctrl-C ends the answers under way, then stops."""

import os
import signal
from functools import partial
from typing import Annotated, Final

import typer
import uvicorn

from api.app import create_app
from api.connections import Connection
from eclor.children import when_stdin_ends
from eclor.errors import EclorError
from eclor.settings import Settings

GRACE_S: Final = 10
"""How long answers under way may take once asked to stop."""


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(help="Port; the settings' one by default.")] = None,
    *,
    leashed: Annotated[bool, typer.Option("--leashed", hidden=True)] = False,
) -> None:
    """Serve what is published under ECLOR_HOME, until stopped; `leashed` by who started it, until that ends too."""
    if leashed:
        when_stdin_ends(partial(os.kill, os.getpid(), signal.SIGTERM))
    settings = Settings()
    if port is not None:
        settings = settings.model_copy(update={"port": port})
    try:
        served = create_app(settings)
    except EclorError as refusal:
        typer.echo(f"{refusal.located()}\n{refusal.english()}", err=True)
        raise typer.Exit(1) from refusal
    uvicorn.run(
        served,
        host=host,
        port=settings.port,
        loop="uvloop",
        http=Connection,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
    )
