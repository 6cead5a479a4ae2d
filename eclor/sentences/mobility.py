"""Sentences of: payloads of traffic and transport."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "payload.xml-record-too-large": Sentence(
        fr="Un élément du document XML est trop grand pour être un enregistrement.",
        en="An element of the XML document is too large to be a record.",
        cure_fr="Vérifiez que la source envoie bien le format déclaré, et qu'elle ferme ses éléments.",
        cure_en="Check that the source sends the format declared, and that it closes its elements.",
    ),
    "payload.datex2-root": Sentence(
        fr="Ce n'est pas une publication DATEX II.",
        en="This is no DATEX II publication.",
        cure_fr="L'adresse doit donner un d2LogicalModel (v2), un messageContainer ou un payload (v3), pas un répertoire ni une variante.",
        cure_en="The address must give a d2LogicalModel (v2), a messageContainer or a payload (v3), no directory and no variant.",
    ),
    "payload.datex2-publication": Sentence(
        fr="Cette publication DATEX II n'est pas de celles qui sont lues.",
        en="This DATEX II publication is not one of those that are read.",
        cure_fr="Choisissez à la source les situations, mesures, arrêtés, parcs de stationnement, panneaux ou bornes.",
        cure_en="Choose situations, measurements, regulations, car parks, signs or charging sites at the source.",
    ),
    "payload.datex2-fault": Sentence(
        fr="La source a répondu par une erreur DATEX II ou SOAP au lieu des données.",
        en="The source answered with a DATEX II or SOAP fault instead of data.",
        cure_fr="Vérifiez l'abonnement et les droits auprès de l'exploitant ; ce qui était tenu reste.",
        cure_en="Check the subscription and the rights with the operator; what was held stays.",
    ),
    "payload.datex2-no-id": Sentence(
        fr="L'enregistrement n° {number} n'a pas d'identifiant.",
        en="Record no. {number} has no identifier.",
        cure_fr="Signalez-le à la source : sans identifiant, sa version suivante ne peut le remplacer.",
        cure_en="Tell the source: without an identifier its next version cannot replace it.",
    ),
    "payload.datex2-delta": Sentence(
        fr="La publication ne contient que ce qui a changé.",
        en="The publication holds only what changed.",
        cure_fr="Ce qui en est absent n'est pas terminé ; demandez à la source un instantané (snapshot) si elle en fait.",
        cure_en="What is absent from it has not ended; ask the source for a snapshot if it makes one.",
    ),
    "payload.datex2-no-record": Sentence(
        fr="Rien de ce que contient la publication DATEX II n'est une ligne.",
        en="Nothing of what the DATEX II publication holds is a row.",
        cure_fr="Comparez ses éléments au guide des protocoles ; signalez à la source ceux qui ne sont pas du standard.",
        cure_en="Compare its elements with the guide to protocols; tell the source of those that the standard has not.",
    ),
    "payload.gtfs-rt": Sentence(
        fr="Ce n'est pas un flux GTFS-RT, ou il est coupé.",
        en="This is no GTFS Realtime feed, or it is cut short.",
        cure_fr="Vérifiez l'adresse : elle doit donner un FeedMessage protobuf avec son en-tête.",
        cure_en="Check the address: it must give a protobuf FeedMessage with its header.",
    ),
    "payload.gtfs-rt-text": Sentence(
        fr="La forme texte du flux GTFS-RT ne se lit pas.",
        en="The text form of the GTFS Realtime feed cannot be read.",
        cure_fr="Corrigez le champ à cette place, ou demandez la forme binaire.",
        cure_en="Correct the field at this place, or ask for the binary form.",
    ),
    "payload.gtfs-rt-json": Sentence(
        fr="Un champ du flux GTFS-RT en JSON n'est pas du type que veut la spécification.",
        en="A field of the GTFS Realtime feed in JSON is not of the type that the specification wants.",
        cure_fr="Signalez-le à la source, ou demandez la forme binaire.",
        cure_en="Tell the source, or ask for the binary form.",
    ),
    "payload.gtfs-rt-missing": Sentence(
        fr="L'entité n° {number} n'a pas d'identifiant, de contenu ou d'élément obligatoire.",
        en="Entity no. {number} lacks its identifier, its content or a required field.",
        cure_fr="Signalez-le à la source.",
        cure_en="Tell the source.",
    ),
    "payload.gtfs-rt-number": Sentence(
        fr="L'entité n° {number} contient un nombre ou une heure qui n'en est pas, ou un texte qui n'est pas en UTF-8.",
        en="Entity no. {number} holds a number or a time that is none, or a text that is not UTF-8.",
        cure_fr="Signalez-le à la source ; les heures sont en secondes, pas en millisecondes.",
        cure_en="Tell the source; times are in seconds, not in milliseconds.",
    ),
    "payload.gtfs-rt-differential": Sentence(
        fr="Le flux est différentiel, ce que la spécification déconseille.",
        en="The feed is differential, which the specification deprecates.",
        cure_fr="Ce qui en est absent n'est pas terminé ; demandez à la source un flux complet (FULL_DATASET).",
        cure_en="What is absent from it has not ended; ask the source for a whole feed (FULL_DATASET).",
    ),
    "payload.gtfs-rt-extensions": Sentence(
        fr="Le flux contient des extensions inconnues, laissées de côté.",
        en="The feed holds unknown extensions, which are left out.",
        cure_fr="Rien à faire, sauf si l'une d'elles vous manque.",
        cure_en="Nothing to do, unless one of them is missed.",
    ),
    "payload.gtfs-rt-header-time": Sentence(
        fr="L'heure du flux GTFS-RT n'en est pas une.",
        en="The time of the GTFS Realtime feed is none.",
        cure_fr="Signalez-le à la source ; les heures sont en secondes, pas en millisecondes.",
        cure_en="Tell the source; times are in seconds, not in milliseconds.",
    ),
    "payload.gbfs-root": Sentence(
        fr="Ce n'est pas un fichier GBFS.",
        en="This is no GBFS file.",
        cure_fr="L'adresse doit donner un objet avec last_updated, ttl et data.",
        cure_en="The address must give an object with last_updated, ttl and data.",
    ),
    "payload.gbfs-version": Sentence(
        fr="Cette version de GBFS n'est pas de celles qui sont lues.",
        en="This version of GBFS is not one of those that are read.",
        cure_fr="Choisissez la version 2.3 ou 3.0 dans gbfs_versions.json.",
        cure_en="Choose version 2.3 or 3.0 in gbfs_versions.json.",
    ),
    "payload.gbfs-file": Sentence(
        fr="Ce fichier GBFS ne contient aucune liste connue.",
        en="This GBFS file holds no list that is known.",
        cure_fr="Choisissez dans gbfs.json un fichier de stations, véhicules, types, zones, tarifs, horaires ou alertes.",
        cure_en="Choose a file of stations, vehicles, types, zones, plans, hours or alerts in gbfs.json.",
    ),
    "payload.gbfs-wrong": Sentence(
        fr="L'élément n° {number} ne respecte pas le type de : {members}.",
        en="Element no. {number} has another type than GBFS asks for: {members}.",
        cure_fr="Signalez-le à l'opérateur : identifiants en texte, booléens sans guillemets, nombres et heures positifs.",
        cure_en="Tell the operator: identifiers are text, booleans true or false, counts and times positive.",
    ),
    "payload.gbfs-missing": Sentence(
        fr="L'élément n° {number} n'a pas ce que GBFS exige : {members}.",
        en="Element no. {number} lacks what GBFS requires: {members}.",
        cure_fr="Signalez-le à l'opérateur.",
        cure_en="Tell the operator.",
    ),
    "payload.gbfs-twice": Sentence(
        fr="L'élément n° {number} porte un identifiant déjà vu dans ce fichier.",
        en="Element no. {number} has an identifier that came before in this file.",
        cure_fr="Signalez-le à l'opérateur : un identifiant désigne un seul élément.",
        cure_en="Tell the operator: an identifier stands for one element.",
    ),
    "payload.gbfs-not-rotated": Sentence(
        fr="Des véhicules ont changé de place en gardant leur identifiant : {count}.",
        en="Vehicles moved and kept their identifier: {count}.",
        cure_fr="Demandez à l'opérateur de changer vehicle_id après chaque trajet, comme GBFS l'exige : sinon le flux raconte des trajets.",
        cure_en="Ask the operator to rotate vehicle_id after each trip, as GBFS requires: else the feed tells trips.",
    ),
    "payload.siri-root": Sentence(
        fr="Ce n'est pas une livraison SIRI.",
        en="This is no SIRI delivery.",
        cure_fr="L'adresse doit donner un document Siri avec son ServiceDelivery, en XML ou en JSON (SIRI Lite).",
        cure_en="The address must give a Siri document with its ServiceDelivery, in XML or JSON (SIRI Lite).",
    ),
    "payload.siri-delivery": Sentence(
        fr="Ce service SIRI n'est pas de ceux qui sont lus.",
        en="This SIRI service is not one of those that are read.",
        cure_fr="Services lus : ET, VM, SM, SX, GM, ST, PT, FM et la découverte des lignes et des arrêts.",
        cure_en="Services that are read: ET, VM, SM, SX, GM, ST, PT, FM and the discovery of lines and stops.",
    ),
    "payload.siri-error": Sentence(
        fr="La source SIRI a répondu par une erreur au lieu des données.",
        en="The SIRI source answered with an error instead of data.",
        cure_fr="Vérifiez la demande (MonitoringRef, LineRef) et les droits ; ce qui était tenu reste.",
        cure_en="Check the request (MonitoringRef, LineRef) and the rights; what was held stays.",
    ),
    "payload.siri-missing": Sentence(
        fr="L'élément n° {number} n'a rien de ce qui le désigne : {elements}.",
        en="Element no. {number} has nothing of what tells it apart: {elements}.",
        cure_fr="Signalez-le à la source.",
        cure_en="Tell the source.",
    ),
    "payload.siri-more": Sentence(
        fr="La source annonce d'autres données à demander.",
        en="The source announces more data to ask for.",
        cure_fr="Ce qui est absent de cette livraison n'est pas terminé ; réduisez la demande ou demandez la suite.",
        cure_en="What is absent from this delivery has not ended; narrow the request or ask for the rest.",
    ),
    "payload.gtfs-unknown": Sentence(
        fr="L'option « fichiers » nomme ce que la norme GTFS ne connaît pas ({files}).",
        en="The option “fichiers” names what the GTFS reference does not know ({files}).",
        cure_fr="Écrivez les noms de la norme, séparés par des blancs : « stops routes ».",
        cure_en="Write the names of the reference, with blanks between them: “stops routes”.",
    ),
    "payload.gtfs-absent": Sentence(
        fr="Le GTFS n'a pas ce fichier, que l'option « fichiers » demande.",
        en="The GTFS feed has no such file, which the option “fichiers” asks for.",
        cure_fr="Vérifiez l'export de la source, ou retirez le fichier de l'option.",
        cure_en="Check the export of the source, or take the file out of the option.",
    ),
    "payload.gtfs-zone": Sentence(
        fr="La zone n° {number} n'a pas d'identifiant, de propriétés ou de géométrie.",
        en="Zone no. {number} has no identifier, no properties or no geometry.",
        cure_fr="Signalez-le à la source.",
        cure_en="Tell the source.",
    ),
    "payload.netex-root": Sentence(
        fr="Ce n'est pas une livraison NeTEx.",
        en="This is no NeTEx delivery.",
        cure_fr="Le fichier doit être un PublicationDelivery, ou une archive zip qui en contient.",
        cure_en="The file must be a PublicationDelivery, or a zip of them.",
    ),
    "payload.netex-no-id": Sentence(
        fr="L'objet n° {number} a un identifiant vide.",
        en="Object no. {number} has an empty identifier.",
        cure_fr="Signalez-le à la source.",
        cure_en="Tell the source.",
    ),
    "payload.netex-anonymous": Sentence(
        fr="Objets sans identifiant, laissés de côté : {count}.",
        en="Objects without an identifier, left out: {count}.",
        cure_fr="Signalez-le à la source si l'un d'eux vous manque.",
        cure_en="Tell the source if one of them is missed.",
    ),
    "payload.netex-absent": Sentence(
        fr="La livraison n'a aucun objet « {kind} », que l'option « objets » demande.",
        en="The delivery has no object “{kind}”, which the option “objets” asks for.",
        cure_fr="Écrivez le nom de l'élément NeTEx, majuscules comprises (« StopPlace »), ou vérifiez l'export.",
        cure_en="Write the name of the NeTEx element, capitals included (“StopPlace”), or check the export.",
    ),
    "payload.netex-stranger": Sentence(
        fr="L'archive contient un fichier qui n'est pas du NeTEx, laissé de côté.",
        en="The archive holds a file that is no NeTEx, left out.",
        cure_fr="Rien à faire.",
        cure_en="Nothing to do.",
    ),
}
