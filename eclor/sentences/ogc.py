"""Sentences of: the OGC API (features, records, filters)."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "ogc.unknown-parameter": Sentence(
        fr="Le paramètre « {parameter} » n'existe pas à cette adresse.",
        en="The parameter “{parameter}” does not exist at this address.",
        cure_fr="Paramètres : {parameters}.",
        cure_en="Parameters: {parameters}.",
        status=400,
    ),
    "ogc.unknown-property": Sentence(
        fr="La propriété « {property} » ne se filtre pas ici : elle n'existe pas.",
        en="The property “{property}” cannot be filtered here: it does not exist.",
        cure_fr="Propriétés : {properties}.",
        cure_en="Properties: {properties}.",
        status=400,
    ),
    "ogc.bad-filter": Sentence(
        fr="Le filtre n'est pas du CQL2 (près du caractère {character}).",
        en="The filter is not CQL2 (near character {character}).",
        cure_fr="Vérifiez les parenthèses et les apostrophes, et « filter-lang » : cql2-text ou cql2-json.",
        cure_en="Check parentheses and quotes, and “filter-lang”: cql2-text or cql2-json.",
        status=400,
    ),
    "ogc.filter-too-large": Sentence(
        fr="Le filtre est trop long ou trop imbriqué.",
        en="The filter is too long or nested too deeply.",
        cure_fr="Au plus {length} caractères, {depth} niveaux et {nodes} termes.",
        cure_en="At most {length} characters, {depth} levels and {nodes} terms.",
        status=400,
    ),
    "ogc.bad-operands": Sentence(
        fr="« {operation} » ne s'applique pas à ces termes : leurs types ne vont pas ensemble.",
        en="“{operation}” does not apply to these terms: their types do not go together.",
        cure_fr="Les types sont dans « queryables ». Une date s'écrit DATE('2026-01-31').",
        cure_en="The types are in “queryables”. A date is written DATE('2026-01-31').",
        status=400,
    ),
    "ogc.not-supported": Sentence(
        fr="« {operation} » n'est pas offert ici.",
        en="“{operation}” is not offered here.",
        cure_fr="« /ogc/conformance » donne les classes de conformité qui tiennent.",
        cure_en="“/ogc/conformance” gives the conformance classes that hold.",
        status=400,
    ),
    "ogc.bad-geometry": Sentence(
        fr="Une géométrie du filtre n'est pas valide.",
        en="A geometry of the filter is not valid.",
        cure_fr="Fermez les anneaux, évitez les croisements ; longitude puis latitude, sauf « filter-crs ».",
        cure_en="Close the rings, avoid crossings; longitude then latitude, unless “filter-crs” says otherwise.",
        status=400,
    ),
    "ogc.no-feature": Sentence(
        fr="La collection « {collection} » n'a pas d'objet de cet identifiant.",
        en="The collection “{collection}” has no feature of that identifier.",
        cure_fr="Les identifiants sont ceux de « /ogc/collections/{collection}/items ».",
        cure_en="Identifiers are those of “/ogc/collections/{collection}/items”.",
        status=404,
    ),
}
