"""Sentences of the language: derogations and limits (P), keys and retention (D), governance and roles (V)."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "P402": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "P410": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "P411": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "P412": Sentence(
        "Seconde dérogation pour « {unit} ».",
        "Second derogation for “{unit}”.",
        "Une seule par unité : elle ne se prolonge pas par une autre.",
        "One a unit: it is not renewed by another.",
    ),
    "P413": Sentence(
        "Dérogation « {unit} » en présence de mineurs.",
        "Derogation “{unit}” where minors are present.",
        "Supprimez-la : aucune n'est possible.",
        "Delete it: none is possible.",
    ),
    "P420": Sentence(
        "Plancher « {unit} » du socle : {asked}, ce que le moteur n'admet pas.",
        "Floor “{unit}” of the charter: {asked}, which the engine does not admit.",
        "Un plancher par unité, k d'au moins {k}, absolu d'au moins {least} et au plus égal à k.",
        "One floor a unit, k at least {k}, absolu at least {least} and at most k.",
    ),
    "P421": Sentence(
        "« {key} » du socle vaut « {asked} », au-delà de la limite du moteur.",
        "The charter's “{key}” is “{asked}”, beyond the engine's limit.",
        "Limite : {limit}.",
        "Limit: {limit}.",
    ),
    "P422": Sentence(
        "Les incompatibilités du socle ne sont pas les trois paires d'auteur, dpo et garant.",
        "The charter's incompatibilities are not the three pairs of auteur, dpo and garant.",
        "Écrivez [auteur, dpo], [auteur, garant] et [dpo, garant].",
        "Write [auteur, dpo], [auteur, garant] and [dpo, garant].",
    ),
    "P423": Sentence(
        "La matrice du socle admet « {operation} » pour « {category} », usage « {role} ».",
        "The charter's matrix admits “{operation}” for “{category}”, role “{role}”.",
        "Supprimez-le : conserver demande l'usage technique, un identifiant direct se compte seulement, un texte libre "
        "se masque seulement, une unité comptée n'est ni conservée ni agrégée.",
        "Delete it: conserver wants the role technique, a direct identifier is only counted, free text is only masked, "
        "a counted unit is neither kept nor aggregated.",
    ),
    "P424": Sentence(
        "La validité du socle finit avant de commencer.",
        "The charter's validity ends before it begins.",
        "Écrivez « du » avant « au ».",
        "Write “du” before “au”.",
    ),
    "P425": Sentence(
        "Le socle, les rôles ou le catalogue sont refusés : cette politique n'est pas jugée.",
        "The charter, the roles or the catalogue are refused: this policy is not judged.",
        "Corrigez-les d'abord.",
        "Correct them first.",
    ),
    "D601": Sentence(
        "« {column} » est pseudonymisée, et « pseudonymes » est absent.",
        "“{column}” is pseudonymised, and “pseudonymes” is missing.",
        "Ajoutez « pseudonymes: {{portee: jeu, rotation: … }} ».",
        "Add “pseudonymes: {{portee: jeu, rotation: … }}”.",
    ),
    "D602": Sentence(
        "« pseudonymes » est présent, et aucun champ n'est pseudonymisé.",
        "“pseudonymes” is present, and no field is pseudonymised.",
        "Supprimez-le.",
        "Delete it.",
    ),
    "D603": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "D604": Sentence(
        "La clé tourne tous les « {asked} », plus souvent que la périodicité « {frequency} » : une personne compterait "
        "deux fois.",
        "The key turns every “{asked}”, more often than the frequency “{frequency}”: one person would count twice.",
        "Allongez « rotation », au moins à la périodicité.",
        "Lengthen “rotation”, at least to the frequency.",
    ),
    "D605": Sentence(
        "Rotation de « {asked} » : le socle admet « {floor} » au plus.",
        "Rotation of “{asked}”: the charter admits “{floor}” at most.",
        "Écrivez « {floor} » ou moins.",
        "Write “{floor}” or less.",
    ),
    "D606": Sentence(
        "Zone brute gardée « {asked} » : le socle admet « {floor} » au plus.",
        "Raw store kept for “{asked}”: the charter admits “{floor}” at most.",
        "Écrivez « {floor} » ou moins.",
        "Write “{floor}” or less.",
    ),
    "D607": Sentence(
        "Clé de pseudonyme gardée « {asked} » : le socle admet « {floor} » au plus.",
        "Pseudonym key kept for “{asked}”: the charter admits “{floor}” at most.",
        "Écrivez « {floor} » ou moins.",
        "Write “{floor}” or less.",
    ),
    "D608": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "D609": Sentence(
        "Versions gardées « {asked} » : le socle admet « {floor} » au plus.",
        "Versions kept for “{asked}”: the charter admits “{floor}” at most.",
        "Écrivez « {floor} » ou moins.",
        "Write “{floor}” or less.",
    ),
    "D610": Sentence(
        "Effacement en « {asked} » : le socle admet « {floor} » au plus.",
        "Erasure within “{asked}”: the charter admits “{floor}” at most.",
        "Écrivez « {floor} » ou moins.",
        "Write “{floor}” or less.",
    ),
    "D611": Sentence(
        "L'opposition est écartée, alors que la base légale est « {basis} ».",
        "Objection is ruled out, though the legal basis is “{basis}”.",
        "Écrivez « applicable: oui » et la procédure (RGPD, article 21).",
        "Write “applicable: oui” and the procedure (GDPR, article 21).",
    ),
    "D612": Sentence(
        "Le visa des archives est dit obtenu sans référence.",
        "The archives' visa is said to be obtained without a reference.",
        "Ajoutez « reference », ou écrivez « requis ».",
        "Add “reference”, or write “requis”.",
    ),
    "D613": Sentence(
        "Clé de pseudonyme gardée « {asked} » : détruite avant le délai de publication « {delay} ».",
        "Pseudonym key kept for “{asked}”: destroyed before the publication delay “{delay}” is over.",
        "Allongez « cle_pseudonyme », au moins au délai de publication.",
        "Lengthen “cle_pseudonyme”, at least to the publication delay.",
    ),
    "V701": Sentence(
        "« {person} » n'est pas dans roles.yaml ({key}).",
        "“{person}” is not in roles.yaml ({key}).",
        "Corrigez l'identifiant, ou faites ajouter la personne. Ont ce rôle : {able}.",
        "Correct the identifier, or have the person added. With that role: {able}.",
    ),
    "V702": Sentence(
        "« {person} » n'a pas le rôle « {key} » dans roles.yaml.",
        "“{person}” has not the role “{key}” in roles.yaml.",
        "Nommez une personne qui a ce rôle : {able}.",
        "Name a person who has that role: {able}.",
    ),
    "V703": Sentence(
        "« {person} » est nommée deux fois : {keys}.",
        "“{person}” is named twice: {keys}.",
        "L'auteur, le délégué et le garant sont trois personnes (RGPD, article 38).",
        "The author, the DPO and the garant are three people (GDPR, article 38).",
    ),
    "V704": Sentence("{finding[fr]}", "{finding[en]}", "{cure[fr]}", "{cure[en]}"),
    "V705": Sentence(
        "La politique a expiré le {end}.",
        "The policy expired on {end}.",
        "Relisez-la, puis faites signer une nouvelle version.",
        "Review it, then have a new version signed.",
    ),
    "V706": Sentence(
        "Délai de retrait « {asked} » : le socle admet « {floor} » au plus.",
        "Withdrawal delay “{asked}”: the charter admits “{floor}” at most.",
        "Écrivez « {floor} » ou moins.",
        "Write “{floor}” or less.",
    ),
    "V707": Sentence(
        "L'analyse d'impact est requise : la politique reste au brouillon ou simulée, et non « {state} ».",
        "The impact assessment is required: the policy stays a draft or simulated, not “{state}”.",
        "Menez l'analyse, puis écrivez « decision: realisee » et sa référence.",
        "Carry out the assessment, then write “decision: realisee” and its reference.",
    ),
    "V710": Sentence(
        "La politique se dit « {asked} », et ses actes la disent « {held} ».",
        "The policy says it is “{asked}”, and its acts say “{held}”.",
        "Écrivez « etat: brouillon » : l'état se déduit des actes.",
        "Write “etat: brouillon”: the state follows from the acts.",
    ),
    "V711": Sentence(
        "Le socle a expiré le {end}.",
        "The charter expired on {end}.",
        "Faites voter son renouvellement.",
        "Have its renewal voted.",
    ),
    "V712": Sentence(
        "« {person} » figure deux fois dans roles.yaml.",
        "“{person}” stands twice in roles.yaml.",
        "Une personne n'a qu'un rôle.",
        "One person has one role.",
    ),
    "V713": Sentence(
        "La clé de « {person} » est aussi celle de « {other} ».",
        "The key of “{person}” is also that of “{other}”.",
        "Une clé n'a qu'une personne.",
        "One key has one person.",
    ),
}
