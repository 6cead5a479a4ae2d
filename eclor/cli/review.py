"""eclor review: texts that may name someone, read by the DPO line by line before they appear. She reads French."""

import os
from pathlib import Path
from typing import Annotated

import typer

from charter.acting import Signatory
from charter.reviews import Decision
from eclor.cli.at_home import at_home
from eclor.cli.french import FrenchApp
from eclor.cli.key import PassphraseEnv, opened_key
from eclor.errors import SettingsRefused
from eclor.names import Slug
from eclor.reviewing import decide as decide_on
from eclor.reviewing import proposed, waiting

app = FrenchApp("Les textes que la déléguée relit avant qu'ils paraissent.")


@app.callback()
def _review() -> None:
    """Texts that the DPO reads before they appear."""


@app.says("list", "Dire combien de textes attendent ; avec --out, les écrire, chacun à côté d'une proposition.")
def list_texts(
    dataset: Annotated[str, typer.Argument(metavar="JEU", help="Le jeu, comme se nomme le fichier de sa politique.")],
    *,
    out: Annotated[Path | None, typer.Option(help="Un fichier neuf pour les textes, lisible par vous seule.")] = None,
) -> None:
    """Say how many texts wait; with --out, write them, each beside what is proposed in its place."""
    with at_home() as house:
        found = waiting(Slug(dataset), house)
        if out is not None:
            _write(out, proposed(Slug(dataset), found, house))
    typer.echo(
        f"{found.count} texte(s) à relire, {found.published} publié(s), {found.withheld} retenu(s)."
        + (f" À lire dans {out}, puis à détruire." if out else "")
    )


@app.says("decide", "Signer ce qui est décidé de chaque texte, tout ou rien ; la collecte suivante publie.")
def decide(
    dataset: Annotated[str, typer.Argument(metavar="JEU", help="Le jeu, comme se nomme le fichier de sa politique.")],
    file: Annotated[Path, typer.Option(help="Le fichier d'eclor review list, complété.")],
    person: Annotated[str, typer.Option(help="Qui signe : la déléguée, comme roles.yaml la nomme.")],
    key: Annotated[Path, typer.Option(help="Le fichier de sa clé privée, écrit par eclor key new.")],
    *,
    passphrase_env: PassphraseEnv = "",
) -> None:
    """Sign what was decided of each text and keep it; the next walk publishes what may appear."""
    with at_home() as house:
        by = Signatory(person, opened_key(key, passphrase_env=passphrase_env))
        made = decide_on(Slug(dataset), file, by=by, house=house)
    typer.echo(f"Signé : {made.get(Decision.PUBLISH, 0)} à publier, {made.get(Decision.WITHHOLD, 0)} à retenir.")


def _write(file: Path, content: bytes) -> None:
    """Write a new private file. Refuses (`SettingsRefused`, `review.exists`) one that is there, and a full disk."""
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            opened.write(content)
    except FileExistsError as there:
        raise SettingsRefused("review.exists", file=str(file)) from there
    except OSError as failed:
        file.unlink(missing_ok=True)
        raise SettingsRefused("review.exists", file=str(file)) from failed
