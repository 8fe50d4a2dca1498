//! Sentences without a place, many with words that are also villages.

use super::both;
use crate::place::resolve;

const WITHOUT_PLACE: &str = "
Klient potřebuje od pondělí ubytování, práci a pomoc s dluhy.
nema kam jit, je na ulici a bez penez
Chodí do práce, ale plat mu berou exekutoři.
chce do prace, ale nema obcanku
V práci ho berou od března.
Nástup do výkonu trestu má v dubnu, konec trestu v květnu.
pustej ho v utery nebo v patek, nevime presne
Do pátku musí opustit ubytovnu, v neděli už tam být nemůže.
Místo v azylovém domě prosím držet do středy.
mame volne misto, jedno luzko pro muze
na místě mu nikdo neporadil
skončil na ulici, spí v lese ve stanu
bude v péči psychiatra, léky má na měsíc
dite je v peci babicky
Děti má svěřené do péče matka.
trest 3 roky, konec trestu 12.5.
po trestu nema nic, po letech je bez kontaktu
za 5 let ve výkonu nikdo nepřijel
Je ve věznici už čtyři roky.
klient z veznice, bez rodiny
do konce měsíce má zaplaceno
má dluhy asi 200 tisíc
asi pojede vlakem, kdo mu zaplati jizdenku?
Dobrý den, mám dobrou zprávu, klient má bydlení.
dobry den, prosim o kontakt na kuratora
Potřebuje nové doklady: občanku a rodný list.
rodny list ztratil, obcanku taky
potřebuje teplé oblečení a boty, v létě ho zavřeli v tričku
chce do tepla, venku je zima
nema stale bydliste
je to čistý člověk, čtyři roky nebere
čistá moč, bez drog
Na rovnou cestu se dostal v komunitě.
rovnou říkám, že nikoho nemá
lékař v nemocnici řekl, že potřebuje ortopeda
ma zlomeny loket a koleno
spojil bych se s ním po telefonu
Kdo mu pomůže s oknem a střechou?
vidim to cerne
Vidím to tak, že půjde k bratrovi.
prosím o lůžko, nejlépe dolní postel
je po mozkové příhodě, má invalidní důchod druhého stupně
v oboru se vyučil jako zedník
vyučený truhlář, umí s pilou
pracoval na stavbe i v lese, na pile
má zájem o práci v pekárně, v kuchyni, ve skladu
do hodiny potřebuji odpověď
v pořádku, děkuji
diky, mejte se
Děkuji za pomoc a přeji hezký den.
to je k ničemu, nikdo to nebere
zajímá ho terapie, skupina a sponzor
má psa a kočku
nechce nikam, jen do klidu
díky, počkám
počkám na vás, děkuji
dobře, vyčkám
tak já čekám
dobre, pockame
dekuju, pockam
jak dlouho to potrvá?
nevím kam
netuším, ozvu se
zavolám později
zeptám se, vydržte
rozumím, doplním to
odvolal se k soudu, příkaz ještě nepřišel
na příkaz soudu musí do léčby
závada na topení v bytě
lhůta na odvolání běží, do lhůty to nestihneme
ve lhůtě 15 dnů musí na úřad práce
v příčině je asi alkohol
na začátku mu dali 500 korun
nemá ani korunu
prádlo si vypere u nás
prádlo, ručník, hygienické potřeby
do koupelny nesmí sám
Přijmete muže na vozíku?
PLNO DO 15.
VOLNO 2
mame plno
volne 1 luzko zena
2250 posunuto
klient dorazil, bydlí, děkujeme
klient nedorazil
Opakovaně se řezal, máme strach.
chce si neco udelat
Zavolejte mi prosím zpátky.
chci mluvit s člověkem
Prosím o telefonát zítra dopoledne.
stejné jako minule
ano
ne
1
konec
pomoc
Hi, do you speak English? I need a place to sleep.
I have no passport and no money.
Добрий день, мені потрібна допомога
Куди можна зателефонувати?
muž 45 let, bez přístřeší, ven za tři týdny
žena 32, dvě děti u babičky, těhotná
mladý kluk, 19, dětský domov, bez rodiny
pár se psem, oba ve výkonu
starší pán 70 let, domov pro seniory
tři klienti najednou, všichni muži
klient má dohled PMS a povinnost léčby
subutex bere tři roky, kdo mu ho předepíše?
substituce bez přestávky
peče ho to v noze
v domově ho nechtějí
do domova nechce
v bytě po rodičích bydlí sestra
dům po babičce je zbořený
do domu ho nepustí
kraj mu nic nedá
je tam i okres a úřad
má hory dluhů
celou noc proseděl na lavičce
plavat neumí
hlavní je nespat venku
na svobodě nebyl od roku 2015
svobodu ještě nezná
Chce začít znovu, od začátku.
pravý opak je pravdou
bílá nemoc
má černou minulost
stará láska nerezaví
malá pomoc stačí
velká rodina, nikdo nepomůže
nová adresa zatím není
dlouhá léta ve výkonu
suchá hospoda neexistuje
ticho po pěšině
zlatá ručička, opraví všechno
za mříží byl 8 let
rád by dělal řidiče kamionu
nastoupí do komunity, jakmile bude místo
policie ho hledá
na polici nic není
zapomněl klíče v kleci
dveře, okna, vrata umí vyrobit
na hranici sil
mezi lidmi mu není dobře
ve čtvrtek jede k soudu
zastávka je hned u vrátnice
na zastávce ho vyzvedne bratr
potřebuje vyřídit důchod a dávky hmotné nouze
dluží na zdravotním a na sociálním
socka mu nic nedala
vyplatí mu kapesné hned?
co s ním?
kam s ním?
prosim vas jak to mame udelat s tim kuratorem
v kolik hodin otevíráte
v jakou hodinu se tam může přijít a co s sebou
uz je venku od rana a nema nic
Klient má zájem o chráněné bydlení, doporučení od lékaře přiložíme.
nemá oblečení, boty velikost 44, prosím
kam se má obrátit po výstupu, aby dostal dávky?
Může si u vás vyprat a osprchovat se?
potrebuji poradit s opatrovnictvim
soud rozhodl o svěření do péče otce
jak dlouho trvá vyřízení nového OP?
V kolik zavíráte noclehárnu? Přijde kolem desáté večer.
beru metadon, kde seženu dávku v neděli?
čeká ho operace kýly, termín v červnu
zubní protéza mu praskla
Manželka čeká třetí dítě, termín v srpnu
bez práce, bez peněz, bez domova
jeho bratr pracuje jako kuchař v hotelu
chtěl by do kláštera nebo na farmu
hledá farmu se zvířaty, kůň, krávy, kozy
chce dělat v lese, v pile nebo na stavbě
v lázních pracovala jako pokojská
je závislý na hracích automatech
chodil do zvláštní školy
po rozvodu zůstal bez bytu
spal v kontejneru za nádražím
spí na nádraží
v parku, pod mostem, na lavičce
spí pod mostem už týden
bydlel v garáži u kamaráda
byl v diagnosťáku a v pasťáku
z dětského domova rovnou do vězení
má střídavou péči
V sobotu a v neděli nikdo nebere telefon.
od února do května byl na útěku
V létě pracuje na kolotočích
Na podzim bude mít dědictví
do prosince musí zaplatit pokutu
na Vánoce chce být doma
na Velikonoce bude venku
za týden, za měsíc, za rok
Volala jsem na úřad, nikdo to nebral.
poslal jsem vám mail, přečtěte si ho
Odpovězte prosím na číslo 719 123 456.
pan Novák, nar. 1.1.1980, bez přístřeší
pan Beroun nemá kam jít
paní Sobotková potřebuje pomoc
klient Jan Vymyšlený, 45 let
Karel chce mluvit s kurátorem
kamarád Miroslav mu půjčí peníze
Máte volnou postel? Horní nebo dolní je jedno.
na dolní posteli, kvůli kolenům
zlomená ruka, sádra dolů v březnu
hluchý, potřebuje tlumočníka
slepý, vodicí pes
němý strach
trpí depresí a úzkostí
hlas mu říká divné věci
na dně
Na hory pojede až v zimě
do hrobu si nic nevezme
nemá kde skladovat nábytek
z vazby rovnou na ulici
v cele s ním nikdo nechce být
V base byl dvakrát
nastoupí v pondělí v šest ráno
od rána do večera
ve středu v deset u brány
před branou ho nikdo nečeká
na bráně mu dají věci
do brány si přijde bratr
";

#[test]
fn sentences_without_a_place_stay_without_one() {
    let sentences: Vec<&str> = WITHOUT_PLACE.lines().filter(|l| !l.is_empty()).collect();
    for (name, gazetteer) in both() {
        let loud: Vec<String> = sentences
            .iter()
            .flat_map(|s| [(*s).to_owned(), crate::domain::fold(s)])
            .filter_map(|s| {
                let places = resolve(gazetteer, &s);
                (places != crate::domain::Places::default()).then(|| format!("{s} → {places:?}"))
            })
            .collect();
        eprintln!("{name}: {} of {} sentences\n{}", loud.len(), sentences.len() * 2, loud.join("\n"));
        assert!(loud.len() * 1000 <= sentences.len() * 2 * 15, "{name}: more than 1.5 %");
    }
}
