//! The menu of commands that the application shows: short words without diacritics, each with what it does.
//! Everybody sees those for whoever asks; an operator's own chat shows the operator's.

use crate::domain::Lang;
use teloxide::types::BotCommand;

/// The same in Czech and in English.
type Both = (&'static str, &'static str);

/// One command: its word and what it does, in both languages.
struct Entry {
    word: Both,
    does: Both,
}

const fn entry(word: Both, does: Both) -> Entry {
    Entry { word, does }
}

/// For whoever asks.
const ASKING: &[Entry] = &[
    entry(("operator", "operator"), ("spojit s člověkem", "talk to a person")),
    entry(("dotazy", "questions"), ("moje dotazy a návrat k nim", "my questions, and back to them")),
    entry(("novy", "new"), ("nový dotaz, další klient", "a new question, another client")),
    entry(("propojit", "link"), ("jeden rozhovor na dvou zařízeních", "one conversation on two devices")),
    entry(("odpojit", "unlink"), ("tohle zařízení zase zvlášť", "this device on its own again")),
    entry(("pomoc", "help"), ("co všechno jde", "everything there is")),
];

/// For operators.
const SERVING: &[Entry] = &[
    entry(("nabidky", "offers"), ("co čeká na převzetí", "what waits to be taken")),
    entry(("kontakty", "contacts"), ("vaše otevřené kontakty", "your open contacts")),
    entry(("konec", "close"), ("uzavřít kontakt s výsledkem", "close a contact with an outcome")),
    entry(("predat", "pass"), ("předat kontakt kolegovi nebo lince", "pass a contact to a colleague or a line")),
    entry(("zavolat", "call"), ("zavolat pracovníkovi přes linku", "call the worker through the line")),
    entry(("poznamka", "note"), ("poznámka, kterou pracovník neuvidí", "a note the worker never sees")),
    entry(("pauza", "pause"), ("odpočinek na několik minut", "rest for some minutes")),
    entry(("pokracovat", "resume"), ("konec odpočinku", "end the rest")),
    entry(("sluzby", "shifts"), ("vaše směny", "your shifts")),
    entry(("vymenit", "swap"), ("vyměnit směnu", "swap a shift")),
    entry(("kdo", "who"), ("kdo má službu", "who is on duty")),
    entry(("odpovedi", "replies"), ("připravené odpovědi", "answers that are ready")),
    entry(("odejit", "leave"), ("sem už nic neposílat", "send nothing here any more")),
    entry(("pomoc", "help"), ("co všechno jde", "everything there is")),
];

/// Returns the menus by the language of the application: English where it is, Czech everywhere else.
#[must_use]
pub fn menus(serving: bool) -> [(Option<&'static str>, Vec<BotCommand>); 2] {
    let entries = if serving { SERVING } else { ASKING };
    let menu = |lang: Lang| {
        let pick = |(cs, en): Both| lang.pick(cs, en);
        entries.iter().map(|entry| BotCommand::new(pick(entry.word), pick(entry.does))).collect()
    };
    [(None, menu(Lang::Cs)), (Some(Lang::En.code()), menu(Lang::En))]
}

#[cfg(test)]
mod tests {
    use super::menus;
    use crate::handbook::Wording;

    #[test]
    fn every_command_of_an_operator_is_understood() {
        let commands = Wording::builtin().unwrap().commands;
        for (_, menu) in menus(true) {
            for command in menu {
                assert!(commands.find(&format!("/{}", command.command)).is_some(), "{}", command.command);
            }
        }
    }

    #[test]
    fn the_menus_are_what_the_application_takes() {
        for (_, menu) in menus(true).into_iter().chain(menus(false)) {
            assert!((1..=100).contains(&menu.len()));
            for command in menu {
                let plain = command.command.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
                assert!(plain && (1..=32).contains(&command.command.len()), "{}", command.command);
                assert!((3..=256).contains(&command.description.chars().count()), "{}", command.description);
            }
        }
    }
}
