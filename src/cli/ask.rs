//! `linka ask TEXT`: the catalogue's answer as a worker would get it.

use super::{Global, answer, block_on, setup};
use crate::catalogue::{Hit, say_back};
use crate::domain::{Flag, Lang, Medium, Need, Understood, fold_for_sms, sms_parts};
use crate::handbook::{Handbook, inquiry};
use crate::routing::Line;
use crate::understanding::understand;
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
        None => understood.lang.unwrap_or_default(),
    };
    let medium = match arguments.channel {
        Channel::Chat => Medium::Chat,
        Channel::Sms => Medium::Sms,
        Channel::Voice => Medium::Voice,
        Channel::Web => Medium::Web,
    };
    let need = need(&understood);
    let inquiry = inquiry::inquire(&handbook, &need, 0, at);
    let written = which(&handbook, &understood, lang).unwrap_or_else(|| {
        let answer = inquiry::written(&handbook, &inquiry, &need, lang, medium, at);
        let place = need.destination.as_ref().map(|destination| handbook.describe(destination, lang));
        match say_back(&need, place.as_deref(), lang, at).filter(|_| matches!(medium, Medium::Chat | Medium::Web)) {
            Some(said) => format!("{said}\n\n{answer}"),
            None => answer,
        }
    });
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

fn need(understood: &Understood) -> Need {
    Need {
        destination: understood.places.one(),
        excluded: understood.places.excluded.clone(),
        topics: understood.topics.clone(),
        who: understood.who.clone(),
        release: understood.release,
        restricted: understood.has(Flag::Restricted),
    }
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
