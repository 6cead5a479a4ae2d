"""Problems as pages: what is, what it prevents, what one can do now."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.pages.site import Site
from api.parts import ErrorPage
from api.problem import Problem
from eclor.sentences import api, differences, guard, ogc, records

_TITLES: Final[Mapping[int, str]] = MappingProxyType(
    {
        400: "Cette demande n'est pas comprise",
        404: "Il n'y a rien à cette adresse",
        405: "Cette adresse ne se demande pas ainsi",
        406: "Ce format n'existe pas ici",
        410: "Ces données sont retirées",
        500: "Le serveur a échoué",
        503: "Réponse impossible pour le moment",
    }
)
_OTHER: Final = "Cette demande n'a pas de réponse"
_FACT: Final = re.compile(r"\{[a-z_]+\}")


def _general(sentence: str) -> str:
    """Return a sentence without the facts of a case."""
    return _FACT.sub("…", sentence.replace("{guess_fr}", ""))


ERRORS: Final = tuple(
    (code, sentence.status, _general(sentence.fr), _general(sentence.cure_fr))
    for room in (api, records, differences, ogc, guard)
    for code, sentence in room.SENTENCES.items()
)
"""The API's refusals for its documentation: code, status, sentence, cure."""


def error_page(site: Site) -> ErrorPage:
    """Return what makes the page of a problem; a problem of a dataset leads back to it."""

    def made(request: Request, problem: Problem) -> Response:
        title = _TITLES.get(problem.status, _OTHER)
        slug = request.path_params.get("slug") if problem.code != "api.no-dataset" else None
        shown = {"title": title, "problem": problem, "slug": slug}
        return site.page(request, "state.html", shown, status=problem.status)

    return made
