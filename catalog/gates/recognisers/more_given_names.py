"""More given names: rarer ones, and those of neighbours from Germany, Portugal, Italy, Poland, the Maghreb, Africa."""

from typing import Final

MORE_GIVEN_NAMES: Final = frozenset(
    """Abdallah Abdelaziz Abdelhak Abdelhakim Abdelhamid Abdelkrim Abdellatif Abdelmajid Abdelmalek Abderrahim
    Abderrahmane Abdou Achille Adel Adil Adjoua Adnan Adolphe Adriano Adrienne Affoué Agim Agnieszka Agostinho
    Ahlam Ahmet Aimée Aissatou Ajla Akim Alassane Albertine Albina Alda Aldo Alessandra Alexander Alexandrine
    Alexane Alfonso Alfredo Alina Aliou Alioune Alizée Almir Aloyse Aloïs Althéa Alvaro Alya Alípio Amara Ambre
    Ambroise Amel Aminata Amine Amra Américo Ana Anas Anastasia Andrea Andreas Andreia Andrzej Andy Angelina
    Angelo Anja Anke Ann Annaëlle Anne-Sophie Annie Annunziata Anouar Anouk Antje Antonella Antonia Antónia
    António Anwar Apolline Arben Ariane Aristide Armande Armando Armel Armin Armindo Arno Arta Arthur Artur Asma
    Asmaa Assane Assetou Assunta Athénaïs Auban Augusta Augusto Aurélia Ava Avelino Awa Ayla Aylin Ayman Aymar
    Aymen Aysel Ayşe Azra Azzedine Aïssata Babacar Babeth Badr Bakary Bastian Bekim Belkacem Belmira Ben Benedetta
    Benedikt Benny Bento Bernardin Bernd Bertille Besnik Bettina Bianca Biljana Bintou Birgit Björn Blerim Bogdan
    Boguslaw Bojan Boubacar Bouchra Brandon Branka Brian Brice Bryan Burak Béatrix Bébert Bénédicte Bérangère
    Bérénice Bülent Calixte Calvin Camila Carl Carlota Carmela Carmelo Carolina Carsten Cassandre Catarina Cathie
    Cathérine Cemal Chafik Charly Chaïma Cheikh Cheikhou Cherifa Chiara Chris Christa Christel Christiana
    Christiano Christoph Christopher Cihan Claire Clara Claus Clelia Cloé Clélia Conceição Concetta Conrad
    Constant Constantin Cosima Cosimo Coumba Cricri Cristiano Cyndie Cyrielle Czeslaw Cédric Célestine Célina
    Dalila Damiana Danuta Dany Daouda Dario Dariusz Davide Deborah Dejan Delfim Delia Denisa Deniz Deolinda Derya
    Diana Dieter Dina Dino Diogo Djamel Djibril Djénéba Dolorès Domenico Domingas Donatella Donatien Donato Doris
    Dorothea Dragan Dragana Driss Drissa Duarte Dusan Dzenana Déborah Dédé Désirée Edgar Edgard Edin Edson Eduardo
    Elena Eleonora Eliana Elias Elif Elina Eline Elio Eliot Elisa Elisabete Elise Elke Ella Elouan Eloïse Elvira
    Elvire Elvis Elzbieta Emeline Emeric Emina Emine Emre Emília Enes Enrico Enrique Erdal Erdogan Eren Ergün
    Erkan Ermin Erwann Esma Esther Ettore Eudes Eugenia Eulalie Euria Evan Evelyn Ewa Ezio Fabian Fabiana Fabiano
    Fabiola Fadila Fadime Faiza Fantine Faouzi Farah Fathi Fatih Fatma Fatmir Fatos Fatou Faustine Fausto Federica
    Federico Felicia Felipe Felismina Fernande Fifi Fikret Filippo Filomena Fiona Firmin Firmine Flamur Flavien
    Flavio Fleur Florentin Florinda Fouad Fouzia Franca Francesco Franz Fred Freddy Frederic Friedrich Félicie
    Félicien Gabi Gabriela Gabriele Gabriella Gaby Gaetano Gaoussou Gary Gauthier Gauvain Gennaro Georgia
    Geraldine Gerda Gertrud Ghislain Ghita Ghizlane Giacomo Gianni Gigi Gilda Gina Ginette Giorgio Giovanna Gisela
    Gitti Giuseppina Glenn Gonçalo Goran Gordana Graziella Grazyna Greg Gregory Greta Grzegorz Grégoire Grégory
    Guido Guilhem Guillaume Guillaumette Guillemette Gustave Gustavine Guy Gwenaëlle Gwendoline Gégé Géraldine
    Gérôme Gëzim Gökhan Gülay Gülsüm Günter Günther Güven Habib Hadrien Hafid Hafida Hajrudin Hakan Hakim Hakima
    Halil Halima Halina Hamed Hamid Hamit Hamza Hanane Hanna Hannah Hannes Hans Hansi Harald Haris Harouna Harry
    Hasan Hassan Hassane Hassiba Havva Hawa Hayat Heidi Heike Heinz Helena Helene Helga Helmut Henri Henriette
    Henrique Henriqueta Hermann Herminie Hervé Hicham Hieu Hildegard Hind Hippolyte Hoang Honoré Horst Houcine
    Houda Houria Hubert Hugo Hugues Huguette Hung Huong Hussein Huyen Hyacinthe Hélder Hélio Héloïse Hélène
    Hüseyin Ian Ibrahim Ibrahima Idalina Idriss Ignace Ignazio Igor Iker Ikram Ilan Ilham Iliana Ilias Ilir Ilyas
    Ilyès Imad Imane Imen Immacolata Inaya Ines Ingrid Inès Ioana Irena Irina Iris Irma Irmgard Irène Isa Isaac
    Isabel Isabella Isabelle Isaline Isaura Isaure Isidore Ismail Ismaël Issa Issam Issouf Ivan Ivo Jacinta
    Jacinthe Jacinto Jack Jackie Jacky Jacob Jacqueline Jacques Jacquot Jade Jadwiga Jakob Jalal Jalil Jamal James
    Jamila Jan Jana Janusz Jaroslaw Jasmina Jean Jeanine Jeanne Jeannette Jeannine Jeannot Jeff Jehanne Jelena
    Jemp Jempi Jennifer Jenny Jeremy Jerzy Jessica Jessy Jil Jimmy Jipé Joachim Joana Joaquina Jocelyn Joe Joep
    Johannes Johnny Jojo Jolan Jolanta Jonas Jonathan Jordane Jorgina Joris Josef Josefa Josefina Josiane Josselin
    Josué Josy Josée Joséphine Jovana Joy Joyce Joël Juan Jude Judicaël Judith Juju Juliane Julio Julián Jupp
    Jutta Jérémie Jérémy Jérôme Jörg Jürgen Kader Kadiatou Kamil Karen Karl Karolina Katarzyna Katharina Kathleen
    Kathy Katja Katrin Kazimierz Kaïs Kelly Kemal Ken Kenny Kenzo Kerstin Khady Khanh Kheira Kilian Killian Kim
    Klaus Koffi Kofi Konstantin Kouadio Kouamé Kristina Krystyna Krzysztof Kurt Kylian Kylie Kyllian Kévin Lahcen
    Lakhdar Lalie Lambert Lamine Lana Lara Larbi Larissa Lassana Laszlo Latifa Laurane Laureen Laurette
    Laurie-Anne Laurine Laurène Lazare Laïla Leandro Leila Lejla Lena Lenny Leonardo Leonor Leontine Leopoldina
    Leslie Leszek Levi Leyla Lia Liana Liane Lidia Liham Lili Lily Lina Linda Linh Lino Lisandro Lise Lisette
    Lison Livia Livio Liz Ljiljana Loane Loann Loick Lola Lolo Lorena Lorette Lorine Lorène Lotfi Lothaire Loubna
    Louisette Louka Loup Lubin Lucas Lucia Luciano Lucien Lucile Lucille Lucrèce Ludo Luigi Luigina Luisa Luka
    Lukas Lulu Luna Lurdes Lutz Lyam Lydia Lyes Lylou Lysiane Léana Léandre Léane Léocadie Léonard Lévana Madalena
    Mado Mady Maeva Magalie Magda Magdalena Magdeleine Maia Maimouna Maja Makan Malgorzata Malia Malick Malo
    Malvina Mamoudou Mandy Manel Manfred Manolo Manoë Mansour Manu Manuela Mara Marcela Marcelino Marcelline
    Marcello Marcelo Marcus Marek Margarida Margaux Margot Margret Margrit Maria-João Mariame Mariana Mariano
    Maribel Marie-Claire Marielle Mariette Marilyn Marilyne Marinette Marion Mariusz Mark Marko Markus Marlon
    Marlyse Martial Martina Martyna Marvin Marwa Marwan Maryne Marília Massimo Mateo Mateus Mathew Mathurin Mathys
    Mathéa Matilde Matis Matisse Matteo Matthew Matthéo Mattia Maude Maureen Mauricette Mauro Maurício Max
    Maximilian Maya Mayeul Maylis Maysa Maé Maëlie Maëva Maï Maïssa Maïwenn Mehdy Melvin Melvyn Mercedes Meriam
    Meriem Merlin Meryem Messaoud Metty Mia Micaela Michaela Michal Michał Michela Michele Micheline Mieczyslaw
    Miguel Mika Mikael Mila Milan Milica Milly Milo Milos Mimi Mina Minh Mireille Miriam Mirjana Mirko Miroslav
    Mirsad Misch Modibo Moez Mohammad Moise Mokhtar Moktar Momo Monica Monika Morgane Moriba Moritz Mouhamed
    Mouloud Mouna Mounia Mourad Moïra Moïse Mumu Mustafa Muzaffer Mylène Myrtille Mélanie Mélia Mélisande
    Mélissande Mélusine Nabila Nacer Nadine Nadir Nadjet Nadjia Nafissatou Nahel Nahla Najib Nan Nanou Narcisse
    Nasser Nassim Nassima Natalia Natalie Natasha Nath Nathanaël Nawel Naël Naïa Naïma Ndeye Neil Nelly Nelson
    Nemanja Nenad Nermin Nestor Neyla Ngoc Nhung Nico Nicola Nicolaï Nicole Nicéphore Nihat Nikola Nilda Nils Nini
    Nino Ninon Nisrine Noam Noan Noha Nolhan Nolwenn Nono Norah Nordine Noreddine Nour Noura Noureddine Noëla Nuno
    Nunzio Nurcan Nuri Nélia Octave Octavie Océane Odilon Okan Olaf Oleg Oliver Olivia Olympe Omer Onur Onésime
    Orhan Oriane Orlando Orlane Ornella Orsolya Osman Oswald Othilie Othmane Otto Otília Ouassila Oumaïma Oumou
    Ousmane Ousseynou Pacôme Palmira Pamela Paolina Pascaline Pasquale Patoche Patricio Patrizia Patrycja Paula
    Paulette Paulin Pauline Paulo Pawel Pedro Peggy Perceval Petar Peter Petra Phil Philibert Philip Philipp
    Philippine Philomène Philémon Phuc Phuong Piedade Pierina Pierre-Yves Pierrick Pierrot Pietro Pilar Piotr Pol
    Prune Pélagie Pénélope Quang Quincy Quitterie Quoc Quyen Rabah Rachel Radovan Rafael Rafaela Raffaele Rafik
    Rahma Rainer Ralph Ramata Ramazan Ramona Ramón Rania Raphaela Raphaëlla Raquel Ratko Rayane Raïssa Rebecca
    Reda Redouane Regine Reinhard Remzi Renata Renate Renato Renaud Riad Riccardo Ricky Ridha Rim Riri Ritchie
    Robbie Robby Roberta Rocco Roch Rocío Rogério Romana Romane Romano Romaric Romuald Romy Ronan Rosalina Rosario
    Rosemonde Rosette Rosária Roxane Ruben Rudi Rudolf Rudy Rui Ruth Ryad Ryan Ryszard Réda Régina Régis Réjane
    Rémy Saad Sabri Sadio Safa Safiatou Sahra Sajid Sakina Salem Salif Saliha Salima Salimata Salma Salvador
    Salvatore Sam Samantha Samba Sami Samira Sana Sandie Sandrina Sandro Sandy Sanja Santiago Santino Saoirse
    Sarra Sascha Sasha Saskia Sead Sean Seb Sebastian Sekou Selena Selim Selin Senad Sepp Serdar Sergueï Servane
    Sevgi Sevim Seydou Sharon Shirley Siaka Sibel Sibylle Sidiki Sidonie Siegfried Sigrid Silke Silvana Silvano
    Silvia Silvio Simona Simonetta Simonne Simão Siméon Sinan Sirine Sixte Sixtine Slavica Slawomir Slimane
    Slobodan Snezana Soan Sofiane Sofie Sohan Soizic Solenne Sonny Souad Soufiane Souhaila Souleymane Stacy Stan
    Stanislaw Stefan Stefania Stefano Steffi Stelio Stella Steph Stephan Stephen Suada Susi Suzel Suzie Suzon Sven
    Svenja Svetlana Swann Sybille Sylvana Sylvestre Sylvette Sylviane Sébastian Sébastiano Ségolène Sélim Séléna
    Séraphin Séraphine Süleyman Tadeusz Tahar Tamara Tancrède Tania Tanja Tao Taoufik Tatjana Taïna Telma Telmo
    Teresinha Tess Tessa Thanh Thao Thaïs Thelma Theresia Thiago Thibauld Thibaut Thilo Thomas Thorsten Thuy Théid
    Théodora Théophile Tiana Tidiane Tiffany Tilio Timo Timothy Tina Tino Titi Titouan Tiziana Tiémoko Tobias
    Tomasz Tomás Toni Tonio Toufik Toussaint Tracy Trinh Tristane Trung Tuan Tugdual Tuncay Turgut Tuyet Tycho
    Tylian Tyméo Ugur Uli Ulli Ulrich Ulrike Umberto Urbain Urs Ursula Ursule Urszula Uschi Ute Uwe Valdemar
    Valentina Valentino Valeria Valon Valère Valérian Valéry Vanina Vera Verena Vesna Vianney Vicky Viktor
    Viktoria Vinciane Virgil Virgile Vitalie Vitor Vivi Viviana Vladimir Volker Vânia Véra Véro Vítor Wafa
    Waldemar Waleed Walter Waltraud Wanda Warda Wendy Werner Wieslaw Wiktor Wilfrid Wilfried Wilhelm Willem Willi
    Willy Wissam Wladyslaw Wojciech Wolfgang Xhevdet Xiomara Xuan Xénia Yacouba Yael Yahia Yahya Yan Yanice Yanna
    Yannis Yara Yasin Yasmin Yasmine Yassin Yassir Yaël Yilmaz Ylan Ymane Yoan Yoann Yohann Yolaine Yoran Youcef
    Youna Youssouf Ysaline Ysé Yuna Yuri Yusuf Yvan Yvana Yveline Zahra Zakaria Zaneta Zaza Zaïd Zbigniew Zdravko
    Zeinabou Zelda Zeynep Ziad Zinedine Zita Zizou Zlatko Zofia Zoran Zoubida Zoubir Zoulikha Zulmira Zuzanna
    Zélie Zéphyrin Zübeyde Édith Éliott Éloi Émeline Émeric Énora Évan Özgür Özlem Ümit""".split()  # noqa: SIM905 - words to be read
)
