"""Given names of people who live here: French, and those that Italy, Portugal, Luxembourg and the Maghreb brought.

Enough to see most full names, never all: names that are missing here are left to the language model.
"""

from typing import Final

from catalog.gates.recognisers.more_given_names import MORE_GIVEN_NAMES
from catalog.gates.recognisers.recogniser import folded

GIVEN_NAMES: Final = frozenset(
    """Aaron Abdel Abdelkader Abdellah Abdoulaye Adam Adama Adèle Adeline Adrien Adriana Agathe Agnès Ahmed Aïcha Aimé
    Alain Alan Alban Albane Albert Alberto Alessandro Alessia Alex Alexandra Alexandre Alexia Alexis Alfred Ali
    Alice Alicia Aline Alix Alphonse Amadou Amandine Amélie Amina Amir Ana Anaïs Anatole Andréa André Andrée Ange
    Angela Angèle Angélique Anissa Anita Anna Annabelle Anne Annette Annick Annie Anthony Antoine Antoinette
    Antonin Antonio Apolline Arlette Armand Armelle Arnaud Arsène Arthur Assia Astrid Aubin Audrey Auguste
    Augustin Aurélie Aurélien Aurore Axel Axelle Aya Aymeric Ayoub Aziz Baptiste Barbara Basile Bastien Béatrice
    Benjamin Benoît Berenice Bernadette Bernard Berthe Bertrand Bilal Blanche Blandine Boris Brahim Brigitte Bruno
    Camille Candice Capucine Carine Carla Carlo Carlos Carmen Carole Caroline Cassandra Catherine Cathy Cécile
    Cédric Célestin Céline Célia Chantal Charles Charlène Charline Charlotte Chloé Christelle Christian Christiane
    Christine Christophe Cindy Clara Clarisse Claude Claudette Claudia Claudine Clémence Clément Clémentine Cléo
    Clotilde Colette Coline Colin Constance Coralie Corentin Corinne Côme Cristina Cyprien Cyril Cyrille Damien
    Daniel Daniela Danièle Danielle Danny Daphné David Débora Delphine Denis Denise Desmond Diane Didier Diego
    Dimitri Djamila Dominique Domingos Dorian Dorothée Dylan Edith Edmond Edouard Édouard Edwige Éléonore Eliane
    Éliane Élias Elie Élie Eliott Élisa Élisabeth Elisabeth Élise Élodie Elodie Éloïse Elsa Emile Émile Émilie
    Emilie Emma Emmanuel Emmanuelle Enzo Eric Éric Erika Ernest Ernesto Erwan Estelle Esteban Ethan Étienne
    Etienne Eugène Eugénie Eva Évelyne Evelyne Ève Fabien Fabienne Fabio Fabrice Fanny Farid Fatiha Fatima
    Fatoumata Félix Ferdinand Fernand Fernanda Fernando Filipe Flavie Flora Florence Florent Florian Florine
    France Francesca Francesco Francine Francis Francisco Franck François Françoise Frank Frédéric Frédérique
    Gabin Gabriel Gabrielle Gaël Gaëlle Gaétan Gaspard Gaston Gautier Geneviève Geoffrey Georges Georgette Gérald
    Gérard Germain Germaine Ghislain Ghislaine Gilbert Gilberte Gilles Gino Giovanni Gisèle Giulia Giuseppe
    Grégory Guillaume Gustave Guy Gwenaëlle Habib Hadrien Hakim Hamid Hamza Hanna Hassan Hatice Hélène Héloïse
    Henri Henriette Hervé Hicham Hocine Honoré Hortense Hubert Hugo Hugues Husseyin Ibrahim Ibtissem Idriss Ikram
    Ilyes Imane Imène Inès Ingrid Irène Iris Isabelle Isaac Ismaël Issa Ivan Jacky Jacqueline Jacques Jade Jamel
    Jamila Jan Janine Jason Jasmine Jean Jeanine Jeanne Jeannine Jennifer Jérémie Jérémy Jérôme Jessica Jimmy
    Joachim Joana Joanna João Joaquim Jocelyne Joël Joëlle Johan Johanna John Jonathan Jordan Jorge José Joseph
    Joséphine Josette Josiane Jos Joshua Juan Jules Julia Julian Juliana Julie Julien Juliette Justin Justine
    Kamel Karim Karima Karine Katia Katy Kenza Kevin Kévin Khadija Khaled Laetitia Laëtitia Lamia Laura Laure
    Laurence Laurent Laurie Léa Léna Léo Léon Léonie Léopold Leïla Leila Liam Lila Lilian Liliane Lilou Lina Linda
    Lionel Lisa Lise Loana Loïc Lola Lorenzo Lou Louane Louis Louisa Louise Loris Luc Luca Lucas Lucette Lucie
    Lucien Lucienne Ludivine Ludovic Luigi Luis Luisa Lydia Lydie Lyna Maël Maëlle Maëlys Madeleine Magali Mahmoud
    Maï Malek Malik Malika Mamadou Manon Manuel Manuela Marc Marceau Marcel Marcelle Marco Margaux Margot
    Marguerite Maria Mariam Marianne Marie Mariama Marina Marine Mario Marion Marius Marjorie Marlène Marthe
    Martin Martine Maryam Maryline Maryse Maryvonne Mathéo Mathias Mathieu Mathilde Mathis Matteo Matthias
    Matthieu Maud Maurice Maurizio Max Maxence Maxime Maximilien Mehdi Mehmet Mélanie Mélina Mélissa Mériem
    Michaël Mickaël Michel Michèle Michelle Miguel Mike Mireille Mohamed Mohammed Mohand Monique Morgan Morgane
    Moussa Mounir Mourad Muriel Mustapha Myriam Nabil Nadège Nadia Nadine Naïm Najat Nancy Naomi Natacha Nathalie
    Nathan Nawal Nicolas Nicole Nina Noa Noah Noé Noël Noëlle Noémie Nolan Nora Norbert Nouria Océane Odette Odile
    Olga Olivia Olivier Omar Ophélie Oscar Oumar Ousmane Pablo Paola Paolo Pascal Pascale Patrice Patricia Patrick
    Paul Paule Paulette Pauline Pedro Perrine Philippe Pierre Pierrette Pietro Quentin Rachel Rachid Rachida Raoul
    Raphaël Raphaëlle Rayan Raymond Raymonde Régine Régis Rémi Rémy Renaud René Renée Ricardo Richard Rita Robert
    Roberto Robin Rodolphe Rodrigue Rodrigo Roger Roland Rolande Romain Romane Roméo Rosa Rosalie Roselyne Rosine
    Rui Sabine Sabrina Sacha Safia Saïd Salah Salima Salomé Samia Samir Samuel Samy Sandra Sandrine Sara Sarah
    Sébastien Selma Serge Sergio Séverine Sidonie Siham Simon Simone Sofia Sofiane Solange Solène Soline Sonia
    Sophia Sophie Soraya Stanislas Stéphane Stéphanie Steve Steven Suzanne Sylvain Sylvaine Sylvette Sylvia
    Sylviane Sylvie Tanguy Tania Tarek Tatiana Teresa Thaïs Théa Théo Théodore Thérèse Thibaud Thibault Thibaut
    Thierry Thomas Tiago Tim Timéo Timothée Tina Tom Tony Tristan Ugo Valentin Valentine Valérie Vanessa Vasco
    Véronique Vicente Victor Victoire Victoria Vincent Vincenzo Violette Virginie Vivien Viviane Walid Wassim
    William Willy Xavier Yacine Yann Yannick Yanis Yasmina Yasmine Yassine Yohan Yolande Younes Youssef Yves
    Yvette Yvon Yvonne Zacharie Zakaria Zara Zineb Zoé Zohra""".split()  # noqa: SIM905 - words to be read
)

FOLDED_GIVEN_NAMES: Final = frozenset(folded(name) for name in GIVEN_NAMES | MORE_GIVEN_NAMES)
"""The same and more in lower case, without accents."""
COMMON_WORDS: Final = frozenset(
    """aime aimee alba alma ange anges aube aurore ava awa bah ben blanche bois brice candice capucine carmen charles
    chris claire clara clemence clementine col constance constant dan dany diane dina dino dominique edgar elle
    elvis espace esther eve fifi fleur flora florence florent france franck gabriel germain greta guy heinz iris
    ivo jade jan jean jeannot jeans jil joy juste kim kylie lac lana lara laure laurent lena lia liane lili lin
    lino lise lison liz lola lou louis loup lourdes luc lulu luna lys mai maia maja mali malo mara marc marie
    marin marine marion mark mars martial martin matisse max maxime may mercedes mia micheline mila milly milo
    mimi mina modeste nan nathalie nil nils nina nini noel nour octave olympe ore otto pacome parfait paris pascal
    pascale paul pierre pierrot pol prudence prune ralph regine reine remi rene rim roch romain romana romane
    romano rosa rose ruben ruth salem salma salvador sam sana serge simon sol stan stella swann tess tim tom toni
    tony toussaint tristan urbain ursule val vera victoire victor victoria vincent violette virgile vivien xavier
    yan zaza zita""".split()  # noqa: SIM905 - words to be read
)
"""Given names that are words, places or brands too: alone with an unknown word they tell nothing."""
