"""eclor key: the key that a person signs acts with. Its people read French."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from charter.key_files import is_locked, make_key, read_key
from charter.signatures import key_text
from eclor.cli.french import FrenchApp
from eclor.cli.refusing import refusing
from eclor.errors import SettingsRefused
from eclor.settings import environment
from eclor.world import Secret, SystemRandomness

app = FrenchApp("La clé avec laquelle on signe.")
PassphraseEnv: TypeAlias = Annotated[
    str, typer.Option(help="La variable d'environnement qui porte la phrase de passe ; sinon elle est demandée.")
]


@app.callback()
def _key() -> None:
    """The key that one signs acts with."""


@app.says("new", "Faire une clé privée, et afficher la ligne publique à donner à qui tient roles.yaml.")
def new(
    out: Annotated[Path, typer.Option(help="Le fichier de la clé privée, à faire ; jamais écrasé.")],
    *,
    passphrase: Annotated[
        bool, typer.Option("--passphrase", help="Demander une phrase de passe qui la protège.")
    ] = False,
    passphrase_env: Annotated[str, typer.Option(help="La variable d'environnement qui porte la phrase de passe.")] = "",
) -> None:
    """Make a private key (mode 0600) and print the public line for whoever keeps roles.yaml."""
    with refusing():
        locked = _from_environment(passphrase_env) if passphrase_env else _asked_twice() if passphrase else None
        private = make_key(out, passphrase=locked, randomness=SystemRandomness())
    typer.echo(f"Clé privée écrite dans {out}. Gardez-la pour vous : qui l'a signe à votre place.", err=True)
    typer.echo("Ligne publique, à donner à qui tient roles.yaml :", err=True)
    typer.echo(key_text(private))


def opened_key(path: Path, *, passphrase_env: str) -> Secret:
    """Read a private key, its passphrase taken from the environment or asked for. Refuses as `read_key`."""
    if not is_locked(path):
        return read_key(path, passphrase=None)
    asked = _from_environment(passphrase_env) if passphrase_env else _asked()
    return read_key(path, passphrase=asked)


def _from_environment(name: str) -> Secret:
    if not (value := environment().get(name, "")):
        raise SettingsRefused("key.no-passphrase", name=name)
    return Secret(value.encode())


def _asked() -> Secret:
    return Secret(typer.prompt("Phrase de passe", hide_input=True).encode())


def _asked_twice() -> Secret:
    while True:  # not by the library, which says in English that the two differ
        first = typer.prompt("Phrase de passe", hide_input=True)
        if typer.prompt("Encore une fois", hide_input=True) == first:
            return Secret(first.encode())
        typer.echo("Les deux phrases ne sont pas les mêmes : recommencez.", err=True)
