"""Surnames of people who live here, in lower case without accents: Lorraine, Luxembourg, and where both come from.

Enough to be sure of many full names, never all: what is missing is left to form and to the language model.
"""

from typing import Final

SURNAMES: Final = frozenset(
    """abdallah abdi adam adnet aguilar ahmed ait alexandre ali allain allard almeida alonso alves amar amara amari
    amrani andre andreani angelini antoine antoni antunes arnaud arnould arnoux arslan aslan aubert aubry auger
    aumont aydin aymard azevedo babic bach bachelet backes bah bailly balde ballet bamba barbe barbier barbieri
    barbosa bardet bardin baron barre barreau barret barros barry barthelemy bartz bastian bastide bastien
    bataille batista battaglia baudin baudry bauer baumann bazin beaufils beaumont becker begic belhadj belhaj
    belkacem bellanger benaissa benali benamar benard bendaoud benhaddou benhamou benmoussa benoist bensaid
    bensalem bento benyahia berger bergmann berisha bernard berthelot berthier bertin bertolini bertrand besnard
    besse besson bettendorf bettinger beyer bianchi biever biewer bigorgne bigot billard binet bintz biver blanc
    blanchard blanchet blin blondel blum bodin boisson boivin bonnard bonneau bonnet bonnin bontemps borges bossi
    bouaziz bouchama bouchard bouchareb boucher bouchet boudjemaa boukhalfa boulanger boulay boumediene bouquet
    bour bouras bourdin bourdon bourgeois bousquet bouvet bouvier bouzid bouzidi boyer braconnier brahimi branco
    braun bretin breton briand brice brisset brun bruneau brunel brunet bruni bruno buisson bulut bureau burger
    burtin bytyqi caetano camara campos carbone cardoso carlier caron carpentier carre carreira caruso carvalho
    castro celik cetin chabot chaouch chaoui charbonnier charles charlier charpentier charrier chartier chauveau
    chauvet chauvin chen cherif cherifi chevalier chevallier chevreux chevrier christmann cisse claude claudel
    claudon clemens clement clerc clesse coelho colas colin collard collet collignon collin colnot colombo colson
    combes conrad conte conti coppola corbel cordier correia costa costantini coste coulibaly coulon courtois
    cousin couturier crepin cruz cunha cuny cuvelier dabo daniel danjou dasilva david delacroix delage delahaye
    delannoy delaunay delmas delorme deltgen deluca dembele demir dengler denis deoliveira deprez dervisevic
    desbois descamps deschamps desousa devaux diaby diakite diallo diarra dias diaz didelot didierjean diederich
    dieudonne dijoux diop diouf ditsch djaballah djebbar djellouli djordjevic dogan domingues dossantos dostert
    doumbia drouet drouin duarte dubois dubreuil dubuc duchene duclos ducrocq dufour duhamel dumas dumont dumoulin
    duong dupin dupond dupont dupre dupuis dupuy durand duval eicher engel ernst esposito esteves etienne evrard
    ewen fabbri faber fabre faivre faria farina faure favier favre faye fayolle feiereisen fellous felten feltz
    fernandes fernandez ferrand ferrari ferreira ferri ferry feyereisen figueiredo fischbach fischer flament
    fleury fofana fonseca fontaine fontana forestier fortin foucher fouquet fournier frantz fraysse freitas
    friedrich fristot fritsch fritz fuchs gabriel gaillard gallet galli gallo garcia garnier gashi gaspar gatti
    gaudin gauthier gautier gay gegout genay genin gentile geoffroy georgel georges gerard gerber germain gervais
    gharbi ghazi ghorbel gilbert gillen gillet gillot gilson giordano girard girardin giraud godard goergen goetz
    gomes gomez goncalves gonzalez gosselin goujon gouveia grabowski grand grandjean granger gras grasso greco
    gregoire grenier grimaldi gros grosjean gross gueguen guendouz guerard guerin guerra gueye guichard guignard
    guilbert guillaume guillemin guillet guillot guillou gunes gutierrez guyon guyot haas haddad hadj hadzic hahn
    hamdi hamel hamidi hamman hammes hamon hamza hanriot hansen hardy harmand hartmann hassan hebert heinen
    heinrich heintz helfer hemmen hengen hennequin henriot henriques henry hermann hernandez herve heymes hilbert
    hilger hoarau hodzic hoffman hoffmann hofmann holtz horvat hoscheit hosseini houillon houot houpert hoxha
    huber hubert huet hugon huguet humbert hurstel husic husson huynh ilic imbert jackel jacob jacobs jacoby
    jacquemin jacques jacquet jacquot jamet janin jankowski jansen jeandel jeanpierre joly jourdain jourdan
    jovanovic julien jullien jung kaba kaci kaddour kaiser kaminski kane kante karaca karst kauffmann kaya kayl
    kayser keita keller kelmendi kessler khaldi khelifi khelladi kieffer kihn kilic kirch kirsch klees klein
    kleinhentz klopp koc koch koehler kohler konate kone konz korkmaz kouadio kouassi kovac kovacevic kowalczyk
    kowalski kraemer krasniqi krause krawczyk kremer krier kuhn kuntz kunz kurtz labbe lacombe lacroix lafon
    lagarde lahaye lahlou lallemand lallement lambert lambinet lamesch lamy landry lang langlois lanoe lapointe
    laporte larbi laroche larue lassalle lauer launay laurent lavergne lavigne lebas leblanc lebon lebrun leclerc
    leclercq lecocq lecomte lecuyer leduc lefebure lefebvre lefevre lefort legendre leger legrand legros lehmann
    lejeune lelievre leloup lemaire lemaitre lemoine lenertz lenoir leonard leone lepage leroux leroy lesage
    letellier leveque levy lewandowski lhomme lhote lhuillier lima lobo loesch lombardi lopes lopez lorenz
    lorscheider louis lourenco lucas ludwig luu lux machado magalhaes magnier mahe mahfoud maier maillard maillet
    maillot majerus majewski mallet mancini mangen mangenot mangin mansour mansouri mansuy marchal marchand
    marchetti marechal mariani marin marinho marini marino markovic marques martel martin martinelli martinez
    martini martins marx mary masse masson mathieu mathis matos maurer maury mayer mazur mazza mazzoni mbaye
    mebarki medeiros mehmedovic meier melo mendes mendy mengin mensah mercier merle mersch merten messaoudi metz
    meunier meyer meziane michalski michaud michel michels mignot millet milosevic mohamed mokhtari mokrani molina
    molitor moller monnier montagne montanari monteiro monti morais morand moreau moreira morel moreno moretti
    morin morina morvan mota mougenot mougeot mougin mouhoub moulin moulinier moura mourot mueller muhlen muhlmann
    muller munier muratovic nascimento navarro ndiaye negri neri neumann neves ney ngo nguyen niang nickels
    nicolas nicolle nikolic nilles noel noesen nogueira noirot noirtin normand novak nowak nowicki nunes nussbaum
    oberweis olinger oliveira olivier olivieri ollivier omerovic origer ouali ouattara oubella oudin ozdemir ozkan
    ozturk pacheco pages palumbo paquet parent paris parisot parmentier pascal pasquier paul pauly pavlovic
    pawlowski payet pellegrini pellegrino pelletier peltier pepin pereira perez perrard perret perrier perrin
    perrot pesch peter peters petit petitdemange petitjean petrovic petry pham phan philippe picard pichard pichon
    pichot pierre pierron pierrot pierson pimenta pinheiro pinto piotrowski pires pleimling poirier poirot poisson
    polat poncelet pons poos portier potier pouget poulain poulet prevost prigent prost proust pruvost queiros
    quentin quere quintus quirin rahmani rahmouni ramos raymond raynaud reckinger reding regnier reiffers reinert
    reis reiter remacle remy renard renaud renault reuter rey reynaud ribeiro ricci richard riegel ries riff
    rigaud rinaldi rivet riviere rizzi rizzo robert robin robinet rocha roche rodrigues rodriguez roger rolland
    rollinger romano rosa rossi roth rousseau roussel rousset roux rouyer royer ruffin ruiz russo saadi sabatier
    sacko sahin saidi saintot sala salgado salihovic sall salmon salvi samake sampaio samson sanchez sangare sanna
    sanogo santini santos sarr sauer saunier sauvage savary schaack schaefer schaeffer schafer schaul scherer
    scheuer schiltz schintgen schleich schmidt schmit schmitt schmitz schneider schockmel schoen scholtes scholz
    schonberger schram schreiner schroder schroeder schubert schuller schultz schulz schumacher schuster schwartz
    schweitzer seck seguin serra serrano serre shala sibille sidibe simao simoes simon simonet simonin simonnet
    simsek sinner sissoko slimani soares sorel soumare sousa souza sow spautz staudt stauffer steichen stein
    steiner steinmetz stephan stoffel stojanovic sylla szymanski tahar tahri taleb tanguy tardy tavares taylor
    teixeira tekin terver tessier testa theato thebault theis theisen thevenin thiam thibault thiebaut thierry
    thill thiry thoma thomas thomassin thommes thorel thouvenin thouvenot thuillier tissot tomic torres touati
    toure tournier toussaint tran traore trausch tremblay trinh truong turmes turpin urbany useldinger vagner
    valance valente valentin valentini valette vallee vallet vandenberghe varela vasseur vauthier vautrin vaz
    verdier vernier viallet viana viard vidal vieira viel vigneron villard villemin vincent vinot vitale vitry
    vogel voisin vosgien vuillaume vuillemin vuong wagner walter wampach wantz watrin weber weiler weis weiss
    weisse welter wendling werner wernert weydert weyland wies wilhelm wilmes wiltgen winkler winter wirtz
    wisniewski wojcik wolf wolff wozniak xavier yahiaoui yildirim yildiz yilmaz zanetti zanon zaoui zeimet zenner
    zerrouki ziani zidane ziegler zielinski zimmer zimmermann zitouni zoghlami""".split()  # noqa: SIM905 - words to be read
)
