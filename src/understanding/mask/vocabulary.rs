//! The words around names: titles, what workers sign with, capital words that are no names, name forms
//! that are also ordinary words. All folded; `name` weighs them.

/// Words behind which a capital letter begins a name.
pub(super) const TITLES: &[&str] = &[
    "pan", "pana", "panu", "panem", "panovi", "pane", "pani", "panove", "p", "sl", "slecna", "slecnu", "slecnou", "slecne", "ods", "obv", "vezen", "vezne",
    "veznovi", "veznem", "otec", "otce", "otcem", "otci", "rodina", "rodinu", "rodiny", "jmenem", "jmeno", "prijmeni", "jmenuje", "mr", "mrs", "ms",
];
/// The same as beginnings of words.
pub(super) const TITLE_STEMS: &[&str] = &[
    "klient", "odsouzen", "propusten", "obvinen", "bratr", "sestr", "syn", "dcer", "manzel", "matk", "pritel", "partner", "kamarad", "druzk", "vnuk",
    "vnuck", "sourozen", "byval",
];
/// Words beside which a name is the worker's own.
pub(super) const WRITER: &[&str] = &[
    "tady", "zde", "telefonu", "vola", "volam", "zdravi", "zdravim", "pozdravem", "pozdrav", "dekuji", "dekuju", "diky", "mgr", "bc", "ing", "dis", "phdr", "judr",
    "kolegyne", "kolega", "kolegu", "kolegyni", "ahoj", "pracovnice", "pracovnik",
];
/// Capital words that are never surnames.
pub(super) const NEVER: &[&str] = &[
    "armada", "armady", "charita", "charity", "charitu", "diecezni", "oblastni", "farni", "nadeje", "urad", "uradu", "uradem", "urade", "mestsky", "obecni", "magistrat", "veznice",
    "veznici", "vezeni", "vazebni", "vv", "sks", "cr", "op", "pms", "ospod", "mop", "ubytovna", "azylovy", "azyl", "dum", "domov", "nocleharna", "probacni", "socialni", "kurator", "kuratorka", "kraj",
    "okres", "ledna", "unora", "brezna", "dubna", "kvetna", "cervna", "cervence", "srpna", "zari", "rijna", "listopadu", "prosince", "pondeli", "utery", "streda", "stredu", "ctvrtek", "patek", "sobota",
    "sobotu", "nedele", "nedeli", "vystup", "propusteni", "konec", "kt", "potrebuje", "hleda", "nema", "ma", "je", "bude", "prosim", "dobry", "den", "hotel", "penzion", "nemocnice", "ceska", "republika",
    "slovak", "polak", "rom", "romka", "ukrajinec", "ukrajinka", "vietnamec", "cizinec", "bory", "kdo", "romsky", "romska", "romskeho", "romske", "romskou", "ukrajinsky", "ukrajinska", "slovensky", "slovenska", "polsky", "polska", "vietnamsky", "vietnamska", "puvod", "puvodem",
];
/// Large towns, so that masking alone, without the gazetteer, does not take them for surnames.
pub(super) const TOWN_STEMS: &[&str] = &[
    "prah", "praz", "brn", "ostrav", "plzn", "plzen", "liberec", "liberc", "olomouc", "usti", "hradec", "hradc", "pardubic", "zlin", "havirov", "kladn", "most", "opav", "frydek", "karvin",
    "jihlav", "teplic", "decin", "karlov", "chomutov", "prerov", "jablonec", "jablonc", "mlada", "prostejov", "trebic", "tabor", "znojm", "pribram", "cheb", "kolin", "litvinov", "litomeric", "kromeriz",
    "ceske", "ceskych", "vsetin", "sokolov", "bruntal",
];
/// Name forms that are also ordinary words; they count only before a surname.
pub(super) const ORDINARY: &[&str] = &[
    "vite", "vitu", "radim", "radi", "rade", "radu", "rada", "mlada", "mlade", "mladou", "mladu", "mlady", "svetla", "svetle", "svetlou", "zlata", "zlate", "zlatou", "lada", "lady", "lade", "kuba", "kuby",
    "kube", "miru", "mira", "miry", "mire", "dane", "dani", "danu", "vera", "viru", "very", "ruda", "rudy", "rude", "kvety", "radku", "radky", "radek", "sama", "same", "samu", "mina", "miny", "lev", "leva",
    "leve", "maji", "luky", "luka", "bara", "bary", "nova", "standa", "svata", "silvestr", "silvestra", "mikulase", "milosti", "dite", "dity", "ditu", "dita", "deni", "jaja", "havel",
];
/// Titles of everybody, behind which a small letter may begin a surname.
pub(super) const ADDRESSES: &[&str] = &["pan", "pana", "panu", "panovi", "panem", "pani", "slecna", "slecny", "slecne", "slecnu"];
/// What somebody does or is; behind a title and a place name it says that the place name is a surname.
pub(super) const PREDICATES: &[&str] = &[
    "ma", "nema", "je", "neni", "byl", "byla", "bude", "nebude", "se", "si", "jde", "nejde", "pujde", "nepujde", "jede", "pojede", "chce", "nechce", "chtel", "chtela", "potrebuje", "hleda", "shani", "konci",
    "vychazi", "vyjde", "odchazi", "vraci", "umi", "neumi", "muze", "nemuze", "zada", "prosi", "dluzi", "bere", "pije", "pracoval", "pracovala", "bydlel", "bydlela", "nastoupi", "nastoupil", "prijde", "prisel",
    "propusten", "propustena", "nastupuje", "dostal", "dostala", "ztratil", "ztratila", "by", "uz", "mel", "mela", "zustava", "zustane", "rad", "rada",
];
