/** Everyday German nouns without umlauts: about a thousand, so that five of them are 50 bits. */
export const germanWords: readonly string[] = `
  abend acker adler affe ahorn alarm album allee alm alpen ameise ampel amsel ananas anfang angel anker anorak
  antenne anzug apfel april arena arm asche ast atelier atlas aufzug auge august aula ausflug auster auto axt
  bach backofen bad bagger bahn balken balkon ball bambus banane band bank bar bart basar basis batterie bauch
  bauer baum becher beere beet bein benzin berg besen besuch beton bett beutel bezirk biber biene bild birke
  birne blatt blech blei blick blitz block blume bluse boden bogen bohne boje bonbon boot borke bote bowle
  braten brauch braut brei brett brief brille brise brokkoli brot brunnen brust buch bucht bude bund burg
  burgund bus busch butter cello chor clown creme dach dachs dackel damm dampf daumen decke deich delfin denkmal
  dezember dichter diele dienst diesel docht dohle doktor dorf dorn dose drache draht drei drossel druck duft
  duo durst dusche ebbe ebene echo ecke edelweiss efeu ehre eiche eier eimer eis eisen elch element elf elster
  emaille ende engel enkel ente epoche erbse erde erker ernte esche esel espe essen essig etage eule europa
  fabrik fach fackel faden fahne fahrt falke falte familie farbe farn fass faust feder feier feige feile feld
  fell fels fenster ferien ferse fest feuer fichte figur film filz finger fink firma fisch flasche fliege flocke
  floh floss flotte flug flur fluss flut foto fracht frage freitag freund frieden frisur frosch frost frucht
  fuchs fuge funke futter gabel gans garage garbe garten gasse gast gebirge gedicht geige geist gelb geld
  gemeinde genuss gerste geruch gesang gesicht getreide gewitter gips giraffe gitarre gitter glanz glas glocke
  gold golf gondel graben granit gras grat griff grille gruppe gruss gurke gurt haar hafen hafer hagel hahn
  haken halle halm hals hammer hamster hand hang harfe harz hase hauch haus haut hecht hecke hefe heft heide
  heimat heizung held helm hemd herbst herd hering herz heu himmel hirsch hirte hobel hocker hof holz honig
  horizont horn hose hotel hufeisen huhn hummel humor hund hut igel imbiss imker indigo insel iris jacke jagd
  jahr januar jasmin jeans jubel juli juni jute kabel kabine kachel kaffee kahn kai kajak kakao kaktus kalb
  kalender kalk kamel kamera kamille kamin kamm kanal kanne kante kanu kapelle kapitel kappe karotte karpfen
  karte karton kasse kastanie kasten kater kegel keks keller kern kerze kessel kette keule kiefer kies kilo kind
  kino kirsche kissen kiste klang klavier klee kleid klinke klippe knauf knie knopf knoten koch koffer kohl
  kohle kokos komet kompass konzert kopf koralle korb korken korn kraft kragen kran kranich kranz kraut kreide
  kreis kresse krokus krone krug kruste kuchen kugel kuh kunst kupfer kurs kurve kuss lachs lack lager lama
  lampe land landkarte laterne latte laub laube lauch lauf laune lavendel lawine leben leder lehm lehrer leine
  leinen leiste leiter lerche licht lied liege liga lila lilie limette limonade linde linie linse lippe liste
  liter lob loch locke lohn lokal lorbeer lot luchs luft lunge lupe macht magen magnet mai mais maler malve
  mandel mango mann mantel mappe margerite markt marmelade marmor mars maske mast matrose matte mauer maul maus
  meer mehl meise meister melodie melone mensch messer metall meter miene miete mikado milch minute minze mist
  mittag mitte mode mohn molke monat mond montag moor moos morgen mosaik most motor motte mulde mund museum
  musik muskel mut mutter nabel nacht nadel nagel name napf narzisse nase nashorn nebel neffe nelke nerv nest
  netz neun nichte norden note notiz nougat november nudel nummer nuss oase obst ocker ofen ohr oktober olive
  onkel opal oper orange orbit orchidee orden ordner orgel orient osten ostern otter ozean paar packung paddel
  palast palme panda pantoffel papagei papier pappel paprika parade park pass pastell pate pause pelikan pendel
  perle person pfad pfanne pfau pfeffer pfeife pfeil pferd pflanze pflaume pforte pfote pilot pilz pinguin pinie
  pinsel pirat plakat planet planke platane platte platz podest pokal polster pony portal post pracht praline
  preis prinz prisma probe profil prosa pudding puder puls pult pumpe punkt puppe purpur putz pyramide quadrat
  qualle quark quarz quelle quitte rabe rad radar rahm rahmen rakete rampe rand raps rasen rast raster rauch
  raum raupe rebe rechen regal regen regler reh reif reihe reis reise rente rest rettich rezept rhabarber
  rhythmus riegel riese rind rinde ring rinne rippe ritter robbe rock roggen rohr rolle roller roman rosa rose
  rosine rost rotor route rubin ruder ruhe rummel runde rune saal sache saft sage sahne saite salat salbei salz
  samen samt sand sandale sardine sattel satz sauna schach schacht schaf schal schale schalter schanze scharnier
  schatten schatz schaum scheibe scherbe schere scheune schiene schiff schild schilf schirm schlaf schlange
  schleife schleuse schlitten schloss schluck schmied schnee schnur schote schrank schraube schrift schritt
  schuh schule schulter schuppen schwalbe schwamm schwan schwarm schwelle schwester schwung sechs see segel
  sehne seide seife seil seite sekt sekunde sellerie semmel senf sense sessel sieb sieben siegel silbe silber
  sinn sirene sirup sitz skala skizze socke sofa sohle sohn sommer sonate sonne sonntag sorte spalt spange
  spargel spatz specht speck speiche speise sperling spiegel spiel spinat spitze splitter sport sprache sprosse
  sprung spur staat stab stadion stadt staffel stahl stall stamm stand stange star start statue staub staude
  steg stein stelle stempel steppe stern steuer stiefel stiel stier stift stille stimme stirn stock stoff
  stollen storch strand strasse strauch strauss strom strumpf stube stufe stuhl stunde sturm suche summe suppe
  symbol tablett tafel tag taille takt tal talent taler tango tanne tante tanz tapete tasche tasse taste tatze
  tau taube taucher tausch teer teich teig teil telefon teller tempel tempo teppich terrasse test text theater
  thema thron thymian tiger tinte tisch titel toast tochter ton topf tor torte tour tracht traktor traube traum
  treppe treue tritt trommel tropfen truhe tuch tukan tulpe tunnel turm turnier ufer uhr uhu ulme umweg urlaub
  urne urwald vanille vase vater veilchen ventil veranda verein vers vetter vieh vier viertel villa violine
  visite vogel vokal volk vorhang vorrat vulkan waage wabe wache wachs wade waffel wagen wahl wal wald wall
  walnuss walze wand wange wanne wappen ware warte wasser watte weber wecker weg weide weile wein weizen welle
  welpe welt werft werk wert wespe weste westen wette wetter wicke widder wiege wiese wild wimpel wimper wind
  winkel winter wipfel wirbel wirt wissen witz woche woge wohnung wolf wolke wolle wort wunder wunsch wurst
  wurzel yacht yoga zacke zahl zahn zange zapfen zarge zauber zaun zebra zeder zehn zeichen zeiger zeile zeit
  zelt zement zentrum zeppelin zettel zeuge ziege ziegel ziel zimmer zimt zink zipfel zirkel zirkus zitat zither
  zitrone zoo zopf zucker zufall zug zukunft zunge zutat zweig zwerg zwiebel zwilling zypresse
`
  .trim()
  .split(/\s+/)
