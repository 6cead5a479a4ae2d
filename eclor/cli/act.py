"""eclor act: sign acts with one's own key, see who did what and what is expected. Its people read French."""

from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer

from charter.acting import Drafted, Piece, Proposal, Signatory, act, adopt, propose
from charter.vocabulary import ActKind
from eclor.cli import act_words
from eclor.cli.act_report import brought_report, made_report
from eclor.cli.french import FrenchApp
from eclor.cli.key import PassphraseEnv, opened_key
from eclor.cli.refusing import refusing
from eclor.cli.serving import follow
from eclor.drafting import Office, office
from eclor.settings import Settings

app = FrenchApp("Signer des actes avec sa propre clé ; voir qui a fait quoi, et ce qui est attendu.")

Dataset: TypeAlias = Annotated[
    str, typer.Argument(metavar="JEU", help="Le jeu, comme se nomme le fichier de sa politique.")
]
Person: TypeAlias = Annotated[str, typer.Option(help="Qui signe : un identifiant de roles.yaml.")]
Key: TypeAlias = Annotated[Path, typer.Option(help="Le fichier de sa clé privée, écrit par eclor key new.")]
Folder: TypeAlias = Annotated[
    Path | None, typer.Option("--territory", help="Le dossier du territoire ; sinon celui d'ECLOR_TERRITORY.")
]
Yes: TypeAlias = Annotated[bool, typer.Option("--yes", help="Signer ce qui est montré, sans question.")]
Reason: TypeAlias = Annotated[
    str, typer.Option("--motif", help="Pourquoi ; gardé à côté de l'acte, sans être signé ni publié.")
]
Version: TypeAlias = Annotated[
    int | None, typer.Option(help="La version de la politique ; celle en vigueur si rien n'est dit.")
]
Report: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        help="Un rapport fait par eclor policy simulate --json ; sinon l'essai est fait ici, sur les lignes détenues."
    ),
]
_Subject: TypeAlias = "Drafted | tuple[str, int | None]"

_ASK: Final = "Tapez « oui » pour signer"


@app.callback()
def _act() -> None:
    """Acts on policies, signed with one's own key."""


@app.says(ActKind.SIMULATE.value, "Soumettre une politique, avec le rapport de son essai (auteur).")
def simulate(  # noqa: PLR0913 - each is an option of the command line
    dataset: Dataset,
    person: Person,
    key: Key,
    *,
    report: Report = None,
    territory: Folder = None,
    passphrase_env: PassphraseEnv = "",
    yes: Yes = False,
) -> None:
    """Submit a policy, with the report of its dry run on real data (auteur)."""
    held = _office(territory)
    with refusing():
        drafted = held.drafted(dataset)
        by = Signatory(person, opened_key(key, passphrase_env=passphrase_env))
        brought = brought_report(drafted, report) if report else None
        propose(ActKind.SIMULATE, drafted, by=by, desk=held.desk)
        content = brought or made_report(drafted, _settings(territory), held.desk)
        _sign(ActKind.SIMULATE, drafted, by=by, held=held, piece=Piece(content, "json"), yes=yes)


def _step(kind: ActKind, words: str) -> None:
    """Register a command for an opening act on a policy as drafted."""

    def step(
        dataset: Dataset,
        person: Person,
        key: Key,
        *,
        territory: Folder = None,
        passphrase_env: PassphraseEnv = "",
        yes: Yes = False,
    ) -> None:
        held = _office(territory)
        with refusing():
            by = Signatory(person, opened_key(key, passphrase_env=passphrase_env))
            _sign(kind, held.drafted(dataset), by=by, held=held, piece=None, yes=yes)

    app.says(kind.value, words)(step)


def _hold(kind: ActKind, words: str) -> None:
    """Register a command for an act on what is or was in force."""

    def hold(  # noqa: PLR0913 - each is an option of the command line
        dataset: Dataset,
        person: Person,
        key: Key,
        *,
        version: Version = None,
        reason: Reason = "",
        territory: Folder = None,
        passphrase_env: PassphraseEnv = "",
        yes: Yes = False,
    ) -> None:
        held = _office(territory)
        with refusing():
            by = Signatory(person, opened_key(key, passphrase_env=passphrase_env))
            piece = Piece(reason.encode(), "txt") if reason else None
            _sign(kind, (dataset, version), by=by, held=held, piece=piece, yes=yes)

    app.says(kind.value, words)(hold)


_step(ActKind.ENDORSE, "Donner son visa (dpo).")
_step(ActKind.SIGN, "Signer (garant).")
_step(ActKind.ENTER_INTO_FORCE, "Mettre en vigueur ce qui est signé (auteur).")
_hold(ActKind.STOP, "Arrêter : une seule des trois suffit.")
_hold(ActKind.RESUME, "Reprendre ce qui est arrêté : dpo et garant, toutes deux.")
_hold(ActKind.REVOKE, "Révoquer une version pour toujours (dpo ou garant).")


@app.says(ActKind.ADOPT.value, "Adopter le socle et les rôles : dpo et garant des rôles d'avant, toutes deux.")
def adopt_command(
    person: Person,
    key: Key,
    *,
    territory: Folder = None,
    passphrase_env: PassphraseEnv = "",
    yes: Yes = False,
) -> None:
    """Adopt the territory's charter and roles: dpo and garant of the former ones, both."""
    held = _office(territory)
    with refusing():
        texts = held.territory()
        by = Signatory(person, opened_key(key, passphrase_env=passphrase_env))
        typer.echo(act_words.of_adoption(texts, held.desk.adoptions()))
        _ask(yes=yes)
        holds = adopt(texts, by=by, desk=held.desk)
        signed = held.desk.adoptions().pending
    lacking = "".join(act_words.lacking(role) for role in signed)
    typer.echo("Adopté : ce socle et ces rôles valent." if holds else f"Signé. {lacking}")


@app.says("list", "Dire qui a fait quoi sur un jeu, son état, ce qui est attendu et de qui.")
def list_acts(dataset: Dataset, *, territory: Folder = None) -> None:
    """Show who did what on a dataset, its state, what is expected and from whom."""
    with refusing():
        typer.echo(act_words.of_dataset(dataset, _office(territory)))


@app.says("status", "Dire l'état de chaque jeu et ce qui est attendu, une ligne par jeu.")
def status(*, territory: Folder = None) -> None:
    """Show each dataset's state and what is expected, one line each; first whether the charter is adopted."""
    with refusing():
        typer.echo(act_words.of_territory(_office(territory)))


def _office(territory: Path | None) -> Office:
    return office(_settings(territory))


def _settings(territory: Path | None) -> Settings:
    return Settings() if territory is None else Settings(territory=territory)


def _sign(kind: ActKind, subject: "_Subject", *, by: Signatory, held: Office, piece: Piece | None, yes: bool) -> None:
    """Show what would be signed, ask, sign: the version that was shown, whatever came into force meanwhile."""
    proposal = propose(kind, subject, by=by, desk=held.desk)
    title = subject.policy.title if isinstance(subject, Drafted) else ""
    typer.echo(act_words.of_proposal(proposal, title))
    _ask(yes=yes)
    if not isinstance(subject, Drafted):
        subject = (subject[0], proposal.act.version)
    made: Proposal = act(kind, subject, by=by, desk=held.desk, piece=piece)
    typer.echo(act_words.of_made(made))
    if followed := follow(made.act.jeu, Settings(territory=held.folder)):
        typer.echo(followed)


def _ask(*, yes: bool) -> None:
    if not yes and typer.prompt(_ASK, default="non").strip().lower() != "oui":
        typer.echo("Rien n'a été signé.")
        raise typer.Exit(1)
