"""Words that say what somebody is to somebody, or what ails them, where most cells of a column hold one: for RE2."""

from typing import Final

_KIN: Final = (
    r"(?:(?:grand|belle|beau)[- ])?(?:m[eè]re|p[eè]re|fille|fils|fr[eè]re|s(?:oe|œ)ur|papa|maman)|[eé]poux|[eé]pouse"
    r"|conjointe?|concubine?|cousine?|jumeaux|jumelles|neveu|ni[eè]ce|oncle|tante|veuf|veuve|mutter|vater|sohn"
    r"|tochter|schwester|bruder|witwer?|mamm|papp|jong|[0-9] ?enf(?:ants?)?|enf(?:ant)?\.? plac[eé]e?|curatelle|tutelle"
)
"""In the singular, as of one household, and who acts for somebody."""
_HEALTH: Final = (
    r"aesh|alzheimer|anapen|asthm\pL*|autis\pL*|cancer|chimio\pL*|c(?:oe|œ)liaque|d[eé]menc\pL*|d[eé]pressi\pL*"
    r"|diab[eè]t\pL*|diabetes|dys(?:lexi|phasi|praxi)\pL*|[eé]pilep\pL*|escarres?|femme enceinte|grossesse"
    r"|hospitalis\pL*|insuline|oxyg[eè]ne|parkinson|psy|psychiatr\pL*|schizophr\pL*|s[eé]ropositi\pL*|tdah|ventoline|clm|cld|cmo"
    r"|at (?:cheville|dos|[eé]paule|genou|main|pied|poignet)|mi-temps th[eé]rap\pL*"
)
"""An illness, what is taken against it, or a leave as the statute of officials names it (*CMO*, *CLM*, *CLD*)."""
OF_A_LIFE: Final = rf"(?is:(?:.*[^\pL])?(?:{_KIN}|{_HEALTH})(?:[^\pL].*)?)"
