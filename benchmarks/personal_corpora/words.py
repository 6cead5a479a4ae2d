"""Words that tables are made of. Names of people come from nobody's list: written down for this corpus."""

from typing import Final


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.replace("\n", " ").split(",") if word.strip())


GIVEN_NAMES: Final = _words(
    """Solveig, Enguerrand, Lisenn, Malo, Noémie, Thibault, Yasmina, Rachid, Fatoumata, Joao, Marlène, Ghislaine, Odile,
    Perrine, Corentin, Tugdual, Aurore, Loïse, Anouk, Bastien, Élodie, Sylvain, Karim, Nadège, Romuald, Priscille, Aymeric,
    Mylène, Nolwenn, Gwenaël, Hortense, Jean-Marc, Marie-Claude, Anne-Sophie, Luc, Josiane, Ahmed, Samira, Ousmane, Linh,
    Dragan, Jeannot, Triny, Pol, Guy, Nico, Manon, Chantal, Edmée, Ferdinand, Giuseppina, Carlo, Maria, Pedro, Inês"""
)
SURNAMES: Final = _words(
    """Quettier, Delaveau, Bourgoin, Le Goff, Kervella, Schmittbuhl, Hoffmann, Weber, Muller, Thill, Reuter, Wagener, Da Silva,
    Ferreira, Benali, Haddad, Diallo, Traoré, Nguyen, Tran, Petrovic, Lemercier, Vautrin, Collignon, Humbert, Jacquemin,
    Marchal, Toussaint, Poirel, Mangin, Didierjean, Claudel, Grosjean, Antoine, Thiébaut, Perrin, Masson, Rollin, Cuny,
    Barthélemy, Vuillemin, Parisot, Gigleux, Rossi, Bianchi, Esposito, Kowalski, Nowak, Lopes, Mendes, Ouedraogo, Camara"""
)
STREETS: Final = _words(
    """rue Victor Hugo, avenue Jean Jaurès, place du Général de Gaulle, rue Marie Curie, allée des Tilleuls, chemin du Moulin,
    rue de la République, boulevard Pasteur, impasse des Lilas, rue Louise Michel, quai des Mines, rue du Stade, rue Jules Ferry,
    route de Luxembourg, rue de la Gare, avenue Simone Veil, rue Émile Zola, place Saint-Martin, rue Jean Moulin, voie romaine"""
)
TOWNS: Final = _words(
    """Bréhain, Saulnes, Hussigny, Longwy, Thil, Micheville, Boulange, Aumetz, Ottange, Russange, Rédange, Rumelange, Kayl,
    Differdange, Pétange, Schifflange, Mondercange, Sanem, Villers-la-Montagne, Crusnes"""
)
SCHOOLS: Final = _words(
    """école maternelle Jacques Prévert, école élémentaire Jules Ferry, collège Jean Moulin, lycée Alfred Mézières,
    école Pierre et Marie Curie, école primaire Joliot-Curie, groupe scolaire Louise Michel, collège Simone Veil"""
)
WORKS: Final = _words(
    """réfection de chaussée, remplacement de luminaires, élagage, curage de réseau, marquage au sol, pose de bornes,
    reprise de trottoir, enfouissement de réseaux, isolation de toiture, nettoyage de façade"""
)
BODIES: Final = _words(
    """SARL Lorraine Travaux, Eiffage Route Nord-Est, Colas France, Sodexo, Veolia Eau, Enedis, Engie Solutions, Vinci,
    Bouygues Énergies, Amicale laïque, Harmonie municipale, Club cycliste, Tennis club, Foyer rural, Croix-Rouge,
    Restos du Cœur, Association des Amis du Vieux Fourneau, Union sportive Jean-Bouin, SAS Peugeot Citroën, Leroy Merlin"""
)
SUBJECTS: Final = _words(
    """le budget primitif, la convention de mise à disposition, le marché de voirie, la création d'un poste d'adjoint technique,
    la tarification de la cantine, l'adhésion au groupement de commandes, la cession d'une parcelle, le règlement du service,
    la modification des statuts, l'attribution d'une subvention, le plan de financement, la demande de fonds européens"""
)
FAULTS: Final = _words(
    """lampadaire éteint, nid-de-poule, dépôt sauvage, fuite d'eau, banc cassé, arbre tombé, feu tricolore en panne, graffiti,
    plaque d'égout descellée, haie trop haute, conteneur plein, borne incendie qui fuit"""
)
