"""Forms of what may be somebody's, whole cells but where a sentence is meant: for RE2, which has no look-around."""

import re
from typing import Final

from catalog.gates.recognisers.traces import DATE, MONTH, VOIE

_GAP: Final = "[ '\u00a0\u2009\u202f]?"
_AROUND: Final = " \t\r\n\f\v\u00a0\u2009\u202f'\"’`´=#()[]{}«»<>;,|:"
"""What exports, spreadsheets and hands leave around what they mean."""
_EDGE: Final = rf"[{re.escape(_AROUND)}]*"
_NUMBERED: Final = r"(?i:n[°ºor]\.? ?)?"
_BEFORE: Final = re.compile(rf"\A{_EDGE}{_NUMBERED}{_EDGE}")
_SPACE: Final = "[ \u00a0]"
HOUSE: Final = rf"[0-9]{{1,4}}(?: ?[/-] ?[0-9]{{1,4}})?{_SPACE}?(?:bis|ter|quater|[a-dA-D])?"
"""Or two, of a corner."""
_KIND: Final = (
    rf"(?:{VOIE}|lieu-?dit|hameau|ferme|c(?:ô|o)te|(?:vieux|ancien) chemin"
    r"|(?:grande|petite|haute|basse|vieille) rue|domaine"
    r"|traverse|parc|rond-point|cour|sentier|ruelle|faubourg|via|rua|travessa"
    r"|[\pL-]+(?:strooss|gaass|wee|bierg|straat|laan))"
)

_HEX: Final = "[0-9A-Fa-f]"
NUMBER: Final = (
    rf"[0-9](?:{_GAP}[0-9]){{6,32}}(?:[.,]0)?|[0-9]{{1,6}}(?:[./-][0-9]{{2,6}}){{2,8}}"
    r"|[0-9]{1,6}(?:[,_][0-9]{2,6}){3,8}|[0-9]{1,4}[/_-][0-9]{6,8}|[0-9]{3,6}[./-][0-9]{3,6}[./-][0-9]"
    r"|[0-9]{7,16}(?: ?[/;,+|&] ?[0-9]{7,16}){1,3}|[0-9](?: ?[0-9]){6,15}[A-Z]? ?[/;|] ?[0-9](?: ?[0-9]){6,15}[A-Z]?"
    r"|[0-9](?:[ .-]?[0-9]){5,9}[ .-]?[A-Z]{1,2}|[0-9]{6,9}-?[A-Za-z]|[0-9]{9,10}[A-Za-z]{2}"
    r"|[A-Za-z]{1,2}[ .-]?[0-9]{6,9}[A-Z]{0,2}|[A-Z]{2,4}[ ._/-]?[0-9]{7,10}(?:[ ./-][0-9A-Z]{1,4})?"
    r"|[A-Z]{2}[ -]?[0-9](?:[ -]?[0-9]){14,32}"
    r"|[0-9]{2}[ .-]?[A-Za-z]{2}[ .-]?[0-9]{5}|[0-9]{2,4}[A-Z][0-9]{8,10}|[A-Z0-9]{8,12}"
    r"|[A-Za-z]?[0-9][A-Za-z0-9]{6,10}|[A-Za-z]{2,4}[0-9][A-Za-z0-9]{5,9}|[A-Za-z]{5,8}[0-9][A-Za-z0-9]{2,6}"
    r"|[A-Z0-9]{3}(?:[ -][A-Z0-9]{3}){2}|[0-9][.,][0-9]{8,14}E[+]?1[1-5]|[0-9]{11,16}[ /_-]\pL{1,3}"
    r"|[0-9Xx*•](?:[ -]?[0-9Xx*•]){11,19}|(?:\pL{2,10}[ :])?[0-9]{0,6}[Xx*•]{4,12}[ -]?[0-9]{2,4}"
    r"|[A-Z]{2}[*-]?[A-Z0-9]{3}[*-]?C[*-]?[A-Z0-9]{8}(?:[*-]?[A-Z0-9])?|[0-9]{11,15}[A-Z]"
    r"|[0-9A-Z]{17}|(?i:0x|[a-z]{3}-)?[0-9A-Fa-f]{16}h?|[0-9A-Fa-f]{12}h?|[0-9A-Fa-f]{14}"
    rf"|{'|'.join(f'{_HEX}{{2}}(?:{mark}{_HEX}{{2}}){{4,9}}' for mark in (' ', '[.]', '_', '-'))}"
    rf"|{_HEX}{{2}}(?::{_HEX}{{2}}){{5,9}}|{_HEX}{{4}}(?:[ .:-]{_HEX}{{4}}){{2,4}}"
    rf"|{_HEX}{{6}}[:-](?:{_HEX}{{4}}[:-])?{_HEX}{{6}}"
    r"|[67](?:[ .-]?[0-9]{2}){4}|6[269]1(?:[ .-]?[0-9]{3}){2}|[0-9]{2}(?: [0-9]{2}){2}"
    r"|[A-Za-z]{2}[ ._/-]?[0-9]{3}[ ._/-]?[A-Za-z]{2}|[A-Z]{2}[ -]?[0-9]{4}|[0-9]{2,4}[ -]?[A-Z]{2,3}[ -]?[0-9]{2}"
    r"|[A-Z]{1,3}-[A-Z]{1,2} [1-9][0-9]{0,3}|[1-9]-[A-Z]{3}-[0-9]{3}|0[67](?:[ .*,/-]?[0-9]){8}"
)
"""As states, banks, networks, schools and makers number people and what follows them: seven digits or more, a paper's,
a pupil's, a device's, a telephone, a plate; a driver's contract to charge (eMAID, ISO 15118-1)."""
GROUPED: Final = (
    "[0-9]{2}(?:[ .'’-]?[0-9]{3}){4}|[0-9]{2}(?:[ .-][0-9]{4}){3}|[0-9]{4}(?:[ .-][0-9]{4}){2}[ .-][0-9]{2}"
)
"""A delivery point, as hands part its digits."""
_LONG: Final = rf"(?:[0-9]{{13,14}}|{GROUPED}|8?[18][0-9]{{10}}|[0-9A-Fa-f]{{16}}|[0-9]{{7}}[A-Z])"
WITH_A_NUMBER: Final = (
    rf"(?:[^ ]* )?(?:[^ ]*[^ 0-9A-Za-z.,])?{_LONG}(?:[^ 0-9A-Za-z][^ ]*)?"
    r"(?: [^ ]*| [^\pL ]* [0-9][^ ]*| [^ ] [^ ])?"
    r"|(?:[^ ]* )?[^ ]*\pL[0-9]{13,14}(?:[^ 0-9][^ ]*)?(?: [^ ]*)?|[0-9]{13,14}\pL[^ ]*"
)
"""Whatever else a cell holds that is no sentence: a link, a label, a member of JSON."""
WITH_DIGITS: Final = r"(?:[^ ]* )?[^ ]*[0-9]{6}[^ ]*(?: [^ ]+)?"
"""Whatever else stands around, in three words at most."""
CODE: Final = r"[A-Za-z]{0,3}[ -]?[0-9]{5,9}[ -]?[A-Za-z]{0,2}"
"""Shorter ones."""
SHORT_CODE: Final = r"[A-Za-z]{1,3}[ -]?[0-9]{4}[ -]?[A-Za-z]{0,2}|[0-9]{4}[ -]?[A-Za-z]{1,2}"
"""With letters, where a column's own name says whose."""
_MIDNIGHT: Final = (
    r"(?:[ T](?:(?:0?0|2[23]):00(?::00(?:[.,]0+)?)?|12:00(?::00)? ?AM)(?:Z| ?UTC| ?[+-][0-9]{2}:?(?:00)?)?)?"
)
"""Of this country, as software says it, told in universal time too."""
_OTHER_DATE: Final = (
    r"(?:19|20)[0-9]{2}[ _\\,:|](?:0?[1-9]|1[0-2])[ _\\,:|][0-9]{1,2}"
    r"|[0-9]{1,2}[_\\,|](?:0?[1-9]|1[0-2])[_\\,|](?:19|20)?[0-9]{2}"
    r"|[0-9]{1,2}[-/. ](?:V?I{1,3}|I?[VX]|XI{1,2})[-/. ](?:19|20)?[0-9]{2}"
    r"|(?:0?[1-9]|1[0-2])[-/](?:0?[1-9]|[12][0-9]|3[01])[-/](?:19|20)[0-9]{2}"
)
"""With marks that only whole cells are asked for, in Roman figures, or the month first."""
OLD_DAY: Final = (
    r"[0-9]{1,2}(?i:jan|feb|fev|mar|apr|avr|may|mai|jun|jui|jul|aug|aou|sep|oct|okt|nov|dec|dez)\pL?(?:19|20)[0-9]{2}"
    r"|(?:19|20)[0-9]{6}T[0-9]{4,6}Z?|(?:19|20)[0-9]{2}-[0-3][0-9]{2}|(?:19|20)[0-9]{2}-?W[0-5][0-9](?:-?[1-7])?"
    r"|[0-9]{1,2}(?:st|nd|rd|th|º)? (?:of |de )?(?:\pL{3,9}),? (?:of |de )?(?:19|20)[0-9]{2}"
    r"|[^0-9]*(?:0?[1-9]|[12][0-9]|3[01])[^0-9]+(?:0?[1-9]|1[0-2])[^0-9]+(?:19|20)[0-9]{2}[^0-9]*"
    r"|[^0-9]*(?:19|20)[0-9]{2}[^0-9]+(?:0?[1-9]|1[0-2])[^0-9]+(?:0?[1-9]|[12][0-9]|3[01])[^0-9]*"
    rf"|{DATE}[ T][0-9]{{1,2}}[:h][0-9]{{2}}.*|[^ ]+[^0-9 ]{DATE}"
)
"""With an hour, by the day or the week of a year, in members, behind a number: of old, whatever a column is called."""
MOMENT: Final = r"(?:/Date\()?-?[0-9]{6,13}(?:[+-][0-9]{4})?(?:\)/)?"
"""Seconds or milliseconds from 1970 on, or before."""
FOUR_DIGITS: Final = "[0-9]{4}"
INITIALS: Final = (
    r"[A-Z]{2}[a-z]|[A-Z]{2,3}(?: ?[/+,&-] ?[A-Z]{2,3})?|[A-Z]\.[ -]?[A-Z]\.?(?:[ -]?[A-Z]\.?)?|[a-z]{3}"
    r"|(?:\pL\. ?){2,3}"
)
WHOLE_DATE: Final = (
    r"(?:[0-9]{1,3} (?:ans|mois|jahre|joer|years)\b)?"
    rf"[^0-9]*(?:{DATE}|{_OTHER_DATE})"
    rf"(?:[^0-9]+[0-9]{{1,4}}[-/.][0-9]{{1,2}}[-/.][0-9]{{2,4}})?{_MIDNIGHT}"
    r"[^0-9]*(?:[0-9]{1,3} (?:ans|mois|jahre|joer|years)[^0-9]*)?"
)
MONTH_OF_A_YEAR: Final = (
    r"(?:0?[1-9]|1[0-2])[-/. ](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}[-/. ](?:0[1-9]|1[0-2])"
    rf"|(?:{MONTH})\pL{{0,7}}\.?[ -]?(?:19|20)?[0-9]{{2}}"
)
SERIAL: Final = r"[1-4][0-9]{4}(?:[.,]0+)?"
"""A day as spreadsheets count it from 1900."""
SHORT_DATE: Final = r"[0-9]{6}"
"""Which is one if all numbers of its column can be days."""
_OF_A_NAME: Final = r"(?:\pL{2}|\pL['’. -]|[0-9]{1,2} ?\pL{2}).*"
STREET: Final = (
    rf"(?is:[^0-9]*{HOUSE}[,;]?{_SPACE}*{_KIND}\.?{_SPACE}+{_OF_A_NAME}|[^0-9]*{HOUSE},? +gr?an?de?['’ -]?rue.*"
    rf"|[^0-9]*{HOUSE},? +(?:op|um|am|beim|(?:an|bei|hanner|in|op) de[mnr]?|hanner) .*"
    r"|[^0-9]*[0-9]{1,4},? +[\pL-]+(?:strooss|gaass|wee|plaz|bierg)(?:[ ,].*)?"
    rf"|[^0-9]*[0-9]{{1,4}}[, ]*[\"|;][^0-9\pL]*(?:\pL+[^0-9\pL]+)?{VOIE}[ |;]+\pL[^0-9]*"
    rf"|{HOUSE},? +(?:le |la |les |au )?(?:(?:haut|bas|grand|petit|vieux)[ -])?(?:bourg|village)(?:[ ,].*)?"
    r"|[^0-9]*(?:r[ée]s(?:idence)?|b[âa]t(?:iment)?|tour|immeuble)\.? .*"
    r"(?:app?t|appartement|porte|pte|logt?|lgt)\.? ?(?:n°)?[0-9]+"
    r"|(?:am|im|beim|auf|zum|zur|in|an) (?:de[mnr] )?\pL[\pL-]+ [0-9]{1,3} ?[a-d]?(?:,.*)?"
    r"|[0-9]{1,4},? +\pL[\pL' ]* (?:street|st|road|rd|lane|avenue|drive|close)\.?(?:[ ,].*)?"
    r"|\pL[\pL.-]+(?:str(?:aße|asse|\.|aat)|weg|gasse|platz|allee|ufer|ring|damm|graben|plein|laan)"
    r" [0-9]{1,4}(?:[ ,a-z].*)?"
    r"|(?:b\.?p\.?|c\.?s\.?|bo[iî]te postale|postfach|p\.?o\.? box) ?(?:n°? ?)?[0-9]{1,6}(?:[ ,].*)?"
    r"|[^0-9]*(?:lieu-?dit|hameau|ferme) .*(?:maison|habitant|n° ?[0-9]|chez).*"
    r"|[^0-9]*(?:entr[ée]e|[ée]tage|[ée]t\.|porte|app(?:t|artement)?\.?|apt\.?|logement) ?(?:n°? ?)?[0-9]{1,4}[^0-9]*"
    r"(?:[0-9]{1,3}[^0-9]+)?(?:[ée]tage|[ée]t\.|porte|r[ée]s\.?|r[ée]sidence) ?[^0-9]*[0-9]{0,4})"
)
"""Without counted repeats of letters: RE2 would need a state for each, and read cells without its automaton."""
STREET_FIRST: Final = (
    rf"(?is:(?:[^0-9]*[ ,-])?{_KIND}\.? +\pL[^0-9]*[ ,(](?:n[°o]? ?)?{HOUSE}\)?(?:,.*| à .*| [0-9]+º.*)?"
    rf"|\pL[^0-9]*, ?(?:n° ?)?{HOUSE} ?[–—,-] ?(?:[0-9]{{5}} )?\pL{{3}}[^0-9]*)"
)
HOUSE_OF_A_NAME: Final = (
    r"(?:n° ?)?[0-9]{1,3}(?i: ?bis| ?ter|[a-d])?,? +(?i:(?:la|les?|des?|du) |[ld]['’])*\p{Lu}[\pL'’.-]{2}[^0-9]*"
    r"|\p{Lu}[\pL'’.-]{2}[^0-9]*[ ,(]+(?:n[°o]? ?)?[0-9]{1,3}(?: ?[a-d]| ?bis| ?ter)?\)?(?:, .*)?"
)
"""A street or a place without the word for its kind: only what varies is one."""
PLACE_AND_TOWN: Final = rf"[^0-9]*\pL{{2}}[^0-9]*[,-]{_SPACE}*(?:[FL]-{_SPACE}?)?[0-9]{{4,5}}{_SPACE}+\pL{{2}}[^0-9]*"
"""A hamlet, a postcode and a town: somebody's where the column says so."""
HOME_AND_TOWN: Final = (
    r"(?is:(?:.*[^\pL])?(?:hab(?:itation)?|maison|r[ée]sid\pL*|prop(?:ri[ée]taire)?|domicil\pL*|demeur\pL*|chez|wunnt|wohnt)"
    rf"[^\pL].*\pL{{2}}[^0-9]*[,-]{_SPACE}*(?:[FL]-{_SPACE}?)?[0-9]{{4,5}}{_SPACE}+\pL{{2}}[^0-9]*)"
)
"""The same in words that say so."""
COORDINATE: Final = r"-?[0-9]{1,2}[.,][0-9]{4,}"
_DEGREES: Final = r"[0-9]{1,3} ?[°ºd][0-9 .,'′’\"″”ms]+"
_SEXAGESIMAL: Final = r"[0-9]{1,2} [0-9]{1,2} [0-9]{2}[.,][0-9]+"
_SIDE: Final = "[NSEWO]"
DEGREES: Final = (
    rf"{_SIDE}?[: ]*[0-9]{{1,3}} ?[°ºd] ?[0-9]{{1,2}}(?:[.,][0-9]+)? ?['′’m][0-9 .,'′’\"″”s]*{_SIDE}?|{_SEXAGESIMAL}"
)
"""An angle by its minutes, of one axis."""
GEOHASH: Final = "(?i:[0-9b-hjkmnp-z]{6,12})"
METRES: Final = r"[0-9]{5,10}(?:[.,][0-9]+)?"
"""One axis of a national survey's projection, or degrees without their point."""
_PRECISE: Final = r"[0-9]{1,3}[.,][0-9]{4,}"
_WHOLE: Final = r"[0-9]{5,7}(?:[.,][0-9]+)?"
_MINUTES: Final = r"[0-9]{1,3} [0-9]{1,2}[.,][0-9]{2,} ?"
_AXIS: Final = r"[xyenXYEN]?[ =:]*"
PAIR: Final = (
    rf"[^0-9]*(?:4326[^0-9]+)?{_PRECISE}[^0-9]+{_PRECISE}(?:[^0-9]+[0-9]{{1,4}}(?:[.,][0-9]{{1,3}})?)?[^0-9]*"
    rf"|-?{_PRECISE}(?:[,; ]+-?{_PRECISE}){{3}}|{_MINUTES}{_SIDE}[ ,;/]+{_SIDE}?{_MINUTES}{_SIDE}?"
    rf"|(?:POINT ?Z? ?\(|\pL{{2,10}}[ :]*){_WHOLE}[ ,;/|]+{_WHOLE}\)?"
    rf"|(?i:(?:luref|lambert|l93|rgf93)[^0-9]*){_WHOLE}[^0-9]+{_WHOLE}"
    r"|[0-9]{3} [0-9]{3} ?[,;/|] ?6 [0-9]{3} [0-9]{3}"
    r"|[0-9]{4,5}[.][0-9]{2,},?[NS],?0?[0-9]{4,5}[.][0-9]{2,},?[EWO]|8[0-9a-f]{9,12}f{3,5}"
    r"|[A-R]{2}[0-9]{2}[a-xA-X]{2}(?:[0-9]{2}[a-xA-X]{0,2})?|https?://[^ ]*geohash[^ ]*/[0-9b-hjkmnp-z]{6,12}"
    rf"|[^0-9]*{_DEGREES}{_SIDE}?[ ,;/|-]*{_SIDE}?[ :]*{_DEGREES}{_SIDE}?(?: [^0-9]*)?"
    rf"|{_SIDE}?[ :]*{_SEXAGESIMAL}[^0-9]+{_SEXAGESIMAL}[^0-9]*"
    rf"|(?is:(?:https?://|geo:).*{COORDINATE}(?:,|;|%2c| |&[a-z]+=|/)-?[0-9]{{1,3}}[.,][0-9]{{4,}}(?:[^0-9].*)?)"
    rf"|{_AXIS}[0-9]{{6,7}}(?:[.,][0-9]+)?[ ,;/|]+{_AXIS}[0-9]{{7}}(?:[.,][0-9]+)?"
    rf"|[0-9]{{1,2}} ?[C-X] {_AXIS}[0-9]{{6}}[ ,;/]+{_AXIS}[0-9]{{7}}"
    r"|[0-9]{1,2}[C-X] ?[A-Z]{2} ?[0-9]{4,5} ?[0-9]{4,5}"
    r"|(?i:[2-9CFGHJMPQRVWX]{4,8}\+[2-9CFGHJMPQRVWX]{2,3})(?:[ ,].*)?|01010000[0-9A-Fa-f]{34,58}"
    r"|///\pL+\.\pL+\.\pL+"
)
"""Both axes: by degrees, in a link, in metres or on a military grid, as a code of an area, in three words."""
METRES_PAIR: Final = rf"{_WHOLE}[ ,;/|]+{_WHOLE}"
THREE_WORDS: Final = r"\pL{4,}\.\pL{4,}\.\pL{4,}"
LONG_NUMBER: Final = (
    r"(?s)(?:.*[^\pL0-9.,/+_-])?(?:[0-9](?: ?[0-9]){6,21}|[0-9]{2} ?[A-Z]{2} ?[0-9]{5}|[0-9]{9,10}[A-Z]{1,2}"
    r"|[0-9]{7}[A-Z]|[0-9A-Fa-f]{16})(?:[^\pL0-9].*)?"
)
SOME_STREET: Final = (
    r"(?is)(?:.*[^0-9.,/-])?[0-9]{1,4} ?(?:bis|ter|quater|[a-d])?,? +(?:de (?:la |l['’])?)?"
    rf"{VOIE}\.? +\pL{{2}}.*"
)
PLATE: Final = r"(?s)(?:.*[^\pL0-9_-])?[A-Za-z]{2}[._/]?[0-9]{3}[._/]?[A-Za-z]{2}(?:[^\pL0-9_-].*)?"
SOME_DATE: Final = rf"(?s)(?:.*[^0-9/.-])?{DATE}(?:[^0-9/-].*)?"
"""Within a sentence; one is enough."""


def whole_cell(form: str) -> str:
    """Return a form as a cell holds it, whatever stands around: quotes, brackets, spaces that no trim takes, *n°*."""
    return rf"{_EDGE}{_NUMBERED}{_EDGE}(?:{form}){_EDGE}"


def bare(text: str) -> str:
    """Return a text without what `whole_cell` lets stand around."""
    return _BEFORE.sub("", text).rstrip(_AROUND)
