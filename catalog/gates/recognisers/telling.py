"""Verbs and adverbs, folded, after which somebody may be named."""

from typing import Final

import regex

_INFINITIVE: Final = regex.compile(r"\p{L}{2,}(?:[^i\P{L}]er|ir|[dt]re)")
"""By its ending, without those of trades and trees: "mettre Karim devant"."""
_VERBS: Final = regex.compile(
    r"(?:accompagn|accus|adress|affirm|ajout|annon[cç]|appel|apprend|assist|assur|attend|avert|avou|compl[ei]t|conclu|"
    r"cherch|condamn|confi|conseill|constat|consult|contact|continu|convoqu|crain|cri|croi|declar|decri|defend|demand|deplor|"
    r"depos|desol|detaill|di[ts]|disai|ecri|emport|enchain|entend|estim|etonn|exclam|exclu|excus|heberg|expliqu|fai|felicit|gliss|implor|"
    r"indign|indiqu|inform|inqui|insist|insurg|interrog|invit|ironis|joind|joint|jur|lanc|martel|murmur|nomm|nuanc|"
    r"observ|parl|pest|plaid|plaign|plaisant|poursui|precis|prend|preven|previen|promet|propos|protest|questionn|"
    r"racont|ramen|rappel|recuper|reagi|recev|recoi|reconnai|regard|regrett|rejoui|relanc|remerci|remplac|rencher|rencontr|repet|repli|"
    r"repond|representent|repri|resum|revoi|revu|salu|sanglot|souffl|souligne|soupir|souri|souvien|suggere|suppli|"
    r"temoign|temper|trouv|voi|voya|vu)\p{L}*"
)
_ADVERBS: Final = regex.compile(
    r"\p{L}{3,}ment|ainsi|alors|aujourd|aussi|bonjour|bonsoir|cependant|cordialement|deja|demain|depuis|encore|enfin|"
    r"ensuite|hier|merci|parfois|pourtant|salut|souvent|toujours|toutefois"
)
"""What may stand before somebody's name whatever he does, and before few towns."""


def is_verb(plain: str) -> bool:
    """Tell whether it says that somebody speaks, meets, asks or is asked."""
    return _VERBS.fullmatch(plain) is not None


def is_adverb(plain: str) -> bool:
    """Tell whether it is an adverb or a greeting."""
    return _ADVERBS.fullmatch(plain) is not None


def is_infinitive(plain: str) -> bool:
    """Tell whether it ends as infinitives do."""
    return _INFINITIVE.fullmatch(plain) is not None
