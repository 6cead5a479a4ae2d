"""Sentences of: harvesters."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "payload.unknown-protocol": Sentence(
        fr="Le protocole « {asked} » n'existe pas.",
        en="There is no protocol “{asked}”.",
        cure_fr="Protocoles connus : {known}.",
        cure_en="Known protocols: {known}.",
    ),
    "payload.unknown-protocol-near": Sentence(
        fr="Le protocole « {asked} » n'existe pas.",
        en="There is no protocol “{asked}”.",
        cure_fr="Vouliez-vous écrire « {near} » ? Protocoles connus : {known}.",
        cure_en="Did you mean “{near}”? Known protocols: {known}.",
    ),
    "payload.empty": Sentence(
        fr="La livraison est vide.",
        en="The payload is empty.",
        cure_fr="Vérifiez l'export de la source.",
        cure_en="Check the export of the source.",
    ),
    "payload.too-large": Sentence(
        fr="La livraison dépasse {limit_mib} Mio.",
        en="The payload is larger than {limit_mib} MiB.",
        cure_fr="Demandez-la à la source en plusieurs parties, ou un objet par ligne.",
        cure_en="Ask the source for it in parts, or with one object a line.",
    ),
    "payload.line-too-long": Sentence(
        fr="La ligne est trop longue pour être un enregistrement.",
        en="The line is too long to be a record.",
        cure_fr="Vérifiez les fins de ligne et les guillemets du fichier.",
        cure_en="Check the line ends and the quotes of the file.",
    ),
    "payload.not-utf8": Sentence(
        fr="Le texte n'est pas en UTF-8.",
        en="The text is not UTF-8.",
        cure_fr="Exportez en UTF-8 ou, pour un fichier CSV ancien, déclarez l'option « encodage: cp1252 ».",
        cure_en="Export it as UTF-8 or, for an old CSV file, declare the option “encodage: cp1252”.",
    ),
    "payload.encoding-unknown": Sentence(
        fr="L'option « encodage » ne nomme pas un encodage connu.",
        en="The option “encodage” names no known encoding.",
        cure_fr="Encodages connus : {known}.",
        cure_en="Known encodings: {known}.",
    ),
    "payload.encoding-undecodable": Sentence(
        fr="Le texte n'est pas en {encoding}, contrairement à ce qui est déclaré.",
        en="The text is not {encoding}, against what is declared.",
        cure_fr="Corrigez l'option « encodage » de la source.",
        cure_en="Correct the option “encodage” of the source.",
    ),
    "payload.encoding-contradicted": Sentence(
        fr="Le texte est en UTF-8 alors que {encoding} est déclaré.",
        en="The text is UTF-8 although {encoding} is declared.",
        cure_fr="Retirez l'option « encodage » de la source.",
        cure_en="Remove the option “encodage” of the source.",
    ),
    "payload.nul": Sentence(
        fr="Le texte contient un caractère nul ou une moitié de caractère.",
        en="The text holds a NUL or half a character.",
        cure_fr="Vérifiez l'export de la source.",
        cure_en="Check the export of the source.",
    ),
    "payload.html": Sentence(
        fr="La source a envoyé une page HTML au lieu de données.",
        en="The source sent a page of HTML instead of data.",
        cure_fr="Vérifiez l'adresse et l'accès : c'est souvent une page de connexion ou d'erreur.",
        cure_en="Check the address and the access: it often is a login or an error page.",
    ),
    "payload.too-deep": Sentence(
        fr="Les données sont emboîtées sur plus de {levels} niveaux.",
        en="The data nest deeper than {levels} levels.",
        cure_fr="Vérifiez la source : ce n'est pas une livraison ordinaire.",
        cure_en="Check the source: this is no ordinary payload.",
    ),
    "payload.json-cut": Sentence(
        fr="Le JSON s'arrête avant la fin.",
        en="The JSON ends before its end.",
        cure_fr="Redemandez la livraison : elle a été coupée.",
        cure_en="Ask for the payload again: it was cut short.",
    ),
    "payload.json-syntax": Sentence(
        fr="Ce n'est pas du JSON.",
        en="This is no JSON.",
        cure_fr="Vérifiez la source à cet endroit.",
        cure_en="Check the source at this place.",
    ),
    "payload.json-duplicate-member": Sentence(
        fr="Un objet JSON nomme deux fois le même membre.",
        en="A JSON object names a member twice.",
        cure_fr="Signalez-le à la source : on ne sait pas laquelle des deux valeurs est la bonne.",
        cure_en="Report it to the source: nobody knows which of the two values is right.",
    ),
    "payload.json-number": Sentence(
        fr="Un nombre est démesuré.",
        en="A number is out of all measure.",
        cure_fr="Vérifiez la source ; un identifiant long s'écrit entre guillemets.",
        cure_en="Check the source; a long identifier is written as text.",
    ),
    "payload.json-not-a-number": Sentence(
        fr="Le JSON contient NaN ou Infinity, qui ne sont pas des nombres JSON.",
        en="The JSON holds NaN or Infinity, which are no JSON numbers.",
        cure_fr="Demandez à la source d'écrire null.",
        cure_en="Ask the source to write null.",
    ),
    "payload.json-no-rows": Sentence(
        fr="Il n'y a pas de liste sous « {path} ».",
        en="There is no array at “{path}”.",
        cure_fr="Corrigez l'option « lignes » ou « deplier » de la source.",
        cure_en="Correct the option “lignes” or “deplier” of the source.",
    ),
    "payload.not-an-object": Sentence(
        fr="L'élément {number} n'est pas un objet.",
        en="Element {number} is no object.",
    ),
    "payload.xml-syntax": Sentence(
        fr="Le XML est mal formé ou s'arrête avant la fin.",
        en="The XML is not well formed or ends before its end.",
        cure_fr="Redemandez la livraison ; si cela dure, signalez-le à la source.",
        cure_en="Ask for the payload again; if it lasts, report it to the source.",
    ),
    "payload.xml-dtd": Sentence(
        fr="Le XML contient une DTD, qui est refusée.",
        en="The XML holds a DTD, which is refused.",
        cure_fr="Demandez à la source de l'enlever.",
        cure_en="Ask the source to leave it out.",
    ),
    "payload.xml-entity": Sentence(
        fr="Le XML déclare une entité, ce qui est refusé.",
        en="The XML declares an entity, which is refused.",
        cure_fr="Demandez à la source de l'enlever.",
        cure_en="Ask the source to leave it out.",
    ),
    "payload.xml-encoding": Sentence(
        fr="L'encodage que le XML déclare n'est pas connu.",
        en="The encoding that the XML declares is not known.",
        cure_fr="Demandez à la source de l'écrire en UTF-8.",
        cure_en="Ask the source to write it as UTF-8.",
    ),
    "payload.geometry": Sentence(
        fr="La géométrie de l'élément {number} est vide, ouverte, hors du globe ou croisée : elle est laissée de côté.",
        en="The geometry of element {number} is empty, not closed, off the globe or crosses itself: it is left out.",
    ),
    "payload.geojson-system": Sentence(
        fr="Le GeoJSON n'est pas en WGS 84.",
        en="The GeoJSON is not in WGS 84.",
        cure_fr="Demandez à la source l'EPSG:4326, longitude puis latitude.",
        cure_en="Ask the source for EPSG:4326, longitude then latitude.",
    ),
    "payload.geojson-root": Sentence(
        fr="Ce n'est ni une FeatureCollection ni une Feature.",
        en="This is neither a FeatureCollection nor a Feature.",
        cure_fr="Vérifiez l'adresse ou le protocole de la source.",
        cure_en="Check the address or the protocol of the source.",
    ),
    "payload.geojson-feature": Sentence(
        fr="L'élément {number} n'est pas une Feature.",
        en="Element {number} is no Feature.",
    ),
    "payload.geojson-property": Sentence(
        fr="L'élément {number} a une propriété qui cacherait sa géométrie ou son identifiant.",
        en="Element {number} has a property that would hide its geometry or its identifier.",
    ),
    "payload.no-notification": Sentence(
        "Ce qui a été reçu n'est pas une notification NGSI.",
        "What was received is no NGSI notification.",
        "Vérifiez que c'est bien le courtier qui écrit à cette adresse.",
        "Check that it is the broker that writes to this address.",
    ),
    "payload.ngsi-entity": Sentence(
        fr="L'élément {number} n'est pas une entité NGSI : il lui manque « id » ou « type ».",
        en="Element {number} is no NGSI entity: it lacks “id” or “type”.",
    ),
    "payload.chirpstack-v3": Sentence(
        fr="Le message est de ChirpStack version 3, qui n'est pas lue.",
        en="The message is of ChirpStack version 3, which is not read.",
        cure_fr="Passez la plateforme en version 4.",
        cure_en="Move the platform to version 4.",
    ),
    "payload.chirpstack-event": Sentence(
        fr="Le message n'est pas une remontée de capteur (event/up).",
        en="The message is no uplink (event/up).",
        cure_fr="Abonnez la source à application/+/device/+/event/up seulement.",
        cure_en="Subscribe the source to application/+/device/+/event/up alone.",
    ),
    "payload.cap-root": Sentence(
        fr="Ce n'est pas une alerte CAP 1.0, 1.1 ou 1.2.",
        en="This is no CAP 1.0, 1.1 or 1.2 alert.",
        cure_fr="Donnez l'adresse d'une alerte, non du fil (Atom, RSS) qui les annonce, ou vérifiez le protocole.",
        cure_en="Give the address of an alert, not of the feed (Atom, RSS) that lists them, or check the protocol.",
    ),
    "payload.cap-missing": Sentence(
        fr="Il manque à la zone {number} de l'alerte ce que CAP exige ({elements}).",
        en="Area {number} of the alert lacks what CAP requires ({elements}).",
    ),
    "payload.cap-unknown-word": Sentence(
        fr="La zone {number} de l'alerte emploie un mot que CAP ne connaît pas ({elements}).",
        en="Area {number} of the alert uses a word that CAP does not know ({elements}).",
        cure_fr="Faites corriger ces éléments par qui émet l'alerte : CAP fixe la liste de leurs mots.",
        cure_en="Have whoever issues the alert mend these elements: CAP fixes the list of their words.",
    ),
    "payload.cap-no-info": Sentence(
        fr="L'alerte n'a pas de bloc info : elle ne donne aucune ligne.",
        en="The alert has no info block: it gives no row.",
    ),
    "payload.irve-columns": Sentence(
        fr="Il n'y a pas de colonne « id_pdc_itinerance ».",
        en="There is no column “id_pdc_itinerance”.",
        cure_fr="Ce fichier ne suit pas un schéma IRVE : vérifiez l'adresse, ou lisez-le comme csv.",
        cure_en="This file follows no IRVE schema: check the address, or read it as csv.",
    ),
    "payload.irve-cells": Sentence(
        fr="Des cellules ne suivent pas le schéma IRVE ({columns}).",
        en="Cells do not follow the IRVE schema ({columns}).",
        cure_fr="Corrigez-les à la source : longitude puis latitude, « true » ou « false », « Non concerné » sans code.",
        cure_en="Correct them at the source: longitude then latitude, “true” or “false”, “Non concerné” without a code.",
    ),
    "payload.open311-error": Sentence(
        fr="Le serveur Open311 a répondu par une erreur.",
        en="The Open311 server answered with an error.",
        cure_fr="Vérifiez la demande et la clé d'accès.",
        cure_en="Check the request and the access key.",
    ),
    "payload.open311-discovery": Sentence(
        fr="C'est le document de découverte du serveur, pas une liste de services ni de demandes.",
        en="This is the server's discovery document, no list of services or requests.",
        cure_fr="Donnez comme adresse celle de services ou de requests sous le point d'accès qu'il nomme.",
        cure_en="Give the address of services or requests under the endpoint that it names.",
    ),
    "payload.open311-root": Sentence(
        fr="Ce n'est pas une réponse Open311 GeoReport v2.",
        en="This is no answer of Open311 GeoReport v2.",
        cure_fr="Vérifiez l'adresse ou le protocole de la source.",
        cure_en="Check the address or the protocol of the source.",
    ),
    "payload.open311-element": Sentence(
        fr="L'élément {number} n'est ni un service ni une demande : il n'a pas d'identifiant.",
        en="Element {number} is neither a service nor a request: it has no identifier.",
    ),
    "payload.overpass-root": Sentence(
        fr="Ce n'est pas une réponse d'Overpass.",
        en="This is no answer of Overpass.",
        cure_fr="Vérifiez l'adresse et la requête.",
        cure_en="Check the address and the query.",
    ),
    "payload.overpass-remark": Sentence(
        fr="Overpass signale un incident : sa réponse peut être incomplète.",
        en="Overpass reports an incident: its answer may be incomplete.",
        cure_fr="Attendez, ou allégez la requête.",
        cure_en="Wait, or lighten the query.",
    ),
    "payload.overpass-number": Sentence(
        fr="Un identifiant ou une coordonnée n'est pas un nombre.",
        en="An identifier or a coordinate is no number.",
        cure_fr="Redemandez la réponse.",
        cure_en="Ask for the answer again.",
    ),
    "payload.overpass-element": Sentence(
        fr="L'élément {number} n'est pas un objet d'OpenStreetMap.",
        en="Element {number} is no object of OpenStreetMap.",
    ),
    "payload.ttn-message": Sentence(
        fr="Le message n'est pas une remontée de capteur de The Things Stack v3.",
        en="The message is no uplink of The Things Stack v3.",
        cure_fr="Abonnez la source aux sujets « up » seulement.",
        cure_en="Subscribe the source to the topics “up” alone.",
    ),
    "payload.zip": Sentence(
        fr="L'archive zip est abîmée, coupée, ou n'en est pas une.",
        en="The zip archive is damaged, cut short, or none.",
        cure_fr="Redemandez la livraison.",
        cure_en="Ask for the payload again.",
    ),
    "payload.zip-bomb": Sentence(
        fr="L'archive zip se déplie au-delà du raisonnable.",
        en="The zip archive unpacks beyond reason.",
        cure_fr="Vérifiez la source : ce n'est pas une livraison ordinaire.",
        cure_en="Check the source: this is no ordinary payload.",
    ),
    "payload.zip-encrypted": Sentence(
        fr="L'archive zip est chiffrée.",
        en="The zip archive is encrypted.",
        cure_fr="Demandez-la sans mot de passe.",
        cure_en="Ask for it without a password.",
    ),
    "payload.zip-method": Sentence(
        fr="L'archive zip est comprimée autrement que par « deflate ».",
        en="The zip archive is packed otherwise than by “deflate”.",
        cure_fr="Demandez un zip ordinaire.",
        cure_en="Ask for an ordinary zip.",
    ),
    "payload.zip-path": Sentence(
        fr="L'archive zip nomme un chemin qui sort d'elle-même.",
        en="The zip archive names a path that leads out of it.",
        cure_fr="Vérifiez la source : ce n'est pas une livraison ordinaire.",
        cure_en="Check the source: this is no ordinary payload.",
    ),
    "payload.gtfs-missing": Sentence(
        fr="Il manque au GTFS des fichiers obligatoires ({files}).",
        en="The GTFS feed lacks files that it must have ({files}).",
        cure_fr="Vérifiez l'export de la source.",
        cure_en="Check the export of the source.",
    ),
    "payload.gtfs-twice": Sentence(
        fr="Le GTFS contient deux fois le fichier {file}.",
        en="The GTFS feed holds the file {file} twice.",
        cure_fr="Demandez une archive par réseau.",
        cure_en="Ask for one archive a network.",
    ),
    "payload.gtfs-stranger": Sentence(
        fr="Le fichier n'est pas de la norme GTFS : il n'est pas lu.",
        en="The file is not of the GTFS reference: it is not read.",
    ),
}
