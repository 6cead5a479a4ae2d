"""Addresses of devices, which follow whoever carries or owns them: IP, MAC, EUI-64."""

from ipaddress import ip_address
from typing import Final

from catalog.gates.recognisers.recogniser import ALONE, Decision, Recogniser, digits, passes_luhn

_HEX: Final = "[0-9A-Fa-f]"
_FEWEST_GROUPS: Final = 3


def is_address(text: str) -> bool:
    """Tell whether it is an IP address that may be somebody's: not loopback, unspecified or reserved."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_unspecified or address.is_reserved or address.is_multicast)


def has_letter(text: str) -> bool:
    """Tell whether a row of pairs holds a letter: without one it is rather a date and a time."""
    return any(letter.isalpha() for letter in text)


def has_groups(text: str) -> bool:
    """Tell whether it is an IPv6 address with enough groups not to be a stray double colon."""
    return len([group for group in text.split(":") if group]) >= _FEWEST_GROUPS and is_address(text)


_DEVICES: Final = (
    "deveui", "dev eui", "devaddr", "joineui", "join eui", "appeui", "app eui", r"eui(?:64)?\b", "appareil", "capteur",
    "luminaire", "device", "gateway", "passerelle", "lora", "node", "noeud", "sensor", "sonde", "radio",
)  # fmt: skip
_RADIO: Final = (
    "mac", "bluetooth", r"ble\b", "wifi", "wi fi", "bssid", "ssid", "beacon", "ethernet", "probe",
    "smartphone", "adresse materielle", "hwaddr", "hw addr", "lladdr", r"arp\b", "dhcp", "vlan", "switch",
)  # fmt: skip
_VERSIONS: Final = (
    r"versions?\b",
    "firmware",
    "logiciel",
    "release",
    r"oid\b",
    "article",
    "rubrique",
    "nace",
    r"naf\b",
)

IPV4: Final = Recogniser(
    kind="ip",
    pattern=r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?!\.?\d)",
    prefilter=r"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]",
    check=is_address,
    public_in=_VERSIONS,
)
IPV6: Final = Recogniser(
    kind="ip",
    pattern=rf"(?<![:.\p{{L}}\d])(?:{_HEX}{{0,4}}:){{2,7}}{_HEX}{{0,4}}(?![:.\p{{L}}\d])",
    prefilter=r"[0-9A-Fa-f]*:[0-9A-Fa-f]*:",
    check=has_groups,
)
MAC: Final = Recogniser(
    kind="mac",
    pattern=rf"(?<![\p{{L}}\d:-]){_HEX}{{2}}(?:(?::{_HEX}{{2}}){{5}}|(?:-{_HEX}{{2}}){{5}})(?![\p{{L}}\d:-])",
    prefilter=r"[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}",
    check=has_letter,
)
BARE_MAC: Final = Recogniser(
    kind="mac",
    pattern=rf"(?<![\p{{L}}\d.-])(?:{_HEX}{{12}}|{_HEX}{{4}}\.{_HEX}{{4}}\.{_HEX}{{4}})(?![\p{{L}}\d.-])",
    prefilter=r"[0-9A-Fa-f]{12}|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}",
    check=has_letter,
    context=_RADIO,
)
EUI_PAIRS: Final = Recogniser(
    kind="eui",
    pattern=rf"(?<![\p{{L}}\d:-]){_HEX}{{2}}(?:(?::{_HEX}{{2}}){{7}}|(?:-{_HEX}{{2}}){{7}})(?![\p{{L}}\d:-])",
    prefilter=r"[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){7}",
    check=has_letter,
)
EUI: Final = Recogniser(
    kind="eui",
    pattern=rf"(?<![\p{{L}}\d]){_HEX}{{16}}(?![\p{{L}}\d])",
    prefilter=r"[0-9A-Fa-f]{16}",
    context=_DEVICES,
)
IMEI: Final = Recogniser(
    kind="eui",
    pattern=rf"{ALONE}\d(?:[ -]?\d){{14}}(?!\d)",
    prefilter=r"[0-9](?:[ -]?[0-9]){14}",
    check=lambda text: passes_luhn(digits(text)),
    context=("imei", "mobile", "modem", "portable", "smartphone", "tablette", r"tel\b", "telephone"),
)
UNPROVED_IMEI: Final = Recogniser(
    kind="eui",
    pattern=rf"{ALONE}\d(?:[ -]?\d){{14}}(?!\d)",
    prefilter=r"[0-9](?:[ -]?[0-9]){14}",
    context=(r"imei\b",),
    decision=Decision.REVIEW,
)
"""One that fails its check digit, where it is called so."""
