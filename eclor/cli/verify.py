"""eclor verify: a published version, judged from its folder or its address alone."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console

from catalog.download import download_version
from catalog.verify import Verified, verify_folder
from eclor.cli.refusing import refusing
from eclor.errors import VerificationFailed


def verify(
    target: Annotated[str, typer.Argument(metavar="URL_OR_DIR", help="A version's folder, or its address.")],
    key: Annotated[
        str, typer.Option(help="The journal's key as the territory shows it (ed25519:…); another one is refused.")
    ] = "",
) -> None:
    """Check a version's files, proof, acts, rows and place in the journal; say what was checked, in French."""
    with refusing():
        verified = _verified(target)
        if key and key != verified.key:
            raise VerificationFailed("verify.other-key", found=verified.key, expected=key)
    _show(verified)


def _verified(target: str) -> Verified:
    if target.startswith(("http://", "https://")):
        with TemporaryDirectory(prefix="eclor-verify-") as folder:
            download_version(target, Path(folder))
            return verify_folder(Path(folder))
    if not Path(target).is_dir():
        raise VerificationFailed("verify.not-there", target=target)
    return verify_folder(Path(target))


def _show(verified: Verified) -> None:
    console = Console(soft_wrap=True, highlight=False)
    console.print(f"{verified.dataset}, version {verified.version}, {verified.published_at.isoformat()}", markup=False)
    for sentence in verified.checked:
        console.print(f"  [green]✓[/green] {sentence}")
    typer.echo("Vérifié.")
