"""Surnames of people who live here, in lower case without accents: Lorraine, Luxembourg, and where both come from.

Enough to be sure of many full names, never all: what is missing is left to form and to the language model.
"""

from typing import Final

SURNAMES: Final = frozenset(
    """abdallah abdi adam adnet aguilar ahmed ait alexandre ali allain allard almeida alonso alves amar amara amari
    amrani andre andreani angelini antoine antoni antunes arnaud arnould arnoux aubert aubry auger aumont aymard
    azevedo bach bachelet bah bailly balde ballet bamba barbe barbier barbosa bardet bardin baron barre barreau
    barret barros barry barthelemy bartz bastian bastide bastien bataille batista battaglia baudin baudry bauer
    baumann bazin beaufils beaumont becker belhadj belkacem bellanger benali benamar benard benhamou benoist
    bensaid bento benyahia berger bergmann bernard berthelot berthier bertin bertrand besnard besse besson
    bettendorf bettinger beyer bianchi biever biewer bigorgne bigot billard binet bintz biver blanc blanchard
    blanchet blin blondel blum bodin boisson boivin bonnard bonneau bonnet bonnin bontemps borges bossi bouaziz
    bouchard bouchareb boucher bouchet boudjemaa boulanger boulay bouquet bour bourdin bourdon bourgeois
    bousquet bouvet bouvier bouzid boyer braconnier brahimi branco braun bretin breton briand brice brisset brun
    bruneau brunel brunet bruni bruno buisson bureau burger burtin caetano camara campos carbone cardoso carlier
    caron carpentier carre carreira caruso carvalho castro chabot chaoui charbonnier charles charlier
    charpentier charrier chartier chauveau chauvet chauvin chen cherif chevalier chevallier chevreux chevrier
    christmann cisse claude claudel clemens clement clerc clesse coelho colas colin collard collet collignon
    collin colnot colombo colson combes conrad conte conti corbel cordier correia costa costantini coste
    coulibaly coulon courtois cousin couturier crepin cruz cunha cuny cuvelier daniel danjou dasilva david
    delacroix delage delahaye delannoy delaunay delmas delorme deltgen deluca dengler denis deoliveira deprez
    desbois descamps deschamps desousa devaux diaby diallo diarra dias diaz didelot didierjean diederich
    dieudonne dijoux diop diouf ditsch djaballah djebbar domingues dossantos dostert drouet drouin duarte dubois
    dubreuil dubuc duchene duclos ducrocq dufour duhamel dumas dumont dumoulin dupin dupond dupont dupre dupuis
    dupuy durand duval eicher engel ernst esposito esteves etienne evrard ewen faber fabre faivre faria faure
    favier favre faye fayolle feiereisen fellous felten feltz fernandes fernandez ferrand ferrari ferreira ferri
    ferry feyereisen figueiredo fischbach fischer flament fleury fofana fonseca fontaine fontana forestier
    fortin foucher fouquet fournier frantz fraysse freitas friedrich fristot fritsch fritz gabriel gaillard
    gallet galli gallo garcia garnier gaspar gaudin gauthier gautier gay gegout genay genin gentile geoffroy
    georgel georges gerard gerber germain gervais ghazi ghorbel gilbert gillen gillet gillot gilson giordano
    girard girardin giraud godard goergen goetz gomes gomez goncalves gonzalez gosselin goujon gouveia grand
    granger gras greco gregoire grenier grimaldi gros grosjean gross gueguen guendouz guerard guerin guerra
    guichard guignard guilbert guillaume guillemin guillet guillot guillou gutierrez guyon guyot haas haddad
    hadj hamdi hamel hammes hamon hamza hanriot hansen hardy hartmann hassan hebert heinen heinrich heintz
    helfer hemmen hengen henriot henriques henry hermann hernandez herve heymes hilbert hilger hoarau hoffman
    hoffmann holtz hoscheit hosseini houot hubert huet hugon huguet humbert husson imbert jackel jacob jacobs
    jacoby jacquemin jacques jacquet jacquot jamet janin jansen jeandel jeanpierre joly jourdain jourdan julien
    jullien jung kaba kaci kaddour kaiser kaminski kane karst kauffmann kayl kayser keita keller kessler khaldi
    khelifi kieffer kihn kirch kirsch klees klein klopp koch kohler konate kone konz kowalczyk kowalski kraemer
    kremer krier kuhn kunz kurtz labbe lacombe lacroix lafon lagarde lahaye lahlou lallemand lallement lambert
    lamesch lamy landry lang langlois lanoe lapointe laporte larbi laroche larue lassalle launay laurent
    lavergne lavigne lebas leblanc lebon lebrun leclerc leclercq lecocq lecomte lecuyer leduc lefebure lefebvre
    lefevre lefort legendre leger legrand legros lejeune lelievre leloup lemaire lemaitre lemoine lenertz lenoir
    leonard leone lepage leroux leroy lesage letellier leveque levy lewandowski lhomme lhote lhuillier lima lobo
    loesch lombardi lopes lopez lorenz louis lourenco lucas ludwig luu lux machado magalhaes magnier mahe
    maillard maillet maillot majerus mallet mancini mangen mangin mansouri mansuy marchal marchand marchetti
    marechal marin marinho marini marino marques martel martin martinez martini martins marx mary masse masson
    mathieu mathis matos maurer maury mayer mazur mazza mazzoni mebarki medeiros meier melo mendes mendy mengin
    mercier merle mersch merten messaoudi metz meunier meyer meziane michaud michel michels mignot millet
    mohamed mokhtari molina molitor monnier montagne monteiro monti morais morand moreau moreira morel moreno
    moretti morin morvan mota mougenot mougin moulin moulinier moura mourot mueller muhlen muller munier
    nascimento navarro negri neri neumann neves ney nguyen nickels nicolas nicolle nilles noel noesen nogueira
    noirot normand nowak nunes nussbaum oberweis olinger oliveira olivier olivieri ollivier origer ouali
    ouattara oudin pacheco pages palumbo paquet parent paris parisot parmentier pascal pasquier paul pauly payet
    pellegrini pelletier peltier pepin pereira perez perrard perret perrier perrin perrot pesch peter peters
    petit petitdemange petitjean petry pham philippe picard pichard pichon pierre pierron pierrot pierson
    pimenta pinheiro pinto pires pleimling poirier poisson poncelet pons poos portier potier pouget poulain
    poulet prevost prigent prost proust pruvost queiros quentin quere quintus rahmani ramos raymond raynaud
    reckinger reding regnier reiffers reinert reis reiter remacle remy renard renaud renault reuter rey reynaud
    ribeiro ricci richard riegel ries riff rigaud rinaldi rivet riviere rizzo robert robin robinet rocha roche
    rodrigues rodriguez roger rolland rollinger romano rosa rossi roth rousseau roussel rousset roux rouyer
    royer ruffin ruiz russo sabatier saidi saintot sala salgado sall salmon salvi sampaio samson sanchez santini
    santos sarr sauer saunier sauvage savary schaack schaefer schaeffer schaul scherer scheuer schiltz schintgen
    schleich schmidt schmit schmitt schmitz schneider schockmel schoen scholtes schram schreiner schroeder
    schubert schuller schultz schumacher schwartz seck seguin serra serrano serre sibille simao simoes simon
    simonet simonin simonnet sinner slimani soares sorel sousa souza sow spautz staudt steichen stein steiner
    stephan stoffel sylla szymanski tahar tanguy tardy tavares taylor teixeira terver tessier testa theato
    thebault theis theisen thevenin thibault thiebaut thierry thill thiry thoma thomas thomassin thorel
    thouvenin thouvenot thuillier tissot torres touati toure tournier toussaint tran traore trausch tremblay
    trinh turmes turpin urbany useldinger valance valente valentin valette vallee vallet vandenberghe varela
    vasseur vauthier vautrin vaz verdier vernier viallet viana viard vidal vieira viel vigneron villard villemin
    vincent vinot vitale vitry vogel voisin vosgien vuillemin wagner walter wampach wantz watrin weber weiler
    weis weiss weisse welter wendling werner weydert weyland wies wilhelm wilmes wiltgen winter wirtz wisniewski
    wolf wolff wozniak xavier yahiaoui yilmaz zanetti zanon zaoui zeimet zenner zerrouki zidane ziegler
    zielinski zimmer zimmermann""".split()  # noqa: SIM905 - words to be read
)
