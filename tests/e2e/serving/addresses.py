"""Every address of the application, by its route: those of one dataset of two versions, and all the others."""

from api.ckan.actions import ACTIONS, LATER
from api.ckan.site import stable_id
from api.pages.site import read_manifest
from api.routes.dcat import ENDINGS
from api.routes.descriptors import CITATIONS, DESCRIPTORS
from api.routes.files import DATA, DESCRIPTIONS
from api.routes.register import FILES
from tests.serving import SERIES

VALIDATIONS = ("expectations.json", "validation.json")
OGC = f"/ogc/collections/{SERIES}"
CSV = stable_id(SERIES, "data.csv")
ABOUT = (f"id={SERIES}", f"id={stable_id(SERIES)}", f"id={CSV}", f"resource_id={CSV}", "q=QX7731", "query=name:data")
GONE = {
    "/api/v1/datasets/{slug}/records": [
        f"/api/v1/datasets/{SERIES}/records{query}" for query in ("", "?format=csv", "?format=ndjson", "?site=QX7731")
    ],
    "/dataset/{slug}/{name}": [f"/dataset/{SERIES}/{name}" for name in (*DATA, *DESCRIPTIONS)],
    "/dataset/{slug}/versions/{number}/{name}": [
        f"/dataset/{SERIES}/versions/{number}/{name}" for number in (1, 2) for name in (*DATA, *DESCRIPTIONS)
    ],
    "/dataset/{slug}/data.xlsx": [f"/dataset/{SERIES}/data.xlsx"],
    "/dataset/{slug}/versions/{number}/data.xlsx": [
        f"/dataset/{SERIES}/versions/{number}/data.xlsx" for number in (1, 2)
    ],
    "/dataset/{slug}/diff.{form}": [f"/dataset/{SERIES}/diff.{form}" for form in ("json", "csv")],
    "/dataset/{slug}/versions/{number}/diff.{form}": [
        f"/dataset/{SERIES}/versions/{asked}" for asked in ("1/diff.json", "2/diff.csv?from=1", "1/diff.json?from=2")
    ],
    "/dataset/{slug}/{descriptor}": [f"/dataset/{SERIES}/{name}" for name in DESCRIPTORS],
    "/dataset/{slug}/versions/{number}/{descriptor}": [
        f"/dataset/{SERIES}/versions/{number}/{name}" for number in (1, 2) for name in (*DESCRIPTORS, *CITATIONS)
    ],
    "/datastore/dump/{resource}": [
        f"/datastore/dump/{stable_id(SERIES, name)}?format={kind}" for name in DATA for kind in ("csv", "json")
    ],
    "/dataset/{package}/resource/{resource}/download/{name}": [
        f"/dataset/{stable_id(SERIES)}/resource/{stable_id(SERIES, name)}/download/x" for name in DATA
    ],
    "/api/v1/live/{slug}": [f"/api/v1/live/{SERIES}", f"/api/v1/live/{SERIES}?last_event_id=1"],
    "/dataset/{slug}": [f"/dataset/{SERIES}", f"/dataset/{SERIES}?site=QX7731"],
    "/dataset/{slug}.{ending}": [f"/dataset/{SERIES}.{ending}" for ending in ENDINGS],
    "/dataset/{described}": [f"/dataset/{SERIES}?f={ending}" for ending in ENDINGS],
    "/dataset/{slug}/versions/{number}": [f"/dataset/{SERIES}/versions/{number}" for number in (1, 2)],
    "/dataset/{slug}/charter/{name}": [f"/dataset/{SERIES}/charter/{name}" for name in FILES],
    "/dataset/{slug}/notice": [f"/dataset/{SERIES}/notice"],
    "/docs/{slug}": [f"/docs/{SERIES}", f"/docs/{SERIES}?langage=python"],
    "/ogc/collections/{name}": [OGC],
    "/ogc/collections/{name}/queryables": [f"{OGC}/queryables"],
    "/ogc/collections/{name}/items": [
        f"{OGC}/items{query}" for query in ("", "?site=QX7731", "?filter=passages%20%3E%201", "?cursor=2-1", "?f=html")
    ],
    "/ogc/collections/{name}/items/{identifier:path}": [f"{OGC}/items/{name}" for name in ("2-1", "1-1", "QX7731")],
    "/dataset/{slug}/versions/{number}/proof": [f"/dataset/{SERIES}/versions/{number}/proof" for number in (1, 2)],
    "/dataset/{slug}/versions/{number}/checks": [f"/dataset/{SERIES}/versions/{number}/checks" for number in (1, 2)],
    "/dataset/{slug}/quality.json": [f"/dataset/{SERIES}/quality.json"],
    **{f"/dataset/{{slug}}/{name}": [f"/dataset/{SERIES}/{name}"] for name in VALIDATIONS},
    **{
        f"/dataset/{{slug}}/versions/{{number}}/{name}": [f"/dataset/{SERIES}/versions/{n}/{name}" for n in (1, 2)]
        for name in VALIDATIONS
    },
}
"""Addresses of the dataset itself, by their route: 410, with the reason."""
LED = ("/dataset", "/dataset/", "/organization", "/organization/", "/group", "/group/")
"""Lists of a CKAN portal, which lead to our pages."""
_ASKED = [f"{name}?{about}" for name in (*ACTIONS, *LATER) for about in ABOUT]
OTHERS = {
    "/api/v1/datasets/{slug}": [f"/api/v1/datasets/{SERIES}"],
    "/api/v1/datasets": ["/api/v1/datasets", "/api/v1/datasets?state=withdrawn", "/api/v1/datasets?state=served"],
    "/api/v1/flows": ["/api/v1/flows", "/api/v1/flows?state=running"],
    "/api/3/action/{action}": [f"/api/3/action/{asked}" for asked in _ASKED],
    "/api/action/{action}": [f"/api/action/{asked}" for asked in _ASKED],
    "/{language}/api/3/action/{action}": [f"/fr/api/3/action/{asked}" for asked in _ASKED],
    "/api/2/util/dataset/autocomplete": [f"/api/2/util/dataset/autocomplete?incomplete={SERIES}"],
    "/api/2/util/tag/autocomplete": ["/api/2/util/tag/autocomplete?incomplete=a"],
    "/api/2/util/organization/autocomplete": ["/api/2/util/organization/autocomplete?q=a"],
    "/api/3": ["/api/3"],
    "/api": ["/api"],
    **{path: [f"{path}?q={SERIES}"] for path in LED},
    "/organization/{name}": ["/organization/territoire"],
    "/group/{name}": ["/group/dechets"],
    "/healthz": ["/healthz"],
    "/readyz": ["/readyz"],
    "/openapi.json": ["/openapi.json"],
    "/catalog": ["/catalog", "/catalog?page=2"],
    "/catalog.{ending}": [f"/catalog.{ending}" for ending in ENDINGS],
    "/withdrawals.atom": ["/withdrawals.atom"],
    "/feed.atom": ["/feed.atom"],
    "/dataset/{slug}/feed.atom": [f"/dataset/{SERIES}/feed.atom"],
    "/sitemap.xml": ["/sitemap.xml"],
    "/sitemap-{number}.xml": ["/sitemap-1.xml"],
    "/robots.txt": ["/robots.txt"],
    "/.well-known/csvm": ["/.well-known/csvm"],
    "/opensearch.xml": ["/opensearch.xml"],
    "/": ["/"],
    "/api/v1/search": ["/api/v1/search", f"/api/v1/search?q={SERIES}&state=withdrawn", "/api/v1/search?q=QX7731"],
    "/search": ["/search", f"/search?q={SERIES}", "/search?q=QX7731"],
    "/charter": ["/charter"],
    "/charter/journal": ["/charter/journal"],
    "/charter/journal/heads.jsonl": ["/charter/journal/heads.jsonl"],
    "/charter/registre": ["/charter/registre"],
    "/charter/registre.csv": ["/charter/registre.csv"],
    "/charter/registre.json": ["/charter/registre.json"],
    "/docs": ["/docs", "/docs?langage=r", "/docs?langage=none"],
    "/ogc": ["/ogc"],
    "/ogc/": ["/ogc/"],
    "/ogc/conformance": ["/ogc/conformance"],
    "/ogc/api": ["/ogc/api"],
    "/ogc/collections": ["/ogc/collections", "/ogc/collections/jeux_de_donnees/items?q=QX7731"],
    "/static/{name}": [f"/static/{read_manifest()['style.css']}"],
}
"""The others: they go on answering, without its rows."""
