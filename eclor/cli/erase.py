"""eclor erase and eclor access: the rights of a person, by identifiers that are never on the command line."""

import json
import sys
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer

from eclor.cli.at_home import at_home
from eclor.durable import write_whole
from eclor.errors import EclorError
from eclor.house import House
from eclor.retention.minutes import FOLDER
from eclor.rights.access import access as access_of
from eclor.rights.asked import MOST_UNITS, Right, asked
from eclor.rights.erasing import Answer
from eclor.rights.erasing import erase as erase_units
from eclor.rights.receipts import nothing, receipt_plain, receipt_text

_MOST_BYTES: Final = 4 << 20
UnitFile = Annotated[
    str, typer.Option("--unit-file", help="Un identifiant par ligne, UTF-8 ; - pour l'entrée standard.")
]
Kind = Annotated[str, typer.Option(help="Ce qu'ils désignent : personne, foyer, appareil, entreprise…")]
Datasets = Annotated[
    list[str] | None, typer.Option("--dataset", help="Ce jeu seulement ; peut être dit plusieurs fois.")
]


def erase(
    unit_file: UnitFile,
    kind: Kind,
    dataset: Datasets = None,
    *,
    objection: Annotated[bool, typer.Option("--objection", help="Les écarter aussi de tout ce qui arrivera.")] = False,
) -> None:
    """Erase every row that is held of some units, now; the receipt for the person goes to standard output."""
    right = Right.OBJECTION if objection else Right.ERASURE
    with at_home() as house:
        request = asked(right, kind, _content(unit_file), datasets=dataset or (), house=house)
        answer = erase_units(request, house, keep=partial(_keep, house))
        text = receipt_text(answer, house)
    typer.echo(text)


def access(
    unit_file: UnitFile,
    kind: Kind,
    out: Annotated[Path, typer.Option(help="Un dossier neuf pour la réponse, lisible par vous seule.")],
    dataset: Datasets = None,
) -> None:
    """Write all that is held of some units in a folder: a letter, its map, and the rows."""
    with at_home() as house:
        request = asked(Right.ACCESS, kind, _content(unit_file), datasets=dataset or (), house=house)
        found = access_of(request, house, out=out)
    held = sum(one.rows + one.waiting for one in found)
    typer.echo(f"{held} ligne(s), {len(found)} jeu(x) regardé(s) : {out / 'acces.txt'}")
    if not found:
        typer.echo(nothing("", looked_at=0))


def _content(unit_file: str) -> bytes:
    """Read the list. Refuses (`EclorError`) one that is longer than a list may be: its end could be half a name."""
    try:
        if unit_file == "-":
            content = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            with Path(unit_file).open("rb") as file:
                content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise EclorError("rights.no-file", file=unit_file) from error
    if len(content) > _MOST_BYTES:
        raise EclorError("rights.units", most=MOST_UNITS)
    return content


def _keep(house: House, answer: Answer) -> None:
    """Keep the receipt, private, beside the internal record."""
    folder = house.settings.home / FOLDER / "receipts"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    plain = json.dumps(receipt_plain(answer, house), ensure_ascii=False, indent=2)
    write_whole(folder / f"{answer.reference}.txt", receipt_text(answer, house).encode(), mode=0o600)
    write_whole(folder / f"{answer.reference}.json", plain.encode(), mode=0o600)
