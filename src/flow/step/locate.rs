//! `[locate.…]`: asks where the client returns: in own words, or by area and region.

use super::document::About;
use super::{Answer, DESTINATION, Kind, Next, Patience, Way};
use crate::domain::{Destination, Place, Region, Understood, fold_word};
use crate::flow::act::{Choice, Expects};
use crate::flow::hear::{self, Heard};
use crate::flow::list::List;
use crate::flow::position::Stage;
use crate::flow::run::Run;
use crate::flow::shared::Shared;
use crate::flow::wording::{Texts, Wording, Wordings};
use crate::flow::{option, template};
use serde::Deserialize;
use toml::Spanned;

/// Places of one name offered at once; keys reach to 7 and the last one is "another place".
const NAMESAKES_MAX: usize = 6;
/// The value of the option "another place".
const OTHER: &str = "other";
/// Digits of a postcode.
const POSTCODE_DIGITS: usize = 5;
/// Seconds of silence whoever types a code may think.
const CODE_TIMEOUT_S: u32 = 10;

/// The question for a destination.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Locate {
    text: Wording,
    voice: Option<Wording>,
    sms: Option<Wording>,
    chat: Option<Wording>,
    voice_after: Option<Wording>,
    list: Spanned<String>,
    abroad: Spanned<String>,
    postcode: Option<Spanned<String>>,
    sign_in: Option<Spanned<String>>,
    #[expect(dead_code, reason = "it only says what every question for a place does")]
    save: Option<Saved>,
    goto: Spanned<String>,
    person: Option<Spanned<String>>,
    fail: Option<Spanned<String>>,
    timeout: Option<u32>,
    max_noinput: Option<u8>,
    max_nomatch: Option<u8>,
    noinput: Option<Wordings>,
    nomatch: Option<Wordings>,
}

/// What a place may be saved as: there is one name for it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Saved {
    Destination,
}

impl Locate {
    pub(super) const ABOUT: About = About {
        table: "locate",
        purpose: "Zeptá se, kam se klient vrací: obec vlastními slovy, nebo oblast a kraj dvěma stisky. Přeskočí se, když to zpráva už řekla. Místo, které není jen jedno, zpřesní jednou otázkou.",
        keys: &[
            ("text", "Otázka."),
            ("voice", "Otázka v telefonu; oblasti se přečtou za ní."),
            ("sms", "Otázka v SMS; oblasti jsou pod ní."),
            ("chat", "Otázka v chatu a na webu."),
            ("voice_after", "Co se v telefonu řekne až za oblastmi, když se otázka opakuje."),
            ("list", "Seznam oblastí a krajů (soubor `regions.toml`)."),
            ("abroad", "Krok, když se klient vrací do zahraničí."),
            ("postcode", "Klávesa, po níž se v telefonu zadá poštovní směrovací číslo."),
            ("sign_in", "Klávesa, po níž se v telefonu pracovník věznice přihlásí kódem a PINem. Kdo je už známý, ji nemá."),
            ("save", "Smí být jen `destination`: místo se tak ukládá vždy."),
            ("goto", "Krok, když je místo známo."),
            ("person", "Kam vede klávesa 0 právě tady, když jinam než obvykle."),
            ("fail", "Krok po příliš mnoha pokusech."),
            ("timeout", "Ticho v sekundách."),
            ("max_noinput", "Kolikáté ticho je poslední."),
            ("max_nomatch", "Kolikátá nevhodná odpověď je poslední."),
            ("noinput", "Co se řekne při každém tichu."),
            ("nomatch", "Co se řekne, když místo nepoznáme."),
        ],
        example: "[locate.destination]\ntext.cs = \"Kam se klient vrací? Napište obec, nebo vyberte část země.\"\ntext.en = \"Where does the client return to? Write the municipality, or choose a part of the country.\"\nlist = \"regions\"\nabroad = \"abroad\"\ngoto = \"topic\"",
    };

    fn regions<'a>(&self, run: &Run<'a>) -> Option<&'a List> {
        run.flow.lists.get(self.list.get_ref())
    }

    /// The options of the open question.
    fn offered(&self, run: &Run<'_>) -> Vec<Choice> {
        let lang = run.position.lang;
        let choice = |key: &str, label: &str, value: &str| Choice { key: key.to_owned(), label: label.to_owned(), value: value.to_owned() };
        match (&run.position.stage, self.regions(run)) {
            (Stage::Which(places), _) => which(run, places),
            (Stage::Region(area), Some(list)) => list
                .area(area)
                .into_iter()
                .flat_map(|area| &area.items)
                .map(|item| choice(item.key.get_ref(), item.label(lang).get_ref(), item.value.get_ref()))
                .collect(),
            (Stage::Step, Some(list)) => {
                list.area.iter().map(|area| choice(area.key.get_ref(), area.label(lang).get_ref(), area.key.get_ref())).collect()
            }
            (Stage::Step | Stage::Region(_), None) | (Stage::Postcode(_), _) => Vec::new(),
        }
    }

    fn chosen(&self, run: &mut Run<'_>, value: &str) -> Next {
        match run.position.stage.clone() {
            Stage::Step => self.area(run, value),
            Stage::Region(_) => Region::from_code(value).map_or(Next::Missed, |region| self.settle(run, Place::region(region))),
            Stage::Which(_) if value == OTHER => {
                run.position.stage = Stage::Step;
                run.say_phrase("no_candidate");
                Next::Again
            }
            Stage::Which(places) => {
                value.parse::<usize>().ok().and_then(|at| places.get(at)).map_or(Next::Missed, |place| self.settle(run, place.clone()))
            }
            Stage::Postcode(_) => Next::Missed,
        }
    }

    /// A key that is none of the options: it may begin a postcode or a sign-in, or go on with a postcode.
    fn typed(&self, run: &mut Run<'_>, key: &str) -> Next {
        let is = |declared: &Option<Spanned<String>>| declared.as_ref().is_some_and(|declared| declared.get_ref() == key);
        match run.position.stage.clone() {
            Stage::Postcode(digits) => self.digits(run, &digits, key),
            Stage::Step if is(&self.postcode) => {
                run.position.stage = Stage::Postcode(String::new());
                Next::Again
            }
            Stage::Step if is(&self.sign_in) && run.hand.worker.is_empty() => {
                let text = run.flow.shared.phrase("sign_in", run.position.lang);
                run.ask(text, Vec::new(), 0..0, Expects::SignIn { timeout_s: CODE_TIMEOUT_S });
                Next::Wait
            }
            Stage::Step | Stage::Which(_) | Stage::Region(_) => Next::Missed,
        }
    }

    /// Some channels hand a postcode over digit by digit.
    fn digits(&self, run: &mut Run<'_>, before: &str, key: &str) -> Next {
        let digits = format!("{before}{key}");
        if key.len() == 1 && digits.len() < POSTCODE_DIGITS && digits.bytes().all(|digit| digit.is_ascii_digit()) {
            let digits_max = u8::try_from(POSTCODE_DIGITS - digits.len()).unwrap_or(1);
            run.position.stage = Stage::Postcode(digits);
            run.ask("", Vec::new(), 0..0, Expects::Key { digits_max, timeout_s: CODE_TIMEOUT_S });
            return Next::Wait;
        }
        run.position.stage = Stage::Step;
        self.postcode(run, &digits)
    }

    /// Goes on with the place of a postcode and says it back.
    fn postcode(&self, run: &mut Run<'_>, digits: &str) -> Next {
        let Some(place) = (run.known.postcode)(digits) else {
            run.say_phrase("no_postcode");
            return Next::Again;
        };
        run.position.need.destination = Some(Destination::Place(place));
        run.position.unsaid = true;
        run.say_back();
        self.go_on(run)
    }

    /// An area with a single region needs no second question.
    fn area(&self, run: &mut Run<'_>, key: &str) -> Next {
        let Some(area) = self.regions(run).and_then(|list| list.area(key)) else { return Next::Missed };
        if let [only] = area.items.as_slice() {
            return Region::from_code(only.value.get_ref()).map_or(Next::Missed, |region| self.settle(run, Place::region(region)));
        }
        run.position.stage = Stage::Region(key.to_owned());
        (run.position.noinput, run.position.nomatch) = (0, 0);
        Next::Again
    }

    fn question(&self, run: &mut Run<'_>) {
        let namesakes = std::mem::take(&mut run.position.namesakes);
        if !namesakes.is_empty() {
            run.position.stage = Stage::Which(namesakes);
        }
        let (lang, medium) = (run.position.lang, run.position.medium);
        let phrase = match run.position.stage {
            Stage::Step => self.texts().map_or("", |texts| texts.on(medium).get(lang)),
            Stage::Which(_) => run.flow.shared.phrase("which_place", lang),
            Stage::Region(_) => run.flow.shared.phrase("which_region", lang),
            Stage::Postcode(_) => run.flow.shared.phrase("postcode", lang),
        };
        let text = template::render(phrase, run.facts());
        let options = self.offered(run);
        let read = 0..options.len();
        let timeout = self.timeout.unwrap_or(run.flow.shared.defaults.menu.timeout);
        let expects = match run.position.stage {
            Stage::Postcode(_) => Expects::Key { digits_max: 5, timeout_s: CODE_TIMEOUT_S },
            Stage::Step | Stage::Which(_) | Stage::Region(_) => run.expects_choice(timeout),
        };
        run.ask(&text, options, read, expects);
    }

    fn settle(&self, run: &mut Run<'_>, place: Place) -> Next {
        run.position.need.destination = Some(Destination::Place(place));
        self.go_on(run)
    }

    /// The destination is known: saves its code and goes on.
    fn go_on(&self, run: &mut Run<'_>) -> Next {
        let Some(destination) = run.position.need.destination.clone() else { return Next::Missed };
        run.position.namesakes.clear();
        run.position.stage = Stage::Step;
        let code = code(&destination);
        if run.position.saved.get(DESTINATION).is_none_or(|saved| *saved != code) {
            run.save(DESTINATION, &code);
        }
        let target = match destination {
            Destination::Place(_) => &self.goto,
            Destination::Abroad(_) => &self.abroad,
        };
        Next::Goto(target.get_ref().clone())
    }

    /// Words that name one of the options, or a place anywhere.
    fn written(&self, run: &mut Run<'_>, heard: &Understood) -> Next {
        let offered = self.offered(run);
        if let Some(option) = option::exact(&offered, &heard.masked) {
            return self.chosen(run, &option.value);
        }
        if let Some(place) = narrowed(run, heard) {
            return self.settle(run, place);
        }
        // "Český" after "Krumlov": a part of one of the names.
        if matches!(run.position.stage, Stage::Which(_))
            && let Some(option) = option::close(&offered, &heard.masked)
        {
            return self.chosen(run, &option.value);
        }
        if let Some(digits) = postcode(&heard.masked) {
            return self.postcode(run, &digits);
        }
        let said = hear::absorb(&mut run.position, heard);
        hear::keep_words(&mut run.position, heard);
        if heard.places.one().is_some() {
            run.say_back();
            return self.go_on(run);
        }
        if said == Heard::Nothing {
            return self.by_label(run, &offered, &heard.masked);
        }
        run.position.stage = Stage::Step;
        run.say_back();
        Next::Again
    }

    fn by_label(&self, run: &mut Run<'_>, offered: &[Choice], text: &str) -> Next {
        if let Some(option) = option::close(offered, text) {
            return self.chosen(run, &option.value);
        }
        let named =
            |item: &&crate::flow::ListItem| [&item.cs, &item.en].into_iter().any(|label| fold_word(label.get_ref()) == fold_word(text));
        let region = self.regions(run).and_then(|list| list.items().find(named)).and_then(|item| Region::from_code(item.value.get_ref()));
        region.map_or(Next::Missed, |region| self.settle(run, Place::region(region)))
    }
}

/// A text that is a postcode and nothing else: `434 01`.
fn postcode(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('.');
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let grouped = text == digits || text.split_once(' ').is_some_and(|(three, two)| three.len() == 3 && format!("{three}{two}") == digits);
    (digits.len() == POSTCODE_DIGITS && grouped).then_some(digits)
}

/// Describes places of one name, "another place" the last.
fn which(run: &Run<'_>, places: &[Place]) -> Vec<Choice> {
    let lang = run.position.lang;
    let describe = |place: &Place| (run.known.describe)(&Destination::Place(place.clone()), lang);
    let mut options: Vec<Choice> = places
        .iter()
        .take(NAMESAKES_MAX)
        .enumerate()
        .map(|(at, place)| Choice { key: (at + 1).to_string(), label: describe(place), value: at.to_string() })
        .collect();
    let label = run.flow.shared.phrase("other_place", lang).to_owned();
    options.push(Choice { key: (options.len() + 1).to_string(), label, value: OTHER.to_owned() });
    options
}

/// An answer such as "v Karlovarském kraji" picks the only place of the open question that lies there.
fn narrowed(run: &Run<'_>, heard: &Understood) -> Option<Place> {
    let Stage::Which(places) = &run.position.stage else { return None };
    let hint = heard.places.destination.as_ref()?;
    let lies_in = |place: &&Place| place.region == hint.region && (hint.district.is_none() || hint.district == place.district);
    let mut found = places.iter().filter(lies_in);
    let only = found.next()?;
    (found.next().is_none() && hint.municipality.as_ref().is_none_or(|named| place_name(only) == Some(&named.name))).then(|| only.clone())
}

fn place_name(place: &Place) -> Option<&String> {
    place.municipality.as_ref().map(|municipality| &municipality.name)
}

/// The finest code of a destination: municipality, ORP, district, region or country.
fn code(destination: &Destination) -> String {
    match destination {
        Destination::Abroad(country) => country.clone(),
        Destination::Place(place) => {
            let municipality = place.municipality.as_ref().and_then(|municipality| municipality.code.clone());
            municipality.or_else(|| place.orp.clone()).or_else(|| place.district.clone()).unwrap_or_else(|| place.region.code().to_owned())
        }
    }
}

impl Kind for Locate {
    fn enter(&self, run: &mut Run<'_>) -> Next {
        run.say_back();
        if run.position.namesakes.is_empty() && run.position.need.destination.is_some() {
            return self.go_on(run);
        }
        self.question(run);
        Next::Wait
    }

    fn take(&self, run: &mut Run<'_>, answer: &Answer<'_>) -> Next {
        match answer {
            Answer::Silence => {
                if let Stage::Postcode(digits) = &mut run.position.stage {
                    digits.clear();
                }
                Next::Silent
            }
            Answer::Key(key) => {
                let value = option::by_key(&self.offered(run), key).map(|option| option.value.clone());
                match value {
                    Some(value) => self.chosen(run, &value),
                    None if run.speaks() => self.typed(run, key),
                    None => postcode(key).map_or(Next::Missed, |digits| self.postcode(run, &digits)),
                }
            }
            Answer::Choice(value) => self.chosen(run, value),
            Answer::Text(heard) => self.written(run, heard),
            Answer::Recorded { .. } | Answer::Operator(_) => Next::Wait,
        }
    }

    /// Whoever hears the question again hears of every way to answer it.
    fn ask(&self, run: &mut Run<'_>) {
        self.question(run);
        if let (Stage::Step, true, Some(after)) = (&run.position.stage, run.speaks(), &self.voice_after) {
            run.add(after.get(run.position.lang));
        }
    }

    fn choices(&self, run: &Run<'_>) -> Vec<Choice> {
        self.offered(run)
    }

    fn ways(&self, _shared: &Shared) -> Vec<Way<'_>> {
        let person = self.person.as_ref().map(|target| ("0".to_owned(), target, false));
        [(String::new(), &self.goto, false), ("zahraničí".to_owned(), &self.abroad, false)].into_iter().chain(person).collect()
    }

    fn texts(&self) -> Option<Texts<'_>> {
        Some(Texts { text: &self.text, voice: self.voice.as_ref(), sms: self.sms.as_ref(), chat: self.chat.as_ref() })
    }

    fn wordings(&self) -> Vec<(&'static str, &Wording)> {
        self.voice_after.iter().map(|after| ("voice_after", after)).collect()
    }

    fn list(&self) -> Option<&Spanned<String>> {
        Some(&self.list)
    }

    fn keys(&self) -> Vec<&Spanned<String>> {
        [&self.postcode, &self.sign_in].into_iter().flatten().collect()
    }

    fn own_retries(&self) -> Vec<&Wordings> {
        [&self.noinput, &self.nomatch].into_iter().flatten().collect()
    }

    fn patience<'a>(&'a self, shared: &'a Shared) -> Option<Patience<'a>> {
        let usual = &shared.defaults.menu;
        Some(Patience {
            timeout: self.timeout.unwrap_or(usual.timeout),
            noinput_max: self.max_noinput.unwrap_or(usual.max_noinput),
            nomatch_max: self.max_nomatch.unwrap_or(usual.max_nomatch),
            noinput: self.noinput.as_ref().unwrap_or(&usual.noinput),
            nomatch: self.nomatch.as_ref().unwrap_or(&usual.nomatch),
            fail: self.fail.as_ref().or(usual.fail.as_ref()),
        })
    }

    fn person(&self) -> Option<&Spanned<String>> {
        self.person.as_ref()
    }
}
