"""eclor gate: what the personal-data gate doubts, and what the DPO lets through of it. She reads French."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from charter.acting import Signatory
from eclor.cli.at_home import at_home
from eclor.cli.french import FrenchApp
from eclor.cli.key import PassphraseEnv, opened_key
from eclor.lifting import Finding, lift, refused
from eclor.names import Slug
from eclor.sentences.gates import KINDS, UNEXPLAINED

app = FrenchApp("Ce dont doute le contrôle des données personnelles, et ce que la déléguée en lève.")
Dataset: TypeAlias = Annotated[
    str, typer.Argument(metavar="JEU", help="Le jeu, comme se nomme le fichier de sa politique.")
]


@app.callback()
def _gate() -> None:
    """What the gates doubt, and what the DPO lets through of it."""


@app.says("show", "Dire ce qui a été trouvé dans les lignes refusées la dernière fois, sans aucune valeur.")
def show(dataset: Dataset) -> None:
    """Say what was found in the rows that were last refused: columns, kinds, how many rows, shapes, but no value."""
    with at_home() as house:
        found = refused(Slug(dataset), house)
    for one in found:  # no table: a name that is cut at the width of a window could not be given to `lift`
        words = KINDS.get(one.kind, (one.kind, ""))[0]
        typer.echo(f"{one.name} : {words}, {_where(one)}{_looks(one)} ; {_next(one)}")
    typer.echo("Une levée vaut pour ces lignes-là seulement : d'autres lignes seront examinées à nouveau.")


@app.says("lift", "Lever un doute pour ces lignes-là, au nom de la déléguée ; la collecte suivante les publie.")
def lift_doubt(
    dataset: Dataset,
    doubt: Annotated[
        str, typer.Argument(metavar="COLONNE/CONSTAT/LIGNES", help="Le nom que lui donne eclor gate show.")
    ],
    reason: Annotated[
        str, typer.Option(help="Pourquoi ces lignes peuvent paraître : public, au journal, pour toujours.")
    ],
    person: Annotated[str, typer.Option(help="Qui signe : la déléguée, comme roles.yaml la nomme.")],
    key: Annotated[Path, typer.Option(help="Le fichier de sa clé privée, écrit par eclor key new.")],
    *,
    passphrase_env: PassphraseEnv = "",
) -> None:
    """Let a doubt through for these rows, in the DPO's name; the next walk publishes them."""
    with at_home() as house:
        by = Signatory(person, opened_key(key, passphrase_env=passphrase_env))
        lift(Slug(dataset), doubt, reason=reason, by=by, house=house)
    typer.echo(f"Levé et inscrit au journal : « {doubt} » de « {dataset} », pour ces lignes-là.")


def _where(one: Finding) -> str:
    rows = f"{one.rows} ligne(s), la première est la ligne {one.first_row}"
    return f"{rows} de ce qui est arrivé le {one.arrived}, avant tout traitement" if one.arrived else rows


def _looks(one: Finding) -> str:
    shaped = f", de forme « {one.example} »" if one.example else ""
    return f"{shaped}, indice " + f"{one.score:.1f}".replace(".", ",")


def _next(one: Finding) -> str:
    if one.lifted_by:
        return f"levé par {one.lifted_by}"
    if one.kind in UNEXPLAINED:
        return "à expliquer dans la description de la colonne, à lever par la déléguée, ou à corriger"
    return "à lever par la déléguée, ou à corriger" if one.may_be_lifted else "bloqué : à corriger à la source"
