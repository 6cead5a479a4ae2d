"""Surnames of people who live here, in lower case without accents: Lorraine, Luxembourg, and where both come from.

Enough to be sure of many full names, never all: what is missing is left to form and to the language model.
"""

from typing import Final

SURNAMES: Final = frozenset(
    """abbas abdallah abdellaoui abdelli abdi abed abreu acar achour adam adamczyk adamski ademi adnet adrovic
    agovic aguiar aguilar ahmed ahmeti aissani aissaoui ait akin aksoy aktas alexandre ali alic allain allali
    allaoui allard allouche almeida alonso altun alves amar amara amaral amari amato ammari amorim amrani amrouche
    andrade andre andreani andrzejewski angelini antoine antoni antunes aouadi araujo arnaud arnould arnoux arslan
    aslan atas atmani attia aubert aubry auger aumont avci avdic ayad aydin aymard azevedo azizi azouz azzouz
    babacic babic bach bachelet bachir backes badaoui badji bagayoko bah bahri bailly bajrami bakhti bakri balci
    balde ballet bamba banaszak baptista baranowski barbe barbier barbieri barbosa bardet bardin baron barone barre
    barreau barret barreto barros barry barthelemy bartkowiak bartz basaran bassene bassi bastian bastide bastien
    bastos bataille bathily batista battaglia battistella baudin baudoin baudry bauer baumann bausch bayram bazin
    beaufils beaumont becker begic begovic behrami belaid belaidi belarbi belhadj belhaj belhocine belkacem belkadi
    belkhir bellanger bellil bellini benabdallah benaissa benali benamar benaouda benard benatia benbrahim bencheikh
    bencherif bendaoud benedetti benhaddou benhamida benhamou benjelloun benkacem benkhelifa benmansour benmohamed
    benmoussa bennacer bennani benoist benomar bensaid bensalem benslimane bensouda bento benyahia benyamina
    benyoucef benziane beqiri berger bergmann berisha bernard bernardi berrada berthelot berthier bertin bertoldi
    bertolini bertrand besch besnard bessa besse besson bettendorf bettinger beyer bianchi bichler bielecki biever
    biewer bigorgne bigot billard binet bintner bintz biver blanc blanchard blanchet blaszczyk blazevic blin blondel
    blum bodin bodson boisson boivin bonetti bonnard bonneau bonnefoy bonnet bonnin bontemps borges borkowski
    bortolotti bortolussi boscolo bosnjak bossi bouabdallah bouali bouaziz bouazza bouchama bouchard bouchareb
    boucher bouchet bouchikhi boudiaf boudjemaa boughanem bougherara bouguerra boukhalfa boukhari boulanger boulay
    boumaza boumediene bouquet bour bouras bourdin bourdon bourgeois bousquet boussaid boutaleb bouvet bouvier
    bouzar bouziane bouzid bouzidi boyer bozic bozkurt brachmond braconnier braga brahimi brahmi branco brandao
    braun bretin breton briand brice brisset brito bronner brun bruneau brunel brunet brunetti bruni bruno
    brzezinski buisson bulut bureau burger burtin bytyqi cabral cadorin caetano cakir calado camacho camara campos
    caputo carbone cardoso carlier carneiro caron carpentier carre carreira carrilho caruso carvalho casagrande
    castro cattaneo cattani ceccato cecchini cecconi celik cerutti cetin ceylan chaabane chabane chabbi chabot
    chaibi chaker chalabi chalal chaouch chaoui charbonnier charef charfi charles charlier charpentier charrier
    chartier chauveau chauvet chauvin chebbi chebli chen cherfi cherif cherifi cherkaoui chevalier chevallier
    chevreux chevrier chikh chmielewski christmann ciccarelli cieslak cikotic cisse claude claudel claudon clemens
    clement clerc clesse coelho cohen colas colin collard collet collignon collin colnot colombo colson colussi
    combes compaore conrad contal conte conti conzemius coppola corbel cordeiro cordier correia coskun costa
    costantini coste coulibaly coulon courtois cousin couto couturier crepin cristofari cruz cunha cuny custodio
    cuvelier czarnecki czerwinski dabo dabrowski dahm dahmani dallavalle dalmolin dalpra dalstein damasio damico
    damore daniel danjou daoud daoudi dasilva david deangelis delacroix delage delahaye delannoy delattre delaunay
    delcourt delgado delic delmas delorme deltgen deluca dembele demir demirci demirel dengler denis deoliveira
    deprez derosa derradji dervisevic desantis desbois descamps deschamps desousa devaux diaby diakite diallo diarra
    dias diatta diaz didelot didierjean diederich dieudonne dijoux diop diouf ditsch dizdarevic djaballah djebali
    djebbar djellouli djemai djordjevic dogan domanski domingues donati dondelinger dordevic dossantos dostert
    doumbia drissi drouet drouin duarte dubois dubreuil dubuc duchene duclos ducrocq dudek dufour duhamel duman
    dumas dumont dumoulin duong dupin dupond dupont dupre dupuis dupuy durand durmaz duval eicher ekinci elamrani
    elidrissi elkhattabi elmansouri elouali elsen engel erdem erdogan ergin ernst eroglu esposito esteves etienne
    evangelista evora evrard ewen fabbri faber fabre facchin faivre falcao fares faria farina farinha fassi faure
    fautsch favero favier favre faye fayolle feiereisen fekir feliciano fellous felten feltes feltz ferhat fernandes
    fernandez ferrand ferrari ferraro ferraz ferreira ferretti ferri ferry feyereisen fialho figueiredo filali
    filipovic filippi fioretti fiorini fischbach fischer flament flammang fleury florentin fofana fonseca fontaine
    fontana forestier fornasier fortin foucher fouquet fournier frade franceschi franczak frantz franzini fraysse
    frazao freitas friedrich fristot fritsch fritz fuchs furlan furtado gaasch gabriel gaertner gaillard gajewski
    gallet galli gallo galvao gambini gameiro garcia garnier gashi gaspar gasparini gasparotto gatti gaudin gauthier
    gautier gawron gay gegout genay gengler genin gentile geoffroy georgel georges gerard gerber germain gervais
    ghali ghanem gharbi ghazi ghezali ghezzi ghorbel giacomini giannini gilbert gillen gillet gillot gilson giordano
    girard girardin giraud girelli giuliani giuliano gloden glowacki godard godfroy godinho goedert goergen goetz
    gomes gomez gomis goncalves gonzalez gorecki gorski gosselin goujon gouveia graas grabowski grand grandidier
    grandjean granger gras grassi grasso greco gregoire greisch grenier grgic grimaldi grondin gros grosjean gross
    grzelak gueguen guendouz guerard guerber guerin guerra guerreiro guessoum gueye guichard guidi guignard guilbert
    guillaume guillemin guillet guillon guillot guillou guilloux guimaraes guiraud guler gunes gurbuz gury gutierrez
    guven guyon guyot haas habibi hachemi hachimi haddad haddadi hadj hadji hadzic hahn hajdari hakimi halilovic
    hamadi hamadouche hamant hamdani hamdi hamel hames hamidi hamlaoui hammadi hammami hamman hammes hamon hamou
    hamouda hamoudi hamza hanriot hansen hanus haouari hardy hariri harmand hartmann hassan hassani haziri hebert
    hebrard heinen heinrich heintz helfer hemmen hemmer hemmerle hengel hengen hennequin henriot henriques henry
    hermann hernandez herve heymes hilbert hilger hippert hirsch hoarau hodzic hoffman hoffmann hofmann holtz horvat
    hoscheit hosseini houillon houin houot houpert hoxha huber hubert huberty huet hugon huguet hullin humbert
    hurstel huseinovic husic husson huynh hyseni ibrahimovic idrissi ilboudo ilic ilunga imamovic imbert ivanovic
    jaafari jablonski jabri jackel jacob jacobs jacoby jacquemin jacquemot jacques jacquet jacquot jaeger jager
    jakubowski jamet jaminet janiak janin jankovic jankowski jansen januario jashari jasinski jaworski jeandel
    jeanmaire jeanpierre jebali joly joubert jourdain jourdan jovanovic julien jullien juncker jung jurek juric kaba
    kabongo kabore kacem kaci kaczmarczyk kaczmarek kaddour kaddouri kadri kadriu kaes kahraman kaiser kalala
    kalinowski kaminski kane kania kanoute kante kaplan karaca karadag karakaya karakus karatas karic karst kasmi
    kastrati kauffman kauffmann kaya kayl kayser kazmierczak keita keller kelmendi kerschen keskin kessler khaldi
    khalfi khalil khatib khelifi khelladi khellaf kherbouche khiari kiefer kieffer kihn kilic kinnen kintziger kirch
    kirpach kirsch klees klein kleinclaus kleinhentz klimek klopp kneip knezevic koc koca kocak koch koehler koenig
    kohler kohn kolbach kolenovic kolodziej konan konate kone konieczny konsbruck konz korac korkmaz korkut kose
    kouadio kouame kouassi kouyate kovac kovacevic kowalczyk kowalski kozlowski kraemer krajewski krasniqi krause
    krawczyk krebs krecke kremer krier kries krol krumenacker krupa kryeziu krzyzanowski kubiak kubicki kucharski
    kugener kuhn kuntz kunz kurtovic kurtz kwiatkowski labbe lacerda lacombe lacour lacroix lafon lagarde lahaye
    lahlou lakhal lakhdari lallemand lallement lambert lambinet lamesch lamrani lamy landry lang langlois lanoe
    lapierre lapointe laporte larbi laroche larue laskowski lassalle lauer launay laurain laurent laux lavergne
    lavigne lazaar lazic lazreg lazzari lazzarini leal lebas leblanc lebon lebreton lebrun leclaire leclerc leclercq
    leclere lecocq lecomte lecuyer leduc lefebure lefebvre lefevre lefort legall legendre leger legrand legros
    lehmann leite lejeune lelievre leloup lemaire lemaitre lemoine lenert lenertz lenoir lentz leonard leone lepage
    leroux leroy lesage letellier leveque levy lewandowski leyder lhomme lhote lhuillier licina lima limani linster
    lobo loesch lombardi lopes lopez lorenz lorenzini lorscheider louis loureiro lourenco louro loutsch lucas
    lucchini ludmann ludovicy ludwig lukic lunardi luu lux maamar maarouf macedo machado maciejewski madani maffei
    magalhaes magnier mahdi mahe mahfoud mahmoudi maia maier maillard maillet maillot majerus majewski makhlouf
    makosso makowski malgras malheiro malinowski maliqi malki mallet malonga mancini mangen mangenot mangin mansour
    mansouri mansuy mantovani manzoni maouche marangoni marcal marchal marchand marchetti marciniak marcolin
    marechal mariani maric marin marinho marini marino markovic marques martel martin martinelli martinez martini
    martino martinovic martins marty marx mary marzouk marzouki maslowski massamba masse masson mathieu mathis
    matias matos mattei matuszewski maujean maurer maury mayer mazur mazurek mazza mazzola mazzoni mbaye mbemba
    mbodj mboup mebarki mebrouk meddah medeiros meder medjahed mehic mehmedovic mehmeti meier meireles meisch mekki
    mellouk melo menard mendes mendy menegazzi meneghini mengin mensah merabet mercier merle mersch merten mesquita
    messaoud messaoudi metz metzinger meunier meyer meziane mezouar michalak michalski michaud michaux michel
    micheletti michels mignot mihajlovic mikolajczyk milani milbert milenkovic milic millet milosevic miloud miloudi
    mimouni miranda mitrovic mladenovic modert mohamed mohr moitrier mokhtari mokrani molina molinari molitor moller
    mongeot moniz monnier montagne montanari monteiro monti mootz morais morand morandi moreau moreira morel morelli
    moreno moretti morin morina moroni morvan mota mougenot mougeot mougin mouhoub moukoko moulin moulinier mouloudi
    moura mourao mourot mousel moussaoui mueller muhlen muhlmann muhovic mujevic mujic mujkic mukendi muller munier
    munsch muratovic muric musliu mustafa mustafi mustafic mutlu mutombo nacer naceri naili nardi nardin nascimento
    nasri nassoy navarro ndao ndiaye ndoye negri neri neumann neves ney ngo ngoma nguema nguyen niang nickels
    nicolas nicoletti nicolle niedercorn nikolic nilles noel noesen nogueira noirot noirtin normand nosbusch nouri
    novais novak novakovic nowacki nowak nowakowski nowicki nunes nurkovic nussbaum oberweis obradovic oestreicher
    olinger oliveira olivier olivieri ollivier olszewski omerovic origer ornelas orsini osmani osmanovic ostrowski
    ouali ouattara ouazzani oubella oudin ouedraogo oukacha ozcan ozdemir ozel ozer ozkan ozturk pacheco paganini
    pages paiva palmieri palumbo paolini paquet paquin parent paris parisi parisot parmentier pascal pascoal pasini
    pasquali pasquier pasquini patricio paul pauly pavan pavlovic pawelczyk pawlak pawlowski payet pedrosa peixoto
    pelissier pellegrini pellegrino pelletier pellizzari peltier peltre pepic pepin pereira perez peric perin perini
    perkovic perrard perret perrier perrin perrot pesch pestana peter peters petit petitcolas petitdemange petitjean
    petrini petrovic petry pezzini pham phan philippe philipps picard pichard pichon pichot pierini pierre pierron
    pierrot pierson pietrzak pimenta pimentel pinheiro pinna pinto piotrowski piovesan piras pires pizzato pleimling
    poinsignon poirier poirot poisson polat poncelet pons poos popovic portela portier portzen potier pouget poulain
    poulet pozzi pozzo prates prevost prevot prigent prost proust pruvost przybyla przybylski qerimi quaring queiros
    queiroz quentin quere quintus quirin rabah rabhi radovanovic rahal rahmani rahmoun rahmouni raineri ramadani
    ramcilovic ramdane ramdani ramic ramos raposo rassel rastoder ratajczak rauch ravanelli raymond raynaud rebelo
    reckinger reding regnier reiffers reinert reinhard reis reiter remacle remy renard renaud renauld renault renzi
    resende reuter rexhepi rey reynaud rezgui rezzoug riahi ribeiro ricci ricciardi richard riegel ries riff rigaud
    righetti rinaldi rischard risser ristic rivet riviere rizzi rizzo robert robin robinet rocchi rocha roche
    rodrigues rodriguez roger rohr rolland rollinger romano romao rosa rosati rossetti rossi roth rousseau roussel
    rousset roux rouyer royer ruffin ruggiero ruiz ruppert russo rutkowski saadi sabatier sabotic sacko sadiku sadki
    sadowski sagna sahin sahli saidani saidi saintot sala salah salgado salhi salihovic salihu sall salmi salmon
    salvi salzard samake sampaio samson sanches sanchez sandri sangare sanna sanogo santini santoro santos saraiva
    sardinha sarr sartor sartori sauer saunier sauvage sauvageot savary savic sawadogo sawicki sayah scalabrin
    scarpa schaack schaefer schaeffer schafer schaff schanen schank schartz schaul schaus scheffer scherer scheuer
    schiavone schiltz schintgen schleck schleich schlesser schmartz schmidt schmit schmitt schmitz schneider
    schockmel schoen scholtes scholz schonberger schram schreiner schroder schroeder schubert schuller schultz
    schulz schumacher schuster schwab schwachtgen schwartz schweitzer schwinninger seabra sebbar sebti seck seguin
    seiler selimi selmi semedo senghor sequeira serra serrano serre severino shabani shala sibille sidibe siebenaler
    siebert sijaric sikora sikorski silva silvestri simao simas simic simoes simon simonet simonetti simonin
    simonini simonnet simsek sinner sissoko skenderovic skiba skrijelj skrzypczak slama slaoui slimani smaili soares
    sobczak soeiro sokolowski soltani sorel sorrentino souissi soumahoro soumare sousa souza sow soylu spagnolo
    spaus spautz speltz spielmann stachowiak stammet stankovic stanojevic stasiak staudt stauffer stefani stefanovic
    steffen steichen stein steiner steinmetz stephan stepien stoffel stojanovic stoltz streiff sulejmanovic suljic
    sylla szczepaniak szczepanski szewczyk szulc szymanski szymczak tahar tahiri tahri talbi taleb tanguy tardy
    tasic taskin tavares taylor tazi teixeira tekin terver tessier testa thaqi theato thebault thein theis theisen
    thevenin thiam thibault thiebaut thierry thill thirion thiry tholl thoma thomas thomassin thommes thorel
    thouvenin thouvenot thuillier thull tissot todorovic tomasini tomaszewski tomczak tomic tonelli toniolo tonon
    topal toprak torres tosic touati touil tounkara toure tournier toussaint trabelsi tran traore trausch tremblay
    trevisan trindade trinh tritz truong tshibangu tunc turan turkmen turmes turpin ucar ulusoy unal ungeheuer
    urbanski urbany urbing useldinger uysal uzun vagner valadares valance valente valenti valentin valentini valette
    vallee vallet vandenberghe varela vasconcelos vasic vasseur vauthier vautrin vaz vecchi veiga veloso ventura
    venturini verdier vernier viallet viana vianello viard vicente vicentini vidal vidigal vidovic viegas vieira
    viel vigneron vilela villani villard villemin vincent vinot visentin vitale vitali vitry viviani vogel voinot
    voisin vosgien vuckovic vuillaume vuillemin vukovic vuong wagener wagner walch walczak walkowiak walter wampach
    wantz warken wasilewski watrin wealer weber wehrung weicker weiler weimerskirch weirig weis weiss weisse welter
    wendel wendling werner wernert wester weydert weyland weyrich wieczorek wierzbicki wies wilhelm wilk wilmes
    wiltgen wiltzius wilwert winkler winter wirion wirth wirtz wisniewski witkowski wlodarczyk wojciechowski wojcik
    wolf wolff wolter wozniak wrobel wroblewski wysocki xavier xhemajli yahi yahia yahiaoui yalcin yaman yavuz
    yazici yildirim yildiz yilmaz yousfi youssef yuksel zago zahi zahlen zahraoui zaid zaidi zajac zakrzewski
    zalewski zambelli zambon zampieri zanardi zanchi zanella zanetti zanin zanni zanon zaoui zawadzki zeimes zeimet
    zejnilovic zemmouri zenati zeni zenner zeqiri zeroual zerouali zerrouki zeyen ziani zidane ziegler zielinski
    zilio zimmer zimmermann zingraff ziolkowski zitouni zivkovic zogaj zoghlami zongo zorzi zouaoui""".split()  # noqa: SIM905 - words to be read
)
