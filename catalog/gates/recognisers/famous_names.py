"""Full names that shops, streets, prizes and works bear with no word for it: they name nobody who lives here."""

from itertools import pairwise
from typing import Final

from catalog.gates.recognisers.name_words import KNOWN_WORDS, elision

_FAMOUS: Final = frozenset(
    tuple(name.split("_"))
    for name in """aime_cesaire alain_afflelou albert_camus albert_lebrun albert_schweitzer albin_michel
    alexandre_dumas ambroise_croizat ambroise_pare anatole_france andre_maginot andre_malraux anna_karenina
    anna_karenine anne_frank antoine_lavoisier aristide_briand armand_colin arsene_lupin arthur_rimbaud
    auguste_comte auguste_renoir auguste_rodin barbe_bleue bastien_bastienne ben_hur benoit_frachon billy_elliot
    bob_morane boris_godounov calvin_klein camille_albane camille_claudel camille_saint cesar_birotteau
    charles_baudelaire charles_bovary charles_darwin charles_peguy charlie_chaplin christian_dior claude_bernard
    claude_debussy claude_monet clement_ader colette_besson daniel_hechter david_copperfield denis_diderot don_juan
    don_quichotte dorian_gray edith_piaf edmond_rostand edouard_leclerc edouard_vaillant eduard_vaillant
    emile_verhaeren emile_zola emma_bovary eric_bompard eugene_oneguine eugenie_grandet ferdinand_buisson
    fernand_hazan fernand_leger fernand_nathan fifi_brindacier france_gall franck_provost francois_mitterrand
    francois_rabelais frederic_chopin frederic_mistral gabriel_faure gabriel_peri george_sand georges_bizet
    georges_brassens georges_clemenceau georges_dandin georges_pompidou georges_sand georges_truffaut gerard_darel
    gerard_philipe gustave_courbet gustave_eiffel gustave_flaubert guy_hoquet guy_moquet hansel_gretel harry_potter
    hector_berlioz henri_barbusse henri_matisse hercule_poirot honore_daumier hubert_reeves huckleberry_finn
    hugo_boss indiana_jones irene_joliot jack_sparrow jacques_brel jacques_cartier jacques_chirac jacques_dessange
    jacques_monod jacques_prevert jacques_vabre james_bond jane_eyre jean-claude_biguine jean-claude_decaux
    jean-louis_david jean_bart jean_bouin jean_cocteau jean_ferrat jean_jaures jean_lefebvre jean_mace jean_mermoz
    jean_monnet jean_moulin jean_racine jean_rostand jean_valjean jean_zay jeanne_arc joachim_du john_deere
    john_kennedy josephine_baker jules_cesar jules_ferry jules_guesde jules_maigret jules_michelet jules_verne
    julie_daubie leo_ferre leo_lagrange leon_blum leon_gambetta leon_jouhaux leroy_merlin louis_aragon louis_bleriot
    louis_braille louis_pasteur louis_vuitton louise_michel lucie_aubrac lucien_leuwen lucien_michard lucky_luke
    marc_bloch marcel_cachin marcel_cerdan marcel_pagnol marcel_paul marcel_proust marguerite_yourcenar marie_curie
    martin_luther mary_poppins maryse_bastie maurice_barres maurice_ravel maurice_schumann maurice_thorez max_jacob
    maximilien_robespierre michel_ange michel_strogoff molly_bloom nelson_mandela nicolas_copernic oliver_twist
    olympe_gouges pablo_neruda pablo_picasso paul_bert paul_cezanne paul_claudel paul_eluard paul_gauguin
    paul_hartmann paul_langevin paul_valery paul_verlaine paul_virginie peter_pan phileas_fogg philippe_de
    pierre_bayle pierre_belfond pierre_brossolette pierre_cardin pierre_corneille pierre_curie pierre_de
    pierre_fabre pierre_mendes pierre_ronsard pierre_semard ralph_lauren raoul_follereau raymond_poincare
    rene_cassin rene_char rene_descartes robert_desnos robert_laffont robert_schuman roberto_zucco robin_bois
    robin_hood roger_salengro romain_rolland romeo_juliette rosa_luxemburg rosa_parks salvador_allende
    sherlock_holmes simone_de simone_veil stephane_hessel stephane_plaza suzanne_lenglen theodore_monod
    therese_desqueyroux therese_raquin thierry_mugler thomas_edison tom_sawyer tristan_iseult tristan_yseult
    victor_hugo victor_schoelcher vincent_auriol vincent_van wangari_maathai wilhelm_meister willy_wonka
    youri_gagarine yves_delorme yves_montand yves_rocher""".split()  # noqa: SIM905
)
"""Given names and surnames of those whose names streets, schools, prizes and brands bear with no word for it, and of
heroes of works."""


def is_famous(name: str) -> bool:
    """Tell whether a full name is one that shops, prizes and places bear with no word for it."""
    return any(are_famous(*pair) for pair in pairwise(KNOWN_WORDS[word].plain for word in name.split()))


def are_famous(first: str, second: str) -> bool:
    """Tell whether two folded words, what is elided before them apart, are such a name."""
    return (first[elision(first) :], second[elision(second) :]) in _FAMOUS
