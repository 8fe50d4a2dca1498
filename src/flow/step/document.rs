//! The coordinator's page about flows, written from the step kinds themselves.

use super::ABOUTS;
use crate::flow::template::VARIABLES;
use std::fmt::Write;

/// What a step kind says of itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About {
    /// The table's name in the file.
    pub table: &'static str,
    /// What it is for.
    pub purpose: &'static str,
    /// Its keys, each with its meaning.
    pub keys: &'static [(&'static str, &'static str)],
    /// A short example.
    pub example: &'static str,
}

const INTRODUCTION: &str = "# Scénáře rozhovorů\n\n\
<!-- Tuto stránku píše test ze zdrojového kódu. Ručně se nemění. -->\n\n\
Soubor `worker.toml` popisuje rozhovor pracovníka s linkou: chat, web, SMS i telefon dohromady. \
`_common.toml` má věty a slova společná všem rozhovorům, `regions.toml` kraje pro volbu klávesami.\n\n\
Text se mění přímo v souboru. Potom spusťte `linka flow check`: vypíše každou chybu s řádkem, sloupcem a radou. \
`linka flow graph worker.toml` rozhovor nakreslí, `linka flow play worker.toml` ho přehraje.\n\n\
## Hlavička\n\n\
| klíč | význam |\n|---|---|\n\
| `format` | Vždy 1. |\n\
| `name` | Jméno rozhovoru, česky (`cs`) a anglicky (`en`). |\n\
| `start` | První krok. |\n\
| `person` | Krok, kam vede klávesa 0 a slovo „operátor“; jinak ten, kam vede `fail` v `_common.toml`. |\n\
| `back` | Krok, kam vede klávesa `#` a slovo „zpět“; jinak otázka na téma. |\n\
| `asks` | První otázka, jinak otázka na místo. Sem se rozhovor vrátí, když pracovník napíše nový dotaz; co už je známo, se přeskočí. |\n\
| `on` | Kam vedou zvláštní zprávy: `self_harm`, `wants_person`, `not_staff`, `bulk`, `outcome_report`, `provider_update`, `foreign_language`. |\n\
| `on_channels` | Kde rozhovor běží: `chat`, `web`, `sms`, `voice`. |\n\
| `expire` | Jak dlouho čeká na odpověď, například `{ chat = \"7d\", voice = \"10m\" }`. |\n\n\
## Kroky\n\n\
Krok se píše jako `[druh.jméno]`. Jméno je libovolné, nesmí se opakovat.\n";

const CLOSING: &str = "\n## Proměnné\n\n\
V textu se píší `{{ takto }}`, podmínka `{% if line.open %}…{% endif %}`. \
Číslo po číslicích: `{{ contact.number | digits }}`; tečka na konci, jen když tam ještě není: `{{ need.said | sentence }}`.\n\n";

const NAMES: &str = "Dále jména uložená klíčem `save` a věty z `_common.toml` jako `phrase.jméno`. \
Větu, kterou má v telefonu přečíst hlas jiného jazyka, jmenuje v `_common.toml` tabulka `[read_in]`.\n\n\
## Nahrané věty\n\n\
Co se v telefonu říká vždy stejně, může namluvit člověk: složka `audio` v nastavení telefonu, v ní `cs/hello.mp3` \
nebo `en/hello.wav`, pojmenované podle kroku nebo věty. Kde nahrávka není, čte hlas. `linka check` řekne, kolik \
jich je a která žádnému kroku nepatří.\n\n\
## Pravidla pro telefon a SMS\n\n\
- Nejvýš pět voleb přečtených najednou, věta do 20 sekund (asi 300 znaků), žádné webové adresy.\n\
- Klávesy 1–7 jsou volby; 8 další, 9 jazyk, 0 člověk, `*` znovu, `#` zpět platí všude.\n\
- SMS nejvýš ze tří částí. Slova jako STOP, KONEC nebo INFO si berou sítě pro odhlášení: nesmějí být volbou.\n";

/// Writes `flows/README.md`.
#[must_use]
pub fn document() -> String {
    let mut page = INTRODUCTION.to_owned();
    for about in ABOUTS {
        kind(&mut page, about);
    }
    page.push_str(CLOSING);
    for name in VARIABLES {
        line(&mut page, format_args!("- `{name}` – {}", meaning(name)));
    }
    page.push('\n');
    page.push_str(NAMES);
    page
}

fn kind(page: &mut String, about: &About) {
    line(page, format_args!("\n### `{}`\n\n{}\n\n| klíč | význam |\n|---|---|", about.table, about.purpose));
    for (key, meaning) in about.keys {
        line(page, format_args!("| `{key}` | {meaning} |"));
    }
    line(page, format_args!("\n```toml\n{}\n```", about.example));
}

fn meaning(variable: &str) -> &'static str {
    match variable {
        "contact.number" => "krátké číslo kontaktu",
        "contact.reachable" => "zda se máme komu ozvat; u skrytého čísla ne",
        "contact.promised" => "zda jsme odpověď slíbili už dřív a ještě na ni čeká",
        "contact.beside" => "číslo jiného dotazu téhož pracovníka, který ještě běží; prázdné, když žádný není",
        "worker" => "jméno nebo věznice pracovníka, pokud je známe",
        "locked_until" => "kdy se znovu přihlásí, kdo se příliš často spletl v PINu („zítra v 9:00“)",
        "line.name" => "název regionální linky",
        "line.open" => "zda má linka otevřeno",
        "line.next_open" => "kdy otevírá („v pondělí 2. 2. v 9:00“); prázdné, když to nevíme",
        "line.closed_text" => "vlastní text mimořádného uzavření",
        "promise.due" => "kdy nejpozději odpovíme („v pondělí 2. 2. ve 12:00“)",
        "topic.label" => "téma slovy",
        "destination.name" => "místo návratu slovy",
        "destination.region" => "kraj návratu",
        "destination.known" => "zda místo návratu známe",
        "need.said" => "co jsme pochopili, jedním řádkem",
        "need.known" => "zda už víme místo nebo téma",
        "need.count" => "kolika klientů se zpráva týká",
        "words" => "co pracovník napsal vlastními slovy",
        "search.more" => "zda má katalog další služby",
        "lang" => "jazyk rozhovoru, `cs` nebo `en`",
        "medium" => "kanál: `chat`, `web`, `sms`, `voice`",
        _ => "",
    }
}

fn line(page: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing into a string cannot fail.
    let _ = writeln!(page, "{text}");
}
