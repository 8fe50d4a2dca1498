//! `linka ask TEXT`: the catalogue's answer as a worker would get it.

use super::{Global, answer, block_on, setup};
use crate::catalogue::{Hit, say_back};
use crate::domain::{Flag, Lang, Medium, Need, Understood, fold, fold_for_sms, sms_parts};
use crate::handbook::inquiry::{self, Inquiry};
use crate::handbook::Handbook;
use crate::routing::Line;
use crate::understanding::understand;
use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

/// What `linka ask` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The question
    text: String,
    /// When it is asked, such as 2026-02-04T09:00:00+01:00 [default: now]
    #[arg(long, value_name = "RFC3339")]
    at: Option<String>,
    /// What the worker holds
    #[arg(long, value_enum, default_value_t = Channel::Chat)]
    channel: Channel,
    /// The language of the answer [default: that of the question]
    #[arg(long, value_enum)]
    lang: Option<Language>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// English words that no Czech question has.
const ENGLISH: [&str; 24] = [
    "accommodation", "addiction", "and", "bed", "children", "counselling", "curator", "debt", "debts", "documents", "family", "for", "food", "help", "house",
    "housing", "job", "man", "need", "shelter", "the", "with", "woman", "work",
];

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Channel {
    Chat,
    Sms,
    Voice,
    Web,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Language {
    Cs,
    En,
}

pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<()> {
    let at = setup::instant(arguments.at.as_deref())?;
    let setup = setup::Setup::new(global)?;
    let handbook = block_on(setup.answering(at))?;
    let understood = understand(&arguments.text, at.with_timezone(&Line::ZONE), &handbook.gazetteer, &handbook.lexicon);
    let lang = match arguments.lang {
        Some(Language::Cs) => Lang::Cs,
        Some(Language::En) => Lang::En,
        None => language(&understood),
    };
    let medium = match arguments.channel {
        Channel::Chat => Medium::Chat,
        Channel::Sms => Medium::Sms,
        Channel::Voice => Medium::Voice,
        Channel::Web => Medium::Web,
    };
    let asked = Asked { handbook: &handbook, understood: &understood, need: understood.need(), lang, medium, at };
    let inquiry = inquiry::inquire(&handbook, &asked.need, 0, at);
    let written = asked.answer(&inquiry);
    let text = if medium == Medium::Sms { fold_for_sms(&written) } else { written };
    if !arguments.json {
        answer(&text);
        return Ok(());
    }
    let fallback: Vec<Value> = inquiry
        .fallback
        .iter()
        .map(|fallback| json!({ "kind": fallback.kind.code(), "text": fallback.text.get(lang), "service": fallback.service }))
        .collect();
    let services: Vec<Value> = inquiry.found.hits.iter().map(|hit| service(hit, lang)).collect();
    let parts = sms_parts(&fold_for_sms(&text));
    answer(&json!({ "services": services, "fallback": fallback, "text": text, "sms_parts": parts }).to_string());
    Ok(())
}

/// One question and everything its answer depends on.
struct Asked<'a> {
    handbook: &'a Handbook,
    understood: &'a Understood,
    need: Need,
    lang: Lang,
    medium: Medium,
    at: DateTime<Utc>,
}

impl Asked<'_> {
    /// The answer as a conversation would give it: a life in danger first, then what is not
    /// clear, then the catalogue.
    fn answer(&self, inquiry: &Inquiry) -> String {
        if self.understood.has(Flag::SelfHarm) {
            return self.crisis(inquiry);
        }
        which(self.handbook, self.understood, self.lang).unwrap_or_else(|| self.listed(inquiry))
    }

    /// The crisis numbers; where there is room, what the catalogue has follows.
    fn crisis(&self, inquiry: &Inquiry) -> String {
        let numbers = inquiry::crisis_numbers(self.handbook, self.lang, self.medium);
        let person = match self.medium {
            Medium::Chat | Medium::Web | Medium::Sms => self.lang.pick("Člověka z linky přivoláte slovem „operátor“.", "To reach a person, write “operator”."),
            Medium::Voice => self.lang.pick("Operátor: nula.", "Operator: zero."),
        };
        let room = matches!(self.medium, Medium::Chat | Medium::Web) && !inquiry.found.hits.is_empty();
        if room { format!("{numbers}\n\n{}", self.listed(inquiry)) } else { format!("{numbers} {person}") }
    }

    fn listed(&self, inquiry: &Inquiry) -> String {
        let answer = inquiry::written(self.handbook, inquiry, &self.need, self.lang, self.medium, self.at).text;
        let place = inquiry::place_words(self.handbook, &self.need, self.lang);
        match say_back(&self.need, place.as_deref(), self.lang, self.at).filter(|_| matches!(self.medium, Medium::Chat | Medium::Web)) {
            Some(said) => format!("{said}\n\n{answer}"),
            None => answer,
        }
    }
}

/// The language of the question. A few words too short to tell are taken for English when one
/// of them is English for what this command is asked about.
fn language(understood: &Understood) -> Lang {
    let english = |word: &str| ENGLISH.contains(&word);
    let plain = fold(&understood.masked);
    let short = || plain.split(|c: char| !c.is_alphanumeric()).any(english);
    understood.lang.unwrap_or_else(|| if short() { Lang::En } else { Lang::Cs })
}

/// The question that is asked back when the place could be several.
fn which(handbook: &Handbook, understood: &Understood, lang: Lang) -> Option<String> {
    if understood.places.destination.is_some() || understood.places.candidates.is_empty() {
        return None;
    }
    let names = understood.places.candidates.iter().enumerate().map(|(n, place)| format!("{} {}", n + 1, handbook.describe_place(place, lang)));
    let question = lang.pick("Které místo máte na mysli?", "Which place do you mean?");
    Some(std::iter::once(question.to_owned()).chain(names).collect::<Vec<_>>().join("\n"))
}

fn service(hit: &Hit, lang: Lang) -> Value {
    json!({
        "id": hit.service.id,
        "name": hit.service.name,
        "kind": hit.service.kind.code(),
        "region": hit.service.place.region.code(),
        "capacity": { "state": hit.capacity.code(), "count": hit.count },
        "confirmed_at": hit.service.confirmed_at,
        "why": hit.why.get(lang),
    })
}
