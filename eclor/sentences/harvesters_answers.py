"""Sentences of: the answers of services that harvesters read."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "payload.too-heavy": Sentence(
        fr="Les valeurs de la livraison ({size_mib} Mio) prendraient {mib} Mio de mémoire, au-delà de {limit_mib}.",
        en="The values of the payload ({size_mib} MiB) would take {mib} MiB of memory, above {limit_mib}.",
        cure_fr="Demandez-la à la source en plusieurs parties, ou un objet par ligne.",
        cure_en="Ask the source for it in parts, or with one object a line.",
    ),
    "payload.xml-names": Sentence(
        fr="Le document XML a plus de {limit} noms d'éléments ou d'attributs différents.",
        en="The XML document has more than {limit} different names of elements or attributes.",
        cure_fr="Vérifiez que la source n'écrit pas ses identifiants comme noms d'éléments ; demandez-les comme attributs ou comme textes.",
        cure_en="Check that the source does not write its identifiers as names of elements; ask for them as attributes' values or texts.",
    ),
    "payload.datex2-alive": Sentence(
        fr="L'échange DATEX II dit seulement qu'il est en vie : il ne porte aucune publication.",
        en="The DATEX II exchange only says that it is alive: it bears no publication.",
        cure_fr="Rien n'est à faire si cela ne dure pas : ce qui était tenu le reste.",
        cure_en="Nothing is to be done unless it lasts: what was held stays.",
    ),
    "payload.ngsi-error": Sentence(
        fr="Le contexte NGSI (broker) a répondu par une erreur.",
        en="The NGSI context broker answered with an error.",
        cure_fr="Vérifiez le type demandé, le locataire (tenant) et le jeton ; ce qui était tenu le reste.",
        cure_en="Check the type that was asked for, the tenant and the token; what was held stays.",
    ),
    "payload.openactive-root": Sentence(
        fr="Ce n'est pas une page RPDE : il lui faut « items » et « next ».",
        en="This is no RPDE page: it needs “items” and “next”.",
        cure_fr="Donnez l'adresse du flux, pas celle du catalogue de données ni d'un objet.",
        cure_en="Give the address of the feed, not that of the data catalogue or of one object.",
    ),
    "payload.openactive-item": Sentence(
        fr="Il manque à l'élément {number} ce que RPDE exige (state, kind, id, modified, data).",
        en="Item {number} lacks what RPDE requires (state, kind, id, modified, data).",
    ),
    "payload.ocpi-root": Sentence(
        fr="Ce n'est pas une réponse OCPI des modules Locations ou Tariffs.",
        en="This is no OCPI answer of the Locations or Tariffs module.",
        cure_fr="Donnez l'adresse de « locations » ou de « tariffs » ; sessions, jetons et relevés ne se collectent pas.",
        cure_en="Give the address of “locations” or “tariffs”; sessions, tokens and charge records are not collected.",
    ),
    "payload.ocpi-status": Sentence(
        fr="Le serveur OCPI a répondu par une erreur (status_code).",
        en="The OCPI server answered with an error (status_code).",
        cure_fr="Vérifiez le jeton d'accès et la demande.",
        cure_en="Check the access token and the request.",
    ),
    "payload.ocpi-location": Sentence(
        fr="L'élément {number} n'est ni un lieu de charge ni un tarif OCPI.",
        en="Element {number} is neither an OCPI location nor a tariff.",
    ),
    "payload.ocpi-tariff": Sentence(
        fr="Le tarif {number}, un de ses éléments ou un de ses prix n'a pas ce qu'OCPI exige.",
        en="Tariff {number}, one of its elements or one of its prices lacks what OCPI requires.",
    ),
    "payload.ocpi-evse": Sentence(
        fr="Un point de charge ou un connecteur du lieu {number} n'a pas ce qu'OCPI exige.",
        en="A charge point or a connector of location {number} lacks what OCPI requires.",
    ),
    "payload.ocpi-no-connector": Sentence(
        fr="Le lieu {number} n'a pas de connecteur : il ne donne aucune ligne.",
        en="Location {number} has no connector: it gives no row.",
    ),
    "payload.enedis-root": Sentence(
        fr="Ce n'est pas une courbe de charge d'Enedis (Data Connect ou SGE).",
        en="This is no load curve of Enedis (Data Connect or SGE).",
        cure_fr="Vérifiez l'adresse ou le protocole de la source.",
        cure_en="Check the address or the protocol of the source.",
    ),
    "payload.enedis-index": Sentence(
        fr="Ce sont des index de compteurs ou des énergies facturées, pas une courbe de charge.",
        en="These are indexes of meters or billed energies, no load curve.",
        cure_fr="Lisez-les avec le protocole « enedis-index ».",
        cure_en="Read them with the protocol “enedis-index”.",
    ),
    "payload.enedis-index-root": Sentence(
        fr="Ce ne sont pas des index de compteurs d'Enedis (R151, R171, R64, mesures facturantes de SGE).",
        en="These are no indexes of meters of Enedis (R151, R171, R64, billed measures of SGE).",
        cure_fr="Une courbe de charge se lit avec le protocole « enedis » ; un CSV avec « csv ».",
        cure_en="A load curve is read with the protocol “enedis”; a CSV with “csv”.",
    ),
    "payload.enedis-error": Sentence(
        fr="Enedis a répondu par une erreur.",
        en="Enedis answered with an error.",
        cure_fr="Vérifiez le consentement, le point de livraison et la période demandée.",
        cure_en="Check the consent, the delivery point and the period that was asked for.",
    ),
    "payload.enedis-reading": Sentence(
        fr="La valeur ou la date du relevé {number} est illisible.",
        en="The value or the date of reading {number} cannot be read.",
    ),
    "payload.entreprises-root": Sentence(
        fr="Ce n'est pas une réponse de l'API Sirene, de Recherche d'entreprises ni d'API Entreprise.",
        en="This is no answer of the API Sirene, of Recherche d'entreprises or of API Entreprise.",
        cure_fr="Vérifiez l'adresse ou le protocole de la source.",
        cure_en="Check the address or the protocol of the source.",
    ),
    "payload.entreprises-error": Sentence(
        fr="L'annuaire des entreprises a répondu par une erreur.",
        en="The directory of enterprises answered with an error.",
        cure_fr="Vérifiez la demande, la clé d'accès et le quota.",
        cure_en="Check the request, the access key and the quota.",
    ),
    "payload.entreprises-none": Sentence(
        fr="L'annuaire ne connaît aucune entreprise de cette sorte.",
        en="The directory knows no enterprise of this kind.",
    ),
    "payload.entreprises-columns": Sentence(
        fr="Il n'y a ni colonne « siren » ni colonne « siret ».",
        en="There is neither a column “siren” nor a column “siret”.",
        cure_fr="Ce fichier n'est pas un stock Sirene : vérifiez l'adresse, ou lisez-le comme csv.",
        cure_en="This file is no Sirene stock: check the address, or read it as csv.",
    ),
    "payload.entreprises-number": Sentence(
        fr="L'élément {number} n'a pas de SIREN ni de SIRET lisible : ce sont des textes de 9 et 14 chiffres.",
        en="Element {number} has no SIREN or SIRET that can be read: they are texts of 9 and 14 digits.",
    ),
    "payload.page-short": Sentence(
        fr="La page annonce {announced} éléments et en contient {found}.",
        en="The page announces {announced} elements and holds {found}.",
        cure_fr="Redemandez-la : ce qui manque n'est pas supprimé pour autant.",
        cure_en="Ask for it again: what is missing is not deleted for all that.",
    ),
    "payload.hubeau-root": Sentence(
        fr="Ce n'est pas une page de Hub'Eau : il n'y a pas de liste « data ».",
        en="This is no page of Hub'Eau: there is no array “data”.",
        cure_fr="Vérifiez l'adresse ou le protocole de la source.",
        cure_en="Check the address or the protocol of the source.",
    ),
    "payload.hubeau-error": Sentence(
        fr="Hub'Eau a répondu par une erreur.",
        en="Hub'Eau answered with an error.",
        cure_fr="Vérifiez les paramètres : page × size ne dépasse pas 20 000.",
        cure_en="Check the parameters: page × size is at most 20,000.",
    ),
    "payload.opendatasoft-root": Sentence(
        fr="Ce n'est pas une réponse d'Opendatasoft.",
        en="This is no answer of Opendatasoft.",
        cure_fr="Vérifiez l'adresse ou le protocole de la source.",
        cure_en="Check the address or the protocol of the source.",
    ),
    "payload.opendatasoft-error": Sentence(
        fr="Le portail Opendatasoft a répondu par une erreur.",
        en="The Opendatasoft portal answered with an error.",
        cure_fr="Vérifiez la requête (where, limit, offset) et le quota.",
        cure_en="Check the request (where, limit, offset) and the quota.",
    ),
    "payload.opendatasoft-no-records": Sentence(
        fr="C'est une réponse de facettes, de pièces jointes ou de liens : elle ne contient pas d'enregistrements.",
        en="This is an answer of facets, attachments or links: it holds no records.",
        cure_fr="Donnez l'adresse de « records » ou de « exports ».",
        cure_en="Give the address of “records” or “exports”.",
    ),
    "payload.vigilance-root": Sentence(
        fr="Ce n'est pas un produit de la vigilance de Météo-France.",
        en="This is no product of Météo-France's vigilance.",
        cure_fr="Vérifiez l'adresse ou le protocole de la source.",
        cure_en="Check the address or the protocol of the source.",
    ),
    "payload.vigilance-error": Sentence(
        fr="Le portail de Météo-France a répondu par une erreur.",
        en="Météo-France's portal answered with an error.",
        cure_fr="Vérifiez la clé d'accès et le quota.",
        cure_en="Check the access key and the quota.",
    ),
    "payload.vigilance-empty": Sentence(
        fr="La carte de vigilance est vide : la couleur est inconnue, elle n'est pas verte.",
        en="The vigilance map is empty: the colour is unknown, it is not green.",
        cure_fr="Redemandez-la ; si cela dure, signalez-le à la source.",
        cure_en="Ask for it again; if it lasts, report it to the source.",
    ),
    "payload.vigilance-instant": Sentence(
        fr="L'option « instant » n'est pas un instant ISO 8601.",
        en="The option “instant” is no ISO 8601 instant.",
        cure_fr="Écrivez « 2026-11-22T08:00:00Z ».",
        cure_en="Write “2026-11-22T08:00:00Z”.",
    ),
    "payload.vigilance-colour": Sentence(
        fr="Le niveau {number} n'est ni 1, ni 2, ni 3, ni 4.",
        en="Level {number} is none of 1, 2, 3 and 4.",
    ),
    "payload.vigilance-phenomenon": Sentence(
        fr="L'élément {number} est d'un domaine ou d'un phénomène que la vigilance ne connaît pas.",
        en="Element {number} is of a domain or a phenomenon that the vigilance does not know.",
    ),
    "payload.vigicrues-root": Sentence(
        fr="Ce n'est pas une réponse des services de Vigicrues.",
        en="This is no answer of the services of Vigicrues.",
        cure_fr="Vérifiez l'adresse ou le protocole de la source.",
        cure_en="Check the address or the protocol of the source.",
    ),
    "payload.vigicrues-error": Sentence(
        fr="Vigicrues a répondu par une erreur.",
        en="Vigicrues answered with an error.",
        cure_fr="Vérifiez le code de la station ou de l'entité.",
        cure_en="Check the code of the station or of the entity.",
    ),
    "payload.vigicrues-level": Sentence(
        fr="Le niveau de l'élément {number} n'est ni 1, ni 2, ni 3, ni 4.",
        en="The level of element {number} is none of 1, 2, 3 and 4.",
    ),
    "payload.vigicrues-measure": Sentence(
        fr="L'élément {number} n'a pas de code, ou porte un instant ou une valeur illisible.",
        en="Element {number} has no code, or an instant or a value that cannot be read.",
    ),
    "payload.vigicrues-not-covered": Sentence(
        fr="Rien n'est surveillé ici : « non couvert » ne veut pas dire « pas de crue ».",
        en="Nothing is watched here: “not covered” does not mean “no flood”.",
    ),
    "payload.ckan-root": Sentence(
        fr="Ce n'est pas une réponse de l'API d'action de CKAN.",
        en="This is no answer of CKAN's action API.",
        cure_fr="Donnez l'adresse de package_search, package_show ou datastore_search.",
        cure_en="Give the address of package_search, package_show or datastore_search.",
    ),
    "payload.ckan-error": Sentence(
        fr="Le catalogue CKAN a répondu par une erreur.",
        en="The CKAN catalogue answered with an error.",
        cure_fr="Vérifiez l'identifiant demandé et les droits d'accès.",
        cure_en="Check the identifier that was asked for and the access rights.",
    ),
    "payload.ckan-dataset": Sentence(
        fr="L'élément {number} n'est pas un jeu de données de CKAN.",
        en="Element {number} is no dataset of CKAN.",
    ),
    "payload.ckan-format": Sentence(
        fr="Les enregistrements du DataStore sont envoyés en texte.",
        en="The records of the DataStore are sent as text.",
        cure_fr="Demandez-les avec « records_format=objects ».",
        cure_en="Ask for them with “records_format=objects”.",
    ),
    "payload.ckan-record": Sentence(
        fr="L'enregistrement {number} n'a pas les colonnes de sa table.",
        en="Record {number} does not have the columns of its table.",
    ),
    "payload.udata-root": Sentence(
        fr="Ce n'est pas une réponse de l'API de udata.",
        en="This is no answer of udata's API.",
        cure_fr="Donnez l'adresse de /api/1/datasets/ ou de /api/2/datasets/search/.",
        cure_en="Give the address of /api/1/datasets/ or of /api/2/datasets/search/.",
    ),
    "payload.udata-error": Sentence(
        fr="Le catalogue udata a répondu par une erreur.",
        en="The udata catalogue answered with an error.",
        cure_fr="Vérifiez l'identifiant demandé et les droits d'accès.",
        cure_en="Check the identifier that was asked for and the access rights.",
    ),
    "payload.udata-dataset": Sentence(
        fr="L'élément {number} n'est pas un jeu de données de udata.",
        en="Element {number} is no dataset of udata.",
    ),
    "payload.dcat-root": Sentence(
        fr="Ce n'est pas un catalogue DCAT.",
        en="This is no DCAT catalogue.",
        cure_fr="Demandez RDF/XML, Turtle, JSON-LD ou le data.json de DCAT-US.",
        cure_en="Ask for RDF/XML, Turtle, JSON-LD or the data.json of DCAT-US.",
    ),
    "payload.dcat-shared": Sentence(
        fr="Les jeux de ce catalogue disent plus de {limit} choses, ce qu'ils partagent compté à chaque fois.",
        en="The datasets of this catalogue say more than {limit} things, what they share counted each time.",
        cure_fr="Demandez le catalogue par pages.",
        cure_en="Ask for the catalogue page by page.",
    ),
    "payload.dcat-long": Sentence(
        fr="Ce catalogue dit plus de {limit} choses d'un coup.",
        en="This catalogue says more than {limit} things at once.",
        cure_fr="Demandez le catalogue par pages.",
        cure_en="Ask for the catalogue page by page.",
    ),
    "payload.dcat-syntax": Sentence(
        fr="Le RDF est mal formé ou s'arrête avant la fin.",
        en="The RDF is not well formed or ends before its end.",
        cure_fr="Redemandez la livraison ; si cela dure, signalez-le à la source.",
        cure_en="Ask for the payload again; if it lasts, report it to the source.",
    ),
    "payload.dcat-context": Sentence(
        fr="Le JSON-LD nomme un contexte à aller chercher ailleurs, ce qui est refusé.",
        en="The JSON-LD names a context to be fetched elsewhere, which is refused.",
        cure_fr="Demandez le même catalogue en Turtle ou en RDF/XML.",
        cure_en="Ask for the same catalogue in Turtle or RDF/XML.",
    ),
    "payload.dcat-dataset": Sentence(
        fr="Le jeu de données {number} n'a ni adresse ni identifiant, ou pas de titre.",
        en="Dataset {number} has neither an address nor an identifier, or no title.",
    ),
    "payload.dcat-address": Sentence(
        fr="Une distribution du jeu de données {number} a une adresse qui n'en est pas une.",
        en="A distribution of dataset {number} has an address that is none.",
    ),
    "payload.dcat-none": Sentence(
        fr="Le catalogue ne décrit aucun jeu de données.",
        en="The catalogue describes no dataset.",
    ),
    "payload.xlsx-root": Sentence(
        fr="Ce n'est pas un classeur .xlsx, ou il est abîmé.",
        en="This is no .xlsx workbook, or it is damaged.",
        cure_fr="Ouvrez-le, puis enregistrez-le de nouveau en .xlsx.",
        cure_en="Open it, then save it anew as .xlsx.",
    ),
    "payload.xlsx-old": Sentence(
        fr="C'est un ancien classeur .xls, ou un classeur protégé par un mot de passe.",
        en="This is an old .xls workbook, or one with a password.",
        cure_fr="Enregistrez-le en .xlsx, sans mot de passe.",
        cure_en="Save it as .xlsx, without a password.",
    ),
    "payload.xlsx-sheet": Sentence(
        fr="Aucune des {count} feuilles du classeur n'est celle qui est demandée.",
        en="None of the {count} sheets of the workbook is the one asked for.",
        cure_fr="Corrigez l'option « feuille » de la source : c'est le nom écrit sur l'onglet.",
        cure_en="Correct the option “feuille” of the source: it is the name on the tab.",
    ),
    "payload.header-line": Sentence(
        fr="L'option « entete » n'est pas le numéro d'une ligne de ce fichier.",
        en="The option “entete” is not the number of a line of this file.",
        cure_fr="Écrivez le numéro de la ligne qui porte les noms des colonnes.",
        cure_en="Write the number of the line that holds the names of the columns.",
    ),
    "payload.xlsx-extent": Sentence(
        fr="La feuille s'étend sur plus de {cells} cellules, vides comprises.",
        en="The sheet spans more than {cells} cells, empty ones included.",
        cure_fr="Supprimez les lignes et colonnes vides, ou exportez la feuille en CSV.",
        cure_en="Delete the empty rows and columns, or export the sheet as CSV.",
    ),
    "payload.xlsx-sheets": Sentence(
        fr="Le classeur a d'autres feuilles ({count}), qui ne sont pas lues.",
        en="The workbook has other sheets ({count}), which are not read.",
        cure_fr="Si les lignes sont dans une autre, nommez-la dans l'option « feuille ».",
        cure_en="If the rows are in another, name it in the option “feuille”.",
    ),
    "payload.xlsx-merged": Sentence(
        fr="Des cellules sont fusionnées sur plusieurs lignes : seule la première a leur valeur.",
        en="Cells are merged over several lines: only the first has their value.",
        cure_fr="Défusionnez-les dans le classeur, et répétez la valeur sur chaque ligne.",
        cure_en="Unmerge them in the workbook, and repeat the value on each line.",
    ),
    "payload.xlsx-lost": Sentence(
        fr="La ligne contient une erreur de calcul, ou une formule sans résultat.",
        en="The line holds an error, or a formula without a result.",
        cure_fr="Ouvrez le classeur dans un tableur et enregistrez-le : les formules seront calculées.",
        cure_en="Open the workbook in a spreadsheet and save it: its formulas will be calculated.",
    ),
    "payload.xlsx-digits": Sentence(
        fr="La ligne contient un nombre de plus de 15 chiffres, dont un classeur perd les derniers.",
        en="The line holds a number of more than 15 digits, of which a workbook loses the last.",
        cure_fr="Faites mettre ces cellules au format texte, ou exporter la feuille en CSV.",
        cure_en="Have these cells made text, or the sheet exported as CSV.",
    ),
}
