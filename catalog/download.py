"""A published version, fetched by its address into a folder, as its proof lists it; nothing of it is judged here."""

import json
from http import HTTPStatus
from pathlib import Path
from typing import Final

import httpx

from catalog.proof import NAME, Proof, read_proof
from eclor.errors import VerificationFailed

MAX_PROOF_BYTES: Final = 4_000_000
"""A proof is a few kilobytes; more is not a proof."""
_TIMEOUT_S: Final = 30
_LONGEST_REFUSAL: Final = 20_000
_LONGEST_SAID: Final = 500


def download_version(url: str, folder: Path) -> Proof:
    """Fetch the proof at `…/dataset/NAME[/versions/N][/proof.json]`, then each file it lists, into `folder`.

    Refuses (`VerificationFailed`) an address that does not answer, a version that is withdrawn, and a file longer than
    the proof says.
    """
    address = url.split("#", 1)[0].split("?", 1)[0].removesuffix(f"/{NAME}").rstrip("/")
    with httpx.Client(timeout=_TIMEOUT_S, follow_redirects=True) as client:
        _fetch(client, f"{address}/{NAME}", folder / NAME, most=MAX_PROOF_BYTES)
        proof = read_proof((folder / NAME).read_bytes())
        version = f"/versions/{proof.version}"
        files = address if address.endswith(version) else address + version
        for file in proof.files:
            if file.served:
                _fetch(client, f"{files}/{file.name}", folder / file.name, most=file.size_bytes)
    return proof


def _fetch(client: httpx.Client, address: str, path: Path, *, most: int) -> None:
    """Write an answer's body to `path`, never more than `most` bytes of it."""
    try:
        with client.stream("GET", address) as answer, path.open("wb") as file:
            if answer.status_code == HTTPStatus.GONE:
                raise VerificationFailed("verify.withdrawn", said=_said(answer))
            answer.raise_for_status()
            size = 0
            for block in answer.iter_bytes():
                size += len(block)
                if size > most:
                    raise VerificationFailed("verify.too-long", file=path.name)
                file.write(block)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise VerificationFailed("verify.not-there", target=address) from error


def _said(answer: httpx.Response) -> str:
    """Return what a server says of a version that is gone; its words are not trusted to be short, nor plain."""
    body = b""
    for block in answer.iter_bytes():
        body += block
        if len(body) > _LONGEST_REFUSAL:
            return "…"
    try:
        plain = json.loads(body)
    except ValueError:
        return "…"
    said = str(plain.get("detail", "")) if isinstance(plain, dict) else ""
    return "".join(letter for letter in said if letter.isprintable())[:_LONGEST_SAID] or "…"
