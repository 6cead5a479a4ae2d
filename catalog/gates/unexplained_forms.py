"""Forms of what may be somebody's, whole cells but where a sentence is meant: for RE2, which has no look-around."""

from typing import Final

from catalog.gates.recognisers.traces import DATE, VOIE

_GAP: Final = "[ \u00a0\u202f]?"
HOUSE: Final = r"[0-9]{1,4} ?(?:bis|ter|quater|[a-dA-D])?"

NUMBER: Final = (
    rf"[0-9](?:{_GAP}[0-9]){{6,32}}|[0-9]{{1,6}}(?:[./-][0-9]{{2,6}}){{2,8}}"
    rf"|[0-9](?:[ .-]?[0-9]){{5,9}} ?[A-Z]{{1,2}}|[A-Z]{{1,2}}[ -]?[0-9]{{6,9}}"
    r"|[0-9]{2}[ .-]?[A-Za-z]{2}[ .-]?[0-9]{5}|[0-9]{2,4}[A-Z][0-9]{8,10}|[A-Z0-9]{8,12}"
    r"|[0-9X*]{4}(?:[ -]?[0-9X*]{4}){3}"
    r"|[A-Z]{2}[*-]?[A-Z0-9]{3}[*-]?C[*-]?[A-Z0-9]{8}(?:[*-]?[A-Z0-9])?|[0-9]{11,15}[A-Z]"
    r"|[0-9A-Z]{17}|[0-9A-Fa-f]{16}|[0-9A-Fa-f]{12}|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}"
    r"|[0-9A-Fa-f]{2}(?: [0-9A-Fa-f]{2}){4,9}"
    r"|[67](?:[ .-]?[0-9]{2}){4}|6[269]1(?:[ .-]?[0-9]{3}){2}|[0-9]{2}(?: [0-9]{2}){2}"
    r"|[A-Za-z]{2}[ ._/-]?[0-9]{3}[ ._/-]?[A-Za-z]{2}|[A-Z]{2}[ -]?[0-9]{4}|[0-9]{2,4}[ -]?[A-Z]{2,3}[ -]?[0-9]{2}"
    r"|[A-Z]{1,3}-[A-Z]{1,2} [1-9][0-9]{0,3}|[1-9]-[A-Z]{3}-[0-9]{3}|0[67](?:[ .*,/-]?[0-9]){8}"
)
"""As states, banks, networks, schools and makers number people and what follows them: seven digits or more, a paper's,
a pupil's, a device's, a telephone, a plate; a driver's contract to charge (eMAID, ISO 15118-1)."""
CODE: Final = r"[A-Za-z]{0,3}[ -]?[0-9]{5,9}[ -]?[A-Za-z]{0,2}"
"""Shorter ones."""
SHORT_CODE: Final = r"[A-Za-z]{1,3}[ -]?[0-9]{4}[ -]?[A-Za-z]{0,2}|[0-9]{4}[ -]?[A-Za-z]{1,2}"
"""With letters, where a column's own name says whose."""
WHOLE_DATE: Final = (
    r"(?:[0-9]{1,3} (?:ans|mois|jahre|joer|years)\b)?"
    rf"[^0-9]*(?:{DATE}|(?:19|20)[0-9]{{2}}[ _][0-9]{{2}}[ _][0-9]{{2}})"
    rf"(?:[^0-9]+[0-9]{{1,4}}[-/.][0-9]{{1,2}}[-/.][0-9]{{2,4}})?(?:[ T](?:00|2[23]):00(?::00(?:\.0+)?)?Z?)?[^0-9]*"
)
"""Midnight too, as software says it: of this country, told in universal time."""
SHORT_DATE: Final = r"[0-9]{6}"
"""Which is one if all numbers of its column can be days."""
_OF_A_NAME: Final = r"(?:\pL{2}|\pL['’. -]|[0-9]{1,2} ?\pL{2}).*"
STREET: Final = (
    rf"(?is)[^0-9]*{HOUSE},? +{VOIE}\.? +{_OF_A_NAME}|[^0-9]*{HOUSE},? +gr?an?de?['’ -]?rue.*"
    rf"|[^0-9]*{HOUSE},? +(?:op|um|am|beim|(?:an|bei|hanner|in|op) de[mnr]?|hanner) .*"
    r"|\pL[\pL.-]+(?:str(?:aße|asse|\.)|weg|gasse|platz|allee|ufer|ring|damm|graben) [0-9]{1,4}(?:[ ,a-z].*)?"
    r"|(?:b\.?p\.?|c\.?s\.?|bo[iî]te postale|postfach|p\.?o\.? box) ?(?:n°? ?)?[0-9]{1,6}(?:[ ,].*)?"
)
"""Without counted repeats of letters: RE2 would need a state for each, and read cells without its automaton."""
STREET_FIRST: Final = rf"(?is)(?:[^0-9]* )?{VOIE}\.? +\pL[^0-9]*,? (?:n[°o]? ?)?{HOUSE}(?:,.*)?"
COORDINATE: Final = r"-?[0-9]{1,2}[.,][0-9]{4,}"
_DEGREES: Final = r"[0-9]{1,3}[°º][0-9 .,'′’\"″”]+"
GEOHASH: Final = "[0-9b-hjkmnp-z]{6,12}"
METRES: Final = r"[0-9]{5,10}(?:[.,][0-9]+)?"
"""One axis of a national survey's projection, or degrees without their point."""
PAIR: Final = (
    rf"(?is)(?:point ?\( ?)?{COORDINATE}°? ?[,;/ ] ?-?[0-9]{{1,3}}[.,][0-9]{{4,}}°?(?: ?\))?"
    rf"|{_DEGREES}[NS][ ,;/]*{_DEGREES}[EOW]|[NS] ?{_DEGREES}[ ,;/]*[EOW] ?{_DEGREES}"
    rf"|(?:https?://|geo:).*{COORDINATE}(?:,|;|%2c| )-?[0-9]{{1,3}}[.,][0-9]{{4,}}(?:[^0-9].*)?"
    rf"|[xe]?[ =:]*[0-9]{{6,7}}(?:[.,][0-9]+)?[ ,;/]+[yn]?[ =:]*[0-9]{{7}}(?:[.,][0-9]+)?"
)
LONG_NUMBER: Final = (
    r"(?s)(?:.*[^\pL0-9.,/+_-])?(?:[0-9](?: ?[0-9]){6,21}|[0-9]{2} ?[A-Z]{2} ?[0-9]{5}|[0-9]{9,10}[A-Z]{1,2}"
    r"|[0-9A-Fa-f]{16})(?:[^\pL0-9].*)?"
)
SOME_STREET: Final = (
    r"(?is)(?:.*[^0-9.,/-])?[0-9]{1,4} ?(?:bis|ter|quater|[a-d])?,? +(?:de (?:la |l['’])?)?"
    rf"{VOIE}\.? +\pL{{2}}.*"
)
PLATE: Final = r"(?s)(?:.*[^\pL0-9_-])?[A-Za-z]{2}[._/]?[0-9]{3}[._/]?[A-Za-z]{2}(?:[^\pL0-9_-].*)?"
SOME_DATE: Final = rf"(?s)(?:.*[^0-9/.-])?{DATE}(?:[^0-9/-].*)?"
"""Within a sentence; one is enough."""
