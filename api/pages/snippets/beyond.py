"""Examples with the clients that one already has: events, OGC API, CKAN."""

from collections.abc import Iterable

from api.pages.snippets.example import Example
from api.pages.snippets.snippet import Language, Snippet, double, shell, sql


def live(of: Example) -> Iterable[Snippet]:
    """Follow a live dataset: the state of now, then each new one."""
    if not of.live:
        return
    address = f"{of.origin}/api/v1/live/{of.live}"
    yield Snippet(Language.CURL, f"curl -sS {shell(address)} -N")
    yield Snippet(
        Language.PYTHON,
        "import json\n\nimport httpx\n\n"
        f'with httpx.stream("GET", {double(address)}, timeout=None) as flux:\n'
        "    for ligne in flux.iter_lines():\n"
        '        if ligne.startswith("data: {"):\n'
        "            etat = json.loads(ligne[6:])\n"
        '            print(etat["version"], etat["records"][:1])\n'
        "            break  # retirez cette ligne pour continuer à suivre",
    )
    yield Snippet(
        Language.JAVASCRIPT,
        f"const flux = new EventSource({double(address)});\n"
        'flux.addEventListener("version", (evenement) => {\n'
        "  const etat = JSON.parse(evenement.data);\n  console.log(etat.version, etat.records);\n});",
    )


def places(of: Example) -> Iterable[Snippet]:
    """Ask for features by OGC API, for maps."""
    if not of.placed:
        return
    collection = f"{of.origin}/ogc/collections/{of.slug}"
    bounded = f" \\\n  -d {shell('bbox=' + of.box)}" if of.box else ""
    asked = f"{collection}/items?" + (f"bbox={of.box}&" if of.box else "") + "limit=2"
    yield Snippet(
        Language.CURL,
        f"curl -sS -G {shell(collection + '/items')}{bounded} \\\n  -d limit=2\n\n"
        "# un filtre CQL2\n"
        f"curl -sS -G {shell(collection + '/items')} -d limit=2 \\\n"
        f"  --data-urlencode {shell(f'filter={of.column} = {sql(of.value)}')}",
    )
    yield Snippet(
        Language.PYTHON,
        f"import httpx\n\nobjets = httpx.get({double(asked)}).raise_for_status().json()\n"
        'print(objets["numberMatched"])\nfor objet in objets["features"]:\n    print(objet["geometry"]["type"])',
    )
    yield Snippet(
        Language.JAVASCRIPT,
        f"const objets = await (await fetch({double(asked)})).json();\n"
        "console.log(objets.numberMatched, objets.features);",
    )
    yield Snippet(
        Language.R,
        f"library(sf)\n\nobjets <- st_read({double(f'{of.dataset}/data.geojson')})\nplot(st_geometry(objets))",
        'install.packages("sf")',
    )


def ckan(of: Example) -> Iterable[Snippet]:
    """Ask as a CKAN client does."""
    action = f"{of.origin}/api/3/action"
    yield Snippet(
        Language.CURL,
        f"curl -sS {shell(f'{action}/package_show?id={of.slug}')}\n"
        f"curl -sS {shell(f'{action}/datastore_search?resource_id={of.resource}&limit=3')}",
    )
    yield Snippet(
        Language.PYTHON,
        f"from ckanapi import RemoteCKAN\n\nwith RemoteCKAN({double(of.origin)}) as ckan:\n"
        f"    trouve = ckan.action.datastore_search(\n        resource_id={double(of.resource)},\n"
        f"        filters={{{double(of.column)}: {double(of.value)}}},\n        limit=3,\n    )\n"
        'print(trouve["total"], trouve["records"][:1])',
        "pip install ckanapi",
    )
    yield Snippet(
        Language.JAVASCRIPT,
        f"const reponse = await fetch({double(f'{action}/datastore_search')}, {{\n"
        '  method: "POST",\n  headers: { "Content-Type": "application/json" },\n'
        f"  body: JSON.stringify({{ resource_id: {double(of.resource)}, limit: 3 }}),\n}});\n"
        "const { result } = await reponse.json();\nconsole.table(result.records);",
    )
    yield Snippet(
        Language.R,
        f"library(ckanr)\n\nckanr_setup(url = {double(of.origin)})\n"
        f"ds_search(resource_id = {double(of.resource)}, limit = 3)$records",
        'install.packages("ckanr")',
    )
