"""What opens a door: keys of devices, tokens, private keys, licence keys, passwords."""

import math
from collections import Counter
from typing import Final

from catalog.gates.recognisers.recogniser import Decision, Recogniser

_KEYS: Final = (
    "appkey", "app key", "nwkskey", "appskey", "nwkkey", "session key", r"cles?\b", r"keys?\b", "secret", "token",
    "jeton", "psk", "password", "mot de passe", "aes",
)  # fmt: skip
_LEAST_ENTROPY: Final = 2.5


def is_mixed(text: str) -> bool:
    """Tell whether a key looks drawn at random: letters and digits, spread over many of them."""
    counted = Counter(letter for letter in text.casefold() if letter.isalnum())
    total = sum(counted.values())
    entropy = -sum(count / total * math.log2(count / total) for count in counted.values())
    return entropy >= _LEAST_ENTROPY and any(each.isdigit() for each in text) and any(each.isalpha() for each in text)


_TOKEN: Final = (
    r"(?<![A-Za-z0-9])(?:eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|A(?:KI|SI)A[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{30,}"
    r"|github_pat_[\w]{20,}|glpat-[\w-]{20,}|xox[abeprs]-[\w-]{10,}|AIza[\w-]{35}|[srp]k_(?:live|test)_[A-Za-z0-9]{16,}"
    r"|sk-[A-Za-z0-9_-]{20,}|hf_[A-Za-z0-9]{30,}|SG\.[\w-]{16,}\.[\w-]{16,}|npm_[A-Za-z0-9]{30,}|NNSXS\.[\w.-]{20,})"
).replace(r"\w", "A-Za-z0-9_")
"""Letters with accents are in no token."""
TOKEN: Final = Recogniser(
    kind="secret",
    pattern=_TOKEN,
    prefilter=r"eyJ[\w-]{8}|A(?:KI|SI)A[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{30}|github_pat_|glpat-|xox[abeprs]-|AIza[\w-]{35}"
    r"|[srp]k_(?:live|test)_|sk-[A-Za-z0-9_-]{20}|hf_[A-Za-z0-9]{30}|SG\.[\w-]{16}|npm_[A-Za-z0-9]{30}|NNSXS\.",
)
PRIVATE_KEY: Final = Recogniser(
    kind="secret",
    pattern=r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY( BLOCK)?-----|PuTTY-User-Key-File|AGE-SECRET-KEY-1[A-Z0-9]{20}",
    prefilter=r"BEGIN [A-Z ]*PRIVATE KEY|PuTTY-User-Key-File|AGE-SECRET-KEY-1",
)
PASSWORD: Final = Recogniser(
    kind="secret",
    pattern=r"(?i)(?:mots? de passe|password|passwd|mdp|pwd|api[_-]?key|secret|bearer)[\"']?\s{0,4}"
    r"(?:[:=]|est|is)?\s{0,4}[\"']?(?=[^\s\"']{0,40}\d)(?=[^\s\"']{0,40}[A-Za-z])[^\s\"']{6,}|(?<=://)[^\s/:@]{1,64}:[^\s/:@]{3,64}@",
    prefilter=r"(?i)mots? de passe|password|passwd|mdp|pwd|api[_-]?key|secret|bearer|://[^\s/:@]+:[^\s/:@]+@",
)
DEVICE_KEY: Final = Recogniser(
    kind="secret",
    pattern=r"(?<![A-Za-z0-9])(?:[0-9A-Fa-f]{64}|[0-9A-Fa-f]{48}|[0-9A-Fa-f]{32}|[0-9A-Fa-f]{2}"
    r"(?:[ :-][0-9A-Fa-f]{2}){15})(?![A-Za-z0-9])",
    prefilter=r"[0-9A-Fa-f]{32}|[0-9A-Fa-f]{2}(?:[ :-][0-9A-Fa-f]{2}){15}",
    check=is_mixed,
    context=(r"licen[cs]e\b", r"activation\b", *_KEYS),
)
LICENCE_KEY: Final = Recogniser(
    kind="secret",
    pattern=r"(?<![A-Za-z0-9-])[A-Z0-9]{4,8}(?:-[A-Z0-9]{4,8}){3,7}(?![A-Za-z0-9-])",
    prefilter=r"[A-Z0-9]{4}(?:-[A-Z0-9]{4,8}){3}",
    check=is_mixed,
    context=("licence", "license", "activation", "serial", "produit", *_KEYS),
)
BARE_LICENCE_KEY: Final = Recogniser(
    kind="secret",
    pattern=r"(?<![A-Za-z0-9-])[A-Z0-9]{5}(?:-[A-Z0-9]{5}){3,4}(?![A-Za-z0-9-])",
    prefilter=r"[A-Z0-9]{5}(?:-[A-Z0-9]{5}){3}",
    check=is_mixed,
    decision=Decision.REVIEW,
)
