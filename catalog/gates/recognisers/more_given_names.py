"""More given names: rarer ones, and those of neighbours from Germany, Portugal, Italy, Poland, the Maghreb, Africa."""

from typing import Final

MORE_GIVEN_NAMES: Final = frozenset(
    """Abdallah Abdelali Abdelaziz Abdelhafid Abdelhak Abdelhakim Abdelhamid Abdelkrim Abdellatif Abdelmajid
    Abdelmalek Abdelouahab Abdennour Abderrahim Abderrahmane Abdeslam Abdou Abdoul Abdullah Aboubacar Achille Achraf
    Adel Adelino Adem Adil Adjaratou Adjoua Admir Adnan Adolphe Adriano Adrienne Adérito Affoué Afrim Agata Agim
    Agnese Agnieszka Agostinho Agron Ahlam Ahmet Aimée Aissatou Ajla Akim Akli Alassane Alba Albano Albertina
    Albertine Albina Alda Aldo Aleksander Aleksandra Alen Alessandra Alessio Alexander Alexandrine Alexane Alfio
    Alfonso Alfredo Alina Aliou Alioune Alizée Almin Almir Almira Aloyse Aloïs Alphonsine Althéa Alvaro Alya Alípio
    Amara Amaury Ambre Ambroise Amedeo Amel Amela Amidou Aminata Amine Amira Amra Américo Ana Anabela Anas Anastasia
    Andrea Andreas Andreia Andrzej Andy Anela Aneta Angelina Angelo Anja Anke Ann Annalisa Annaëlle Anne-Sophie
    Annie Annunziata Anouar Anouk Anselme Antje Antonella Antonia Antonino Antónia António Anwar Aníbal Apolline
    Arben Arda Arezki Ariane Aristide Armande Armando Armel Armin Armindo Arnaldo Arno Arta Arthur Artur Arturo Asma
    Asmaa Assane Assetou Assunta Athénaïs Atilla Attilio Auban Augusta Augustine Augusto Aurelio Aurélia Ava Avelino
    Avni Awa Ayden Ayhan Aykut Ayla Aylan Aylin Ayman Aymane Aymar Aymen Aynur Aysel Ayşe Azem Azra Azzedine Aïssata
    Babacar Babeth Bachir Badia Badr Bajram Bakary Bartolomeo Bartosz Bastian Beatriz Bekim Bekir Belaid Belarmino
    Belkacem Belmira Ben Benedetta Benedikt Benito Benny Bento Berat Berkay Bernardin Bernardo Bernd Bertille Besnik
    Bettina Betül Bianca Biljana Bintou Birgit Björn Blerim Blerina Bogdan Bogoljub Boguslaw Bojan Boleslaw Borislav
    Boualem Boubacar Bouchra Bozena Brandon Branislav Branka Branko Brian Brice Bronislaw Bronislawa Bruna Bryan
    Burak Burcu Béatrix Bébert Bénédicte Bérangère Bérénice Bülent Calixte Calogero Calvin Camila Camillo Canan
    Cansu Carl Carlota Carmela Carmelo Carolina Carsten Cassandre Catarina Caterina Cathie Cathérine Cemal Cengiz
    Cesare Cevdet Chadia Chafik Chahinez Charel Charly Chaïma Cheick Cheikh Cheikhou Cherifa Chiara Chris Christa
    Christel Christiana Christiano Christoph Christopher Cidália Cihan Cinzia Claire Clara Claudio Claus Clelia
    Clotaire Cloé Clélia Conceição Concetta Conrad Constant Constantin Corrado Cosima Cosimo Coskun Coumba Cricri
    Cristian Cristiano Cyndie Cyrielle Czeslaw Czeslawa Cátia Cédric Célestine Célina Dalibor Dalila Damiana Damir
    Danijel Danuta Dany Daoud Daouda Dario Dariusz Darko Davide Davor Deborah Dejan Delfim Delfina Delia Demba Demet
    Denisa Deniz Deolinda Derya Diana Dieter Dilek Dina Dino Diogo Djamel Djibril Djénéba Dolorès Domenica Domenico
    Domingas Donatella Donatien Donato Doris Dorota Dorothea Dounia Dragan Dragana Dragoljub Drazen Driss Drissa
    Dritan Duarte Dusan Dusko Duygu Dzemal Dzenana Déborah Dédé Désirée Ebru Eddy Edgar Edgard Edin Edoardo Edson
    Eduardo Edyta Ekrem Elena Eleonora Eliana Elias Elif Elina Eline Elio Eliot Elisa Elisabete Elisabetta Elise
    Elke Ella Elmedina Eloan Elouan Eloïse Elvir Elvira Elvire Elvis Elyna Elzbieta Emanuele Emeline Emeric Emilio
    Emin Emina Emine Emir Emrah Emre Emília Enes Enisa Ennio Enrico Enrique Ensar Erdal Erdogan Eren Ergün Erkan
    Ermanno Ermelinda Ermin Ernestine Erol Erwann Esad Esma Esra Esther Ettore Eudes Eugenia Eugenio Eugeniusz
    Eulalie Euria Evan Evelyn Ewa Ewelina Ezio Fabian Fabiana Fabiano Fabiola Fabrizio Fadela Fadil Fadila Fadime
    Faiza Fantine Faouzi Farah Farida Faruk Fathi Fatih Fatma Fatmir Fatna Fatos Fatou Faustine Fausto Fawzi Fayçal
    Faïçal Federica Federico Felicia Felipe Felismina Ferdinando Ferhat Fernande Ferréol Fethi Feyza Fifi Figen
    Fikret Fikreta Filipa Filippo Filiz Filomena Fiona Firmin Firmine Flamur Flavien Flavio Fleur Florentin Florinda
    Fodé Fouad Foucauld Fouzia Franca Francesco Francisca Franciszek Franz Fred Freddy Frederic Friedrich Fulbert
    Furkan Félicie Félicien Gabi Gabriela Gabriele Gabriella Gaby Gaetana Gaetano Gamze Gaoussou Gary Gaspare
    Gauthier Gauvain Gennaro Genowefa Geoffroy Georgia Geraldine Gerda Gertrud Ghania Ghislain Ghita Ghizlane
    Giacomo Giancarlo Gianfranco Gianluca Gianmarco Gianni Giannina Gigi Gilberto Gilda Gina Ginette Gioacchino
    Giorgio Giovanna Girolamo Gisela Gitti Giuliana Giuliano Giulio Giuseppina Glenn Gonca Gontran Gonçalo Goran
    Gordana Graziano Graziella Grazyna Graça Greg Gregory Greta Grzegorz Grégoire Grégory Gréit Guglielmo Guido
    Guilhem Guilherme Guillaume Guillaumette Guillemette Gustave Gustavine Gustavo Guy Gwenaëlle Gwendoline Gégé
    Géraldine Gérôme Gëzim Gökhan Gönül Gülay Gülsen Gülsüm Günter Günther Güven Habib Habiba Hadjer Hadrien Hafid
    Hafida Hafsa Hajar Hajrudin Hakan Hakim Hakima Halide Halil Halim Halima Halina Hamdi Hamed Hamid Hamida Hamidou
    Hamit Hamza Hanae Hanane Hanna Hannah Hannes Hans Hansi Harald Haris Harouna Harry Hasan Hasib Hasna Hassan
    Hassane Hassiba Havva Hawa Hayat Haydar Hayet Haïfa Heidi Heike Heinz Helena Helene Helga Helmut Henri Henriette
    Henrique Henriqueta Henryk Hermann Herminie Hermínia Hervé Hicham Hichem Hieu Hildegard Hildegarde Hind
    Hippolyte Hoang Honoré Horst Houcine Houda Houria Hubert Hugo Hugues Huguette Hung Huong Hussein Huyen Hyacinthe
    Hélder Hélia Hélio Héloïse Hélène Hülya Hüseyin Ian Ibrahim Ibrahima Ibro Idalina Idriss Idrissa Idália Ignace
    Ignazio Igor Ihsane Iker Ikram Ilan Ilda Ilham Ilhan Iliana Ilias Ilir Ilker Ilyan Ilyas Ilyès Ilídio Imad Imane
    Imen Immacolata Imran Inaya Ines Ingrid Inès Ioana Iolanda Irena Irfan Irina Iris Irma Irmgard Irène Isa Isaac
    Isabel Isabella Isabelle Isaline Isaura Isaure Isidore Ismahane Ismail Ismaël Ismet Issa Issam Issiaka Issouf
    Ivan Ivano Ivo Ivone Iwona Izet Jacek Jacinta Jacinthe Jacinto Jack Jackie Jacky Jacob Jacqueline Jacques
    Jacquot Jade Jadranka Jadwiga Jaime Jakob Jakub Jalal Jalil Jamal James Jamila Jan Jana Jang Janina Janusz
    Jaroslaw Jasmina Jawad Jean Jeanine Jeanne Jeannette Jeannine Jeannot Jeff Jehanne Jelena Jemp Jempi Jennifer
    Jenny Jeremy Jerzy Jessica Jessy Jhang Jhemp Jihane Jil Jimmy Jipé Joachim Joana Joaquina Jocelyn Joe Joep
    Johannes Johnny Jojo Jolan Jolanta Jonas Jonathan Jordane Jorgina Joris Josef Josefa Josefina Josiane Josselin
    Josué Josy Josée Joséphine Jovan Jovana Joy Joyce Jozef Joël Juan Jude Judicaël Judith Juju Juliane Julio Julián
    Jupp Justyna Jutta Jérémie Jérémy Jérôme Jörg Jürgen Kaan Kader Kadiatou Kadidia Kadidiatou Kadir Kahina Kamil
    Kamila Kaoutar Karen Karl Karol Karolina Katarzyna Katharina Kathleen Kathy Katja Katrin Kazimiera Kazimierz
    Kaïs Kelly Keltoum Kelya Kemal Ken Kenan Kenny Kenzo Kerem Kerim Kerstin Ketty Khadidja Khady Khalid Khalil
    Khanh Khedidja Kheira Kilian Killian Kim Kinga Klaus Koffi Kofi Konstantin Kouadio Kouamé Koumba Kristina
    Krystian Krystyna Krzysztof Kujtim Kurt Kylian Kylie Kyllian Kätti Kévin Kübra Lahcen Lahouari Lakhdar Lalie
    Lambert Lamine Lana Lara Larbi Larissa Lassana Lassina Laszlo Latifa Laurane Laureen Laurette Laurie-Anne
    Laurinda Laurine Laurène Layla Lazar Lazare Laïla Leandro Leila Lejla Lena Lenny Lenzo Leokadia Leonardo Leonel
    Leonilde Leonor Leonora Leontine Leopoldina Leslie Leszek Levent Levi Leyla Lia Liana Liane Lidia Liham Lili
    Liliana Lily Lina Linda Linh Lino Lisandro Lise Lisette Lison Livia Livio Liz Ljiljana Ljubica Loane Loann Loick
    Lola Lolo Lony Loredana Lorena Lorette Lorine Lorène Lotfi Lothaire Loubna Louisette Louka Louna Lounes Loup
    Loïs Luana Lubin Lucas Lucia Luciana Luciano Lucien Lucile Lucille Lucinda Lucrèce Lucília Ludmila Ludo Ludwik
    Luigi Luigina Luisa Luka Lukas Lukasz Luljeta Lulu Luna Lurdes Lutz Luzia Lyam Lyana Lydia Lyes Lylou Lysiane
    Léana Léandre Léane Léocadie Léonard Lévana Lígia Lúcio Maciej Madalena Mado Mady Maeva Mafalda Magalie Magda
    Magdalena Magdeleine Mahamadou Mahdi Maher Maia Maimouna Maja Makan Malgorzata Malia Malick Malo Malvina
    Mamoudou Mandy Manel Manfred Manlio Manolo Manoë Mansour Manu Manuela Mara Marcela Marceline Marcelino Marcella
    Marcellin Marcelline Marcello Marcelo Marcin Marcus Marek Margarida Margaux Margot Margret Margrit Maria-João
    Mariame Mariana Mariangela Mariano Maribel Marie-Claire Marie-Josée Marielle Mariette Marilyn Marilyne Marinette
    Mariola Marion Marisa Mariusz Mark Marko Markus Marlon Marlyse Marouane Marta Martial Martim Martina Martyna
    Marvin Marwa Marwan Maryne Marzena Marília Massimiliano Massimo Mateo Mateus Mateusz Mathew Mathurin Mathurine
    Mathys Mathéa Matilde Matis Matisse Matteo Matthew Matthéo Mattia Maude Maureen Mauricette Mauro Maurício Max
    Maximilian Maya Mayeul Maylis Maysa Maé Maëlie Maëly Maëva Maï Maïssa Maïwenn Mehdy Mehtap Melek Melike Melvin
    Melvyn Mensur Mercedes Meriam Meriem Merima Merlin Merve Meryem Messaoud Messaouda Metin Metty Mia Micael
    Micaela Michaela Michal Michalina Michał Michela Michele Michelina Micheline Mieczyslaw Miguel Mika Mikael Mila
    Milan Milica Milly Milo Milos Miloud Mimi Mimoun Mimouna Mina Minh Miodrag Miralem Mireille Mirela Mirella
    Miriam Mirjana Mirko Miroslav Miroslawa Mirsad Mirza Misch Modibo Moez Mohammad Moise Mokhtar Mokrane Moktar
    Momo Moncef Monia Monica Monika Morgane Moriba Moritz Mouhamed Mouloud Mouna Mounia Mounira Mourad Moustapha
    Moïra Moïse Muamer Muhamed Muhammed Mujo Mumu Munira Murat Murielle Musa Mustafa Muzaffer Mylène Myrtille Márcia
    Márcio Mélanie Mélia Mélisande Mélissande Mélusine Nabila Nacer Nacera Naci Nadine Nadir Nadjet Nadjia Nadjib
    Nafissatou Nahel Nahil Nahla Najib Najoua Nan Nanou Narcisse Nasreddine Nasser Nassim Nassima Natalia Natalie
    Natasha Nath Nathanaël Natércia Nawel Nazli Nazzareno Naël Naïa Naïma Ndeye Nebojsa Nedim Nedzad Neil Nello
    Nelly Nelson Nemanja Nenad Nermin Nesrine Nestor Nevena Nevzat Neyla Ngoc Nhung Niakalé Nico Nicola Nicolaï
    Nicole Nicoletta Nicolo Nicéphore Nihad Nihat Nikola Nilda Nils Nilüfer Nini Nino Ninon Nisrine Niyazi Noam Noan
    Noha Nolhan Nolwenn Nono Norah Nordine Noreddine Nour Noura Noureddine Noémia Noëla Nuno Nunzia Nunzio Nurcan
    Nuri Nurten Nusret Néckel Nélia Nélya Nídia Octave Octavie Océane Odete Odilon Oguz Okan Oksana Oktay Olaf Oleg
    Olinda Oliver Olivia Olympe Omer Onur Onésime Orazio Oreste Orhan Oriane Orlando Orlane Ornella Orsolya Osman
    Oswald Othilie Othmane Ottavio Otto Otávio Otília Ouarda Ouassila Oumaïma Oumou Ousmane Ousseynou Ozan Pacôme
    Palmira Palmiro Pamela Paolina Pascaline Pasquale Pasqualino Patoche Patricio Patrizia Patrycja Paula Paulette
    Paulin Pauline Paulo Pawel Pedro Peggy Perceval Petar Peter Petra Phil Philibert Philiberte Philip Philipp
    Philippine Philomène Philémon Phuc Phuong Piedade Pierangelo Pierina Pierluigi Pierre-Yves Pierrick Pierrot
    Pietro Pilar Pinar Piotr Pol Predrag Priscilla Prune Przemyslaw Pélagie Pénélope Quang Quincy Quitterie Quoc
    Quyen Rabah Rabia Rachel Radmila Radomir Radoslaw Radovan Rafael Rafaela Rafal Raffaele Raffaella Rafik Rahma
    Raimondo Rainer Rajko Ralph Ramata Ramazan Ramona Ramzi Ramón Rania Ranko Ranya Raphaela Raphaëlla Raquel Rasim
    Ratko Rayane Raïssa Rebecca Rebiha Recep Reda Redha Redouane Refik Regine Reinhard Remzi Remzija Renata Renate
    Renato Renaud Renzo Resad Riad Riccardo Ricky Ridha Rifat Rim Riri Ritchie Rkia Robbie Robby Roberta Rocco Roch
    Rocío Rogério Rokia Romana Romane Romano Romaric Romuald Romy Ronan Rosalba Rosalina Rosanna Rosario Rose
    Rosemarie Rosemonde Rosette Rossana Rosária Roxane Ruben Rudi Rudolf Rudy Ruggero Rui Rukiye Ruth Ryad Ryan
    Ryszard Réda Régina Régis Réjane Rémy Saad Saadia Sabah Sabina Sabri Sadik Sadio Safa Safae Safet Safiatou Sahin
    Sahra Saida Sajid Sakina Salem Salif Saliha Salim Salima Salimata Salma Salvador Salvatore Sam Samantha Samba
    Sami Samira Samuele Sana Sanaa Sandie Sandrina Sandro Sandy Sanela Sanja Santiago Santino Saoirse Sarra Sascha
    Sasha Saskia Saverio Sead Sean Seb Sebastian Sedat Sekou Selena Selim Selin Selçuk Semih Semir Semra Senad
    Senada Sepp Serafino Serap Serdar Sergueï Serkan Servane Sevda Sevgi Sevim Seydou Sezgin Sharon Shaïna Shirley
    Siaka Sibel Sibylle Sidiki Sidonie Siegfried Sigrid Sihem Silke Silvana Silvano Silvestro Silvia Silvina Silvio
    Simona Simonetta Simonne Simão Siméon Sinan Sirine Sixte Sixtine Sladjana Slavica Slavko Slawomir Slimane
    Slobodan Smail Snezana Soan Sofiane Sofie Sohan Soizic Solenne Songül Sonja Sonny Souad Soufiane Souhaila
    Souleymane Soumaya Stacy Stan Stanislaw Stanislawa Stefan Stefania Stefano Steffi Stelio Stella Steph Stephan
    Stephen Stojan Suad Suada Sulejman Susana Susi Suzel Suzie Suzon Sven Svenja Svetlana Svetozar Swann Sybille
    Sylvana Sylvestre Sylvette Sylviane Sylwia Szymon Sébastian Sébastiano Ségolène Sékouba Sélim Séléna Séraphin
    Séraphine Süleyman Tadeusz Taha Tahar Tamara Tancrède Taner Tania Tanja Tao Taoufik Tarik Tatjana Tayeb Tayfun
    Taïna Teddy Telma Telmo Teodoro Teresina Teresinha Tess Tessa Tessy Thanh Thao Thaïs Thelma Theresia Thiago
    Thibauld Thibaut Thilo Thomas Thorsten Thuy Théid Théodora Théophile Tiana Tidiane Tiffany Tihomir Tilio Timo
    Timothy Timéa Tina Tino Titi Titouan Tiziana Tiémoko Tobias Tolga Tomasz Tomislav Tommaso Tomás Toni Tonio
    Toufik Toussaint Tracy Trinh Tristane Trung Tuan Tugba Tugdual Tullio Tuncay Tuncer Turgut Tuyet Tycho Tylian
    Tyméo Türkan Ubaldo Ufuk Ugur Uli Ulli Ulrich Ulrike Umberto Umut Urbain Urs Ursula Ursule Urszula Uschi Ute Uwe
    Valbona Valdemar Valentina Valentino Valeria Valon Valter Valère Valérian Valéry Vanda Vanina Vedad Velimir
    Veljko Vera Verena Vesna Vianney Vicky Victorine Viktor Viktoria Vincenza Vinciane Virgil Virgile Virgilio
    Virgínia Vitalie Vito Vitor Vittoria Vittorio Vivi Viviana Vjosa Vladimir Vlado Vojislav Volkan Volker Vânia
    Véra Véro Vítor Waclaw Wafa Wafaa Wahiba Waldemar Waleed Walter Waltraud Wanda Warda Wassila Wendy Werner Wided
    Wieslaw Wieslawa Wiktor Wilfrid Wilfried Wilhelm Willem Willi Willy Wissam Witold Wladyslaw Wladyslawa Wojciech
    Wolfgang Xhevdet Xiomara Xuan Xénia Yacouba Yael Yahia Yahya Yakup Yamina Yan Yanice Yanna Yannis Yara Yasar
    Yasin Yasmin Yasmine Yasser Yassin Yassir Yavuz Yazid Yaël Yeliz Yilmaz Ylan Ymane Yoan Yoann Yohann Yolaine
    Yoran Youcef Youna Yousra Youssouf Ysaline Ysé Yuna Yunus Yuri Yusuf Yvan Yvana Yveline Yvonnick Zafer Zahia
    Zahra Zaineb Zakaria Zakia Zaneta Zaza Zaïd Zbigniew Zdenka Zdravko Zdzislaw Zehra Zeinabou Zejna Zeki Zelda
    Zeliha Zeljko Zenon Zeynep Ziad Zijad Zinedine Zita Zizou Zlata Zlatko Zofia Zoran Zorica Zoubida Zoubir Zouhir
    Zoulikha Zulmira Zuzanna Zvonko Zygmunt Zélia Zélie Zéphyrin Zübeyde Änder Édith Éliott Éloi Émeline Émeric
    Énora Évan Özgür Özlem Ümit""".split()  # noqa: SIM905 - words to be read
)
