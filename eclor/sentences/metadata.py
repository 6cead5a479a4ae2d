"""Sentences of the catalogue's records; words of the descriptions of datasets, in French and in English."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final = {
    "metadata.no-page": Sentence(
        fr="Le catalogue n'a pas cette page : la dernière est la {last}.",
        en="The catalogue has no such page: the last is {last}.",
        cure_fr="Suivez les liens hydra:next depuis la première.",
        cure_en="Follow the hydra:next links from the first.",
        status=404,
    ),
    "metadata.no-unit": Sentence(
        fr="« {dataset} » publie des décimaux, « {column} », sans dire en quelle unité : rien n'est publié.",
        en='"{dataset}" publishes decimals, "{column}", without their unit: nothing is published.',
        cure_fr="Écrivez « unite » sous cette colonne dans datasets/{dataset}.yaml (kWh, m, %…).",
        cure_en='Write "unite" under this column in datasets/{dataset}.yaml (kWh, m, %…).',
    ),
    "metadata.unfit": Sentence(
        fr="La fiche de « {dataset} » n'est pas conforme à DCAT-AP, rien n'est publié. {fault}",
        en='The record of "{dataset}" is not conformant to DCAT-AP, nothing is published. {fault}',
        cure_fr="Corrigez « {key} » dans datasets/{dataset}.yaml ou dans territoire.yaml.",
        cure_en='Put "{key}" right in datasets/{dataset}.yaml or in territoire.yaml.',
    ),
}

METRICS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "completeness": {
            "fr": "Part des cases du fichier publié qui portent une valeur, toutes colonnes ensemble.",
            "en": "Share of the cells of the published file that have a value, over all columns.",
        },
        "published": {
            "fr": "Part des lignes du fichier publié qui ne sont pas masquées.",
            "en": "Share of the rows of the published file that are not masked.",
        },
        "dimension": {"fr": "complétude", "en": "completeness"},
    }
)
"""What is measured of a version, and the dimension of quality that it tells of."""

WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "rights": {
            "fr": "Mention de la source : {source}. Publié selon la politique signée, version {policy}.",
            "en": "Attribution: {source}. Published under the signed policy, version {policy}.",
        },
        "provenance": {
            "fr": "Source : {service}, reçue sous {licence}, passée par la charte du territoire.",
            "en": "Source: {service}, received under {licence}, put through the territory's charter.",
        },
        "status": {"fr": "Statut", "en": "Status"},
        "public": {"fr": "public", "en": "public", "de": "öffentlich"},
        "not-public": {"fr": "non public", "en": "not public", "de": "nicht öffentlich"},
        "schema": {"fr": "Schéma"},
        "service": {"fr": "API"},
        "service-description": {
            "fr": "Les lignes par filtre, tri, sélection, agrégation et page, sans clé ni inscription.",
            "en": "Rows by filter, sort, selection, aggregation and page, without key or account.",
        },
        "high-value": {"fr": "Catégories de jeux de forte valeur", "en": "High-value dataset categories"},
        "catalogue": {"fr": "Données ouvertes : {name}", "en": "Open data: {name}"},
        "catalogue-description": {
            "fr": "{presentation}",
            "en": "Catalogue of the datasets published by {name}, put through its charter.",
        },
        "themes": {"fr": "Thèmes des données", "en": "Data theme"},
    }
)
"""Sentences of a record, by what they are about."""

FORMATS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "data.csv": {
            "fr": "Une ligne par enregistrement, séparateur virgule, UTF-8, première ligne de titres.",
            "en": "One line a row, comma separated, UTF-8, first line of column names.",
        },
        "data.geojson": {
            "fr": "Une collection d'objets géographiques, WGS 84, longitude puis latitude.",
            "en": "A feature collection, WGS 84, longitude first.",
        },
        "data.json": {"fr": "Un tableau d'objets JSON.", "en": "One array of JSON objects."},
        "data.ndjson": {"fr": "Un objet JSON par ligne.", "en": "One JSON object a line."},
        "data.parquet": {
            "fr": "Fichier en colonnes, compressé, pour l'analyse.",
            "en": "A compressed columnar file, for analysis.",
        },
        "data.xlsx": {"fr": "Classeur pour tableur.", "en": "A workbook for spreadsheets."},
    }
)
"""What each data file is, in the order in which they are listed."""
