"""More given names: rarer ones, and those of neighbours from Germany, Portugal, Italy, Poland, the Maghreb, Africa."""

from typing import Final

MORE_GIVEN_NAMES: Final = frozenset(
    """Abdelaziz Abdelhamid Abdelkrim Abdellatif Abderrahmane Achille Adel Adil Adolphe Adrienne Ahmet Aimée
    Alassane Albertine Alda Aldo Alessandra Alexander Alexandrine Alexane Alfonso Alfredo Alina Aliou Alioune
    Alizée Aloyse Aloïs Althéa Alvaro Alya Ambre Ambroise Amel Aminata Amine Ana Anas Anastasia Andrea Andreas
    Andreia Andy Angelina Angelo Anke Ann Annaëlle Anne-Sophie Annie Anouar Anouk Antonia Antónia António
    Apolline Ariane Aristide Armande Armando Armel Arno Arthur Artur Asma Assane Athénaïs Auban Augusta Augusto
    Aurélia Ava Awa Ayla Aylin Ayman Aymar Aymen Azzedine Badr Bakary Bastian Ben Benedetta Benedikt Benny Bento
    Bernardin Bernd Bertille Bettina Bianca Birgit Björn Boubacar Bouchra Brandon Brian Brice Bryan Béatrix
    Bénédicte Bérangère Bérénice Calixte Calvin Camila Carl Carlota Carolina Carsten Cassandre Catarina Cathie
    Cathérine Charly Cheikh Cheikhou Chiara Chris Christa Christel Christiana Christiano Christopher Cihan
    Claire Clara Claus Clelia Cloé Clélia Conrad Constant Constantin Cosima Cristiano Cyndie Cyrielle Cédric
    Célestine Célina Dalila Damiana Dany Dario Davide Deborah Delfim Delia Denisa Diana Dieter Dina Dino Diogo
    Djibril Dolorès Domenico Donatien Doris Dorothea Driss Duarte Déborah Désirée Edgar Edgard Edson Eduardo
    Elena Eleonora Eliana Elias Elif Elina Eline Elio Elisa Elise Elke Ella Eloïse Elvira Elvire Emeline Emeric
    Emre Enrico Enrique Eren Erwann Esma Esther Eudes Eugenia Eulalie Euria Evan Evelyn Ezio Fabian Fabiana
    Fabiano Fabiola Faiza Fantine Faouzi Farah Fathi Fatma Fatou Faustine Federica Federico Felicia Felipe
    Fernande Fiona Firmin Firmine Flavien Flavio Fleur Florentin Fouad Franca Francesco Franz Fred Freddy
    Frederic Friedrich Félicie Félicien Gabriela Gabriele Gabriella Gary Gauthier Gauvain Georgia Geraldine
    Ghislain Ghizlane Giacomo Gianni Gina Giorgio Glenn Gonçalo Gregory Grégoire Grégory Guilhem Guillaume
    Guillaumette Guillemette Gustave Gustavine Guy Gwenaëlle Gwendoline Géraldine Gérôme Habib Hadrien Hafida
    Hakim Hakima Halima Hamid Hamza Hanna Hannah Hans Harald Harouna Harry Hasan Hassan Hassane Hassiba Hayat
    Heidi Heike Heinz Helena Helene Helga Helmut Henri Henriette Henrique Henriqueta Hermann Herminie Hervé
    Hicham Hind Hippolyte Honoré Horst Houcine Houda Houria Hubert Hugo Hugues Huguette Hussein Hyacinthe Hélio
    Héloïse Hélène Ian Ibrahim Ibrahima Idriss Ignace Igor Iker Ikram Ilan Ilham Iliana Ilias Ilyas Ilyès Imad
    Imane Imen Inaya Ines Ingrid Inès Ioana Irina Iris Irma Irène Isaac Isabel Isabella Isabelle Isaline Isaure
    Isidore Ismail Ismaël Issa Issam Ivan Ivo Jacinta Jacinthe Jack Jacky Jacob Jacqueline Jacques Jacquot Jade
    Jakob Jalil Jamal James Jamila Jan Jana Jean Jeanine Jeanne Jeannette Jeannine Jeff Jehanne Jennifer Jenny
    Jeremy Jessica Jessy Jil Jimmy Joachim Joana Jocelyn Joe Joep Johannes Johnny Jolan Jonas Jonathan Jordane
    Jorgina Joris Josef Josefa Josefina Josiane Josselin Josué Josy Josée Joséphine Joy Joyce Joël Juan Jude
    Judicaël Judith Juliane Julio Julián Jutta Jérémie Jérémy Jérôme Jörg Jürgen Kader Kadiatou Karen Karl
    Karolina Katarzyna Katharina Kathleen Kathy Katrin Kaïs Kelly Kemal Ken Kenny Kerstin Kheira Kilian Killian
    Kim Klaus Konstantin Kristina Krzysztof Kylian Kyllian Kévin Lahcen Lalie Lambert Lamine Lana Lara Larbi
    Larissa Laszlo Latifa Laurane Laureen Laurette Laurie-Anne Laurine Laurène Lazare Laïla Leandro Leila Lena
    Lenny Leonardo Leonor Leontine Leopoldina Leslie Levi Lia Liana Liane Lidia Lily Lina Linda Lino Lisandro
    Lise Lisette Lison Livia Livio Liz Loane Loick Lola Lorena Lorette Lorine Lorène Lothaire Louisette Louka
    Loup Lubin Lucas Lucia Luciano Lucien Lucile Lucille Lucrèce Luigi Luisa Luka Lukas Luna Lurdes Lydia Lyes
    Lylou Lysiane Léana Léandre Léane Léocadie Léonard Lévana Mady Maeva Magalie Magda Magdalena Magdeleine Maia
    Maja Malia Malick Malo Malvina Mamoudou Mandy Manel Manfred Manolo Manoë Mansour Manuela Mara Marcela
    Marcelino Marcello Marcelo Marcus Marek Margarida Margaux Margot Margret Margrit Maria-João Mariana Mariano
    Maribel Marie-Claire Marielle Mariette Marilyn Marilyne Marinette Marion Mariusz Mark Markus Marlon Marlyse
    Martial Martina Martyna Marvin Marwa Marwan Maryne Marília Massimo Mateo Mateus Mathew Mathurin Mathys
    Mathéa Matilde Matis Matisse Matteo Matthew Matthéo Mattia Maude Maureen Mauricette Mauro Maurício Max
    Maximilian Maya Maylis Maysa Maé Maëva Maï Maïssa Mehdy Melvin Melvyn Mercedes Meriam Meriem Merlin Meryem
    Messaoud Mia Michaela Michal Michał Michela Michele Miguel Mika Mikael Mila Milan Milo Mina Mireille Miriam
    Mirko Miroslav Moez Mohammad Moise Moktar Monica Monika Morgane Moritz Mouhamed Mouna Mounia Mourad Moïra
    Moïse Mylène Myrtille Mélanie Mélia Mélisande Mélusine Nabila Nacer Nadine Nadir Nadjet Nadjia Nahel Nahla
    Najib Nan Narcisse Nasser Nassim Nassima Natalia Natalie Natasha Nathanaël Nawel Naël Naïma Neil Nelly
    Nelson Nestor Neyla Nico Nicola Nicolaï Nicole Nicéphore Nilda Nils Nino Ninon Nisrine Noam Noan Noha
    Nolwenn Norah Nordine Noreddine Nour Noureddine Noëla Nuno Nélia Octave Octavie Océane Odilon Olaf Oleg
    Oliver Olivia Olympe Omer Onésime Oriane Orlando Orlane Orsolya Oswald Othilie Othmane Otto Otília Ouassila
    Oumaïma Oumou Ousmane Pacôme Palmira Pamela Paolina Pascaline Patricio Patrizia Patrycja Paula Paulette
    Paulin Pauline Paulo Pedro Peggy Perceval Peter Petra Phil Philibert Philip Philipp Philippine Philomène
    Philémon Piedade Pierre-Yves Pierrick Pietro Pilar Pol Prune Pélagie Pénélope Quincy Quitterie Rabah Rachel
    Rafael Rafaela Raffaele Rahma Ralph Ramona Ramón Rania Raphaela Raphaëlla Raquel Rayane Raïssa Rebecca Reda
    Regine Reinhard Renata Renate Renato Renaud Riad Riccardo Ricky Rim Ritchie Robbie Roberta Rocco Roch Rocío
    Romana Romane Romano Romaric Romuald Romy Ronan Rosalina Rosario Rosemonde Rosette Rosária Roxane Ruben Rudi
    Rudolf Rudy Rui Ruth Ryad Ryan Réda Régina Régis Réjane Rémy Saad Sabri Sadio Safa Safiatou Sahra Sajid
    Sakina Salem Salif Salima Salma Salvador Salvatore Sam Samantha Samba Sami Samira Sana Sandie Sandrina
    Sandro Sandy Santiago Saoirse Sarra Sascha Saskia Sean Sebastian Selena Selim Sergueï Servane Seydou Sharon
    Shirley Sibylle Sidonie Siegfried Sigrid Silke Silvana Silvia Silvio Simona Simonetta Simonne Simão Siméon
    Sixte Sixtine Sofiane Sofie Soizic Solenne Sonny Souad Soufiane Souhaila Souleymane Stacy Stan Stefan
    Stefania Stefano Steffi Stelio Stella Stephan Stephen Suzel Suzie Suzon Sven Svenja Svetlana Swann Sybille
    Sylvana Sylvestre Sylvette Sylviane Sébastian Sébastiano Ségolène Sélim Séléna Séraphin Séraphine Tamara
    Tancrède Tania Tanja Tao Tatjana Taïna Telma Teresinha Tess Tessa Thaïs Thelma Theresia Thiago Thibauld
    Thibaut Thilo Thomas Thorsten Théodora Théophile Tiana Tiffany Tilio Timo Timothy Tina Titouan Tiziana
    Tobias Tomasz Tomás Toni Toussaint Tracy Tristane Tugdual Tycho Ulrich Ulrike Umberto Urbain Urs Ursula
    Ursule Uwe Valentina Valentino Valeria Valère Valérian Valéry Vanina Vera Verena Vianney Vicky Viktor
    Viktoria Vinciane Virgil Virgile Vitalie Vitor Viviana Vladimir Vânia Véra Vítor Wafa Waldemar Waleed Walter
    Wendy Werner Wiktor Wilfrid Wilfried Wilhelm Willem Willy Wissam Wolfgang Xiomara Xénia Yacouba Yael Yahya
    Yan Yanice Yanna Yannis Yara Yasmin Yasmine Yassin Yassir Yaël Ymane Yoan Yoann Yohann Yolaine Yoran Youcef
    Youna Youssouf Ysaline Ysé Yuna Yuri Yusuf Yvan Yvana Zahra Zakaria Zaneta Zaïd Zelda Ziad Zinedine Zita
    Zoubir Zoulikha Zulmira Zuzanna Zélie Zéphyrin Édith Éliott Éloi Émeline Émeric Énora Évan Özlem""".split()  # noqa: SIM905 - words to be read
)
