"""Ways to reach a person: telephone numbers, e-mail addresses."""

import re
from functools import cache
from itertools import pairwise
from typing import Final

import phonenumbers
import tldextract

from catalog.gates.recognisers.given_names import FOLDED_GIVEN_NAMES
from catalog.gates.recognisers.recogniser import ALONE, LOOSE_SEPARATOR, Decision, Recogniser, digits, folded

_GROUPS: Final = r"[ .\u00a0\u2009\u202f]"
_PAIRS: Final = rf"(?:{_GROUPS}\d{{2}}){{4}}|(?:-\d{{2}}){{4}}|(?:/\d{{2}}){{4}}|(?:_\d{{2}}){{4}}|\d{{8}}"
_FRENCH: Final = rf"0[1-9](?:{_PAIRS})|0[67](?:{_GROUPS}?\d){{8}}"
_GAP: Final = r"[ .\u00a0\u2009\u202f/_-]{0,2}"
_NEXT: Final = rf"{_GAP}(?:\(0\){_GAP})?\d"
_ABROAD: Final = rf"(?:\+|00)(?:33(?:{_NEXT}){{9}}|352{_GAP}6(?:{_NEXT}){{8}}|[1-9](?:{_NEXT}){{7,14}})"
"""The numbers of known length first: digits that follow one ("+33 6 12 34 56 78 12h") are none of its own."""

_IN_NO_CODE: Final = "".join(
    [rf"(?<!\d[a-zA-Z]{{{letters}}})" for letters in range(1, 9)]
    + [rf"(?<![0-9a-fA-F]{{4}}-[a-fA-F]{{{letters}}})" for letters in range(1, 5)]
)
"""Digits at the end of a code, a digest or a GUID are no number."""
_OF_SERVICES: Final = frozenset(
    {
        phonenumbers.PhoneNumberType.TOLL_FREE,
        phonenumbers.PhoneNumberType.PREMIUM_RATE,
        phonenumbers.PhoneNumberType.SHARED_COST,
        phonenumbers.PhoneNumberType.UAN,
        phonenumbers.PhoneNumberType.VOICEMAIL,
    }
)
_MOBILE: Final = frozenset(
    {
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.PAGER,
        phonenumbers.PhoneNumberType.PERSONAL_NUMBER,
    }
)

_FRENCH_MOBILE: Final = re.compile(r"0[67](?: ?\d){8}")
_FRENCH_LANDLINE: Final = re.compile(r"0[1-59](?: \d\d){4}")

_INSTITUTIONS: Final = frozenset(
    """association associations bibliotheque college commune creche ecole ehpad gemeinde gemeng kindergarten kita
    lycee mairie maison maternelle mediatheque rathaus schoul schule stadt""".split()  # noqa: SIM905 - words to be read
)
"""One of these makes an address an institution's, whoever keeps the mailbox ("ecole.jean-moulin@wanadoo.fr")."""
TELLING_ROLES: Final = _INSTITUTIONS | frozenset(
    """accueil contact contacts dpo info infos information informations noreply reply secretariat service
    services standard webmaster""".split()  # noqa: SIM905 - words to be read
)
"""One of these words makes an address a service's, whatever stands beside it ("mairie.saint-martin")."""

PRIVATE_MAIL: Final = frozenset(
    """aliceadsl.fr aol.com bbox.fr club-internet.fr free.fr gmail.com gmx.de gmx.fr gmx.net googlemail.com hotmail.be
    hotmail.com hotmail.fr icloud.com internet.lu laposte.net live.be live.com live.fr mac.com mailo.com me.com msn.com
    neuf.fr numericable.fr orange.fr outlook.be outlook.com outlook.fr pm.me pt.lu proton.me protonmail.com sfr.fr
    tutanota.com vo.lu wanadoo.fr web.de yahoo.com yahoo.fr ymail.com""".split()  # noqa: SIM905 - words to be read
)
"""Providers of private mailboxes."""

_FILE: Final = re.compile(r"(.\.[a-z]+)\.(?:csv|docx?|eml|heic|jpe?g|json|msg|od[st]|pdf|png|txt|xlsx?|xml)$")
"""The end of a file that an address names ("jeanne.roux@orange.fr.pdf")."""

ROLES: Final = frozenset(
    """accueil administration admin agence aide assainissement assistance astreinte bibliotheque bonjour boutique ccas
    client clients collecte com commercial communication conservatoire contact contacts covoiturage creche culture
    data dechet dechets dechetterie decheterie dechetteries direction donnees dpo eau eclairage ecole energie
    environnement etat civil exploitation facturation gestion habitat hello help hotline info information
    informations infos irve mairie maintenance mediatheque mobilite mobilites musee no noreply opendata open
    ouvertes peri periscolaire piscine presse prevention proprete public publics relation reply reservation
    reservations rgpd rh scolarite secretariat securite service services sig sport sports standard supervision
    support technique techniques tourisme transport transports travaux tri urbanisme usager usagers vie voirie
    webmaster""".split()  # noqa: SIM905 - words to be read
)
"""Words of addresses that belong to a service: an address made only of them is no person's."""


def is_mobile(text: str) -> bool:
    """Tell whether it is a mobile number: any that begins with 06 or 07 in France, a valid one abroad."""
    return _FRENCH_MOBILE.fullmatch(_national(text)) is not None or _kind(text) in _MOBILE


def is_oddly_grouped(text: str) -> bool:
    """Tell whether digits are grouped as those of one number: by one mark or two, not as a list by equal steps."""
    pairs = re.findall(r"\d+", text)
    steps = {int(other) - int(one) for one, other in pairwise(pairs)}
    return len(pairs[0]) == len("06") and len(steps) > 1 and ", " not in text


def is_landline(text: str) -> bool:
    """Tell whether it is a valid number that is neither a mobile's nor one of a service (free, shared or premium)."""
    if _FRENCH_LANDLINE.fullmatch(_national(text)):
        return True
    kind = _kind(text)
    return kind is not None and kind not in _MOBILE | _OF_SERVICES


def _national(text: str) -> str:
    """Return a number without its marks, a French prefix as 0; pairs stay parted by spaces."""
    bare = re.sub(r"[^\d+]+", " ", text.replace("(0)", "")).strip()
    return re.sub(r"^(?:\+|00) ?33 ?", "0", bare)


def _kind(text: str) -> int | None:
    plain = text.replace("(0)", "").replace("_", " ").strip()
    if plain.startswith("00"):
        plain = f"+{plain[2:]}"
    try:
        number = phonenumbers.parse(plain, "FR")
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.number_type(number) if phonenumbers.is_valid_number(number) else None


def is_luxembourg_number(text: str) -> bool:
    """Tell whether it is a valid Luxembourg number written without its prefix."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(digits(text), "LU"))
    except phonenumbers.NumberParseException:
        return False


def is_neighbours_mobile(text: str) -> bool:
    """Tell whether it is a valid mobile number of Germany or Belgium written without its prefix."""
    region = "DE" if digits(text).startswith("01") else "BE"
    try:
        number = phonenumbers.parse(digits(text), region)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) in _MOBILE


def is_personal_address(text: str) -> bool:
    """Tell whether an e-mail address under a public suffix points at one person.

    It does if it is kept at a provider of private mailboxes, or if a given name stands in it.
    """
    words, domain = _address_parts(text)
    named = domain in PRIVATE_MAIL or not FOLDED_GIVEN_NAMES.isdisjoint(words)
    return _is_real(domain) and named and not _is_of_a_service(words, domain)


def is_unknown_address(text: str) -> bool:
    """Tell whether an e-mail address is neither one of a service (contact@, mairie@…) nor plainly a person's."""
    words, domain = _address_parts(text)
    return _is_real(domain) and not _is_of_a_service(words, domain) and not is_personal_address(text)


def _address_parts(text: str) -> tuple[list[str], str]:
    local, _, domain = text.rpartition("@")
    return [word for word in re.split(r"[^a-z]+", folded(local)) if word], _FILE.sub(r"\1", domain.casefold())


def _is_of_a_service(words: list[str], domain: str) -> bool:
    if not words:
        return False
    telling = _INSTITUTIONS if domain in PRIVATE_MAIL else TELLING_ROLES
    return ROLES.issuperset(words) or not telling.isdisjoint(words)


def _is_real(domain: str) -> bool:
    return bool(_suffixes()(domain).suffix)


@cache
def _suffixes() -> tldextract.TLDExtract:
    """Return the list of public suffixes that the package ships: nothing is fetched, nothing is written."""
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


_LOOSE_NUMBER: Final = (
    rf"(?:^|[^0-9])(?:\+|00|0{LOOSE_SEPARATOR}?[1-9])"
    rf"(?:{LOOSE_SEPARATOR}{{0,2}}(?:\(0\){LOOSE_SEPARATOR}{{0,2}})?\d){{7}}"
)

_SPOKEN: Final = (
    "telephone", "telefon", r"tel\b", "phone", "gsm", "handy", "portable", "mobile", "appeler", "rappeler", "joindre",
    "joignable", "whatsapp", r"wa\.me\b", r"sms\b",
)  # fmt: skip
MOBILE: Final = Recogniser(
    kind="phone",
    pattern=rf"{ALONE}{_IN_NO_CODE}(?<!\+)(?:{_ABROAD}|{_FRENCH})(?!-?\d)",
    prefilter=_LOOSE_NUMBER,
    check=is_mobile,
)
MOBILE_WITHOUT_ZERO: Final = Recogniser(
    kind="phone",
    pattern=rf"{ALONE}(?<![\p{{L}}.])(?<!\+\d\d )(?<!\+\d\d\d )(?:33)?[67](?:{_GROUPS}?\d){{8}}(?![\p{{L}}\d])",
    prefilter=rf"[67](?:{LOOSE_SEPARATOR}?\d){{8}}",
    context=_SPOKEN,
)
_MARK: Final = r"[^\p{L}\d\n]"
ODD_MOBILE: Final = Recogniser(
    kind="phone",
    pattern=rf"{ALONE}(?<![\p{{L}}+])0[67](?:{_MARK}{{0,2}}\d){{8}}(?![\p{{L}}\d]|[.,:/-]\d)",
    prefilter=_LOOSE_NUMBER,
    check=is_oddly_grouped,
    decision=Decision.REVIEW,
)
"""With marks or groups of one's own: "06*12*34*56*78", "06 123 456 78"; no list by equal steps."""
NEIGHBOURS_MOBILE: Final = Recogniser(
    kind="phone",
    pattern=(
        rf"{ALONE}(?<![\p{{L}}+])(?:01[567]\d[/-]?(?:{_GROUPS}?\d){{7,9}}|04[5-9]\d(?:[ ./-]\d\d){{3}}"
        rf"|04[5-9]\d(?:[ ./-]\d{{3}}){{2}})(?![\p{{L}}\d])"
    ),
    prefilter=rf"0[14]\d\d{LOOSE_SEPARATOR}?(?:{LOOSE_SEPARATOR}?\d){{6}}",
    check=is_neighbours_mobile,
    context=(*_SPOKEN, r"mobil(?:nummer|telefon)?\b"),
)
"""A German or a Belgian mobile number without its prefix, longer or grouped otherwise than any French number."""
_NUMBERS: Final = (
    "telephone",
    "telefon",
    r"tel\d{0,2}\b",
    "phone",
    "fax",
    "telecopie",
    "contact",
    "renseignement",
    "reservation",
    "standard",
)
_SERVICE: Final = re.compile(
    r"\b(?:accueil|billetterie|bibliotheque|ccas|ecole|gemeng|gemeinde|info|infos|information|informations|mairie|"
    r"mediatheque|musee|numero vert|office d[eu] tourisme|permanence|piscine|pompiers|prefecture|renseignements?|"
    r"reservations?|secretariat|service|services|standard|theatre)"
    r"(?: (?:d[eu]s?|d') ?(?:l[ae]s? |l')?[\w-]+)?"
    r"(?:[^\w]+(?:au|a|aux|par|le|la|l|n|no|numero|tel|telephone|telefon|fax)(?!\w))*[^\w]*$"
)
"""A service that announces its number: "mairie de Thil, tél. ", "renseignements au "."""
LANDLINE: Final = Recogniser(
    kind="phone",
    pattern=rf"{ALONE}{_IN_NO_CODE}(?<!\+)(?:{_ABROAD}|{_FRENCH})(?!-?\d)",
    prefilter=_LOOSE_NUMBER,
    check=is_landline,
    public_in=_NUMBERS,
    announced_by=_SERVICE,
)
LUXEMBOURG_PHONE: Final = Recogniser(
    kind="phone",
    pattern=(
        rf"{ALONE}(?<![\p{{L}}+])(?:\d(?:{_GROUPS}?\d){{5,8}}|6\d\d(?:[-/]\d{{3}}){{2}}|6\d\d(?:[-/]\d\d){{3}})"
        r"(?![\p{L}\d]|[-/]\d)"
    ),
    prefilter=rf"\d(?:{LOOSE_SEPARATOR}?\d){{5}}",
    check=is_luxembourg_number,
    context=_SPOKEN,
    public_in=_NUMBERS,
    announced_by=_SERVICE,
)
_LOCAL: Final = r"[\w.!#$%&'*+/=?^`{|}~-]"
_ADDRESS: Final = (
    rf"(?:(?<!{_LOCAL})|(?<={_LOCAL}{{64}})){_LOCAL}{{1,64}}@[\p{{L}}\d-]{{1,63}}(?:\.[\p{{L}}\d-]{{1,63}}){{1,8}}"
)

PERSONAL_EMAIL: Final = Recogniser(kind="email", pattern=_ADDRESS, prefilter="@", check=is_personal_address)
UNKNOWN_EMAIL: Final = Recogniser(
    kind="email",
    pattern=_ADDRESS,
    prefilter="@",
    check=is_unknown_address,
    public_in=("contact", "courriel", "mail", "email", "emetteur", "sender", "expediteur"),
)
