//! Words and tones for values of the domain: what a badge says and how loud it says it.

use crate::domain::{Delivery, Destination, Lang, Medium, Need, Outcome, Release, Review, Stage, Who};
use chrono::NaiveDate;

/// How loud a badge is. The words always say the same as the colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Nothing to notice.
    Calm,
    /// Under way.
    Busy,
    /// Well done.
    Good,
    /// Look at it.
    Warn,
    /// Act now.
    Loud,
}

impl Tone {
    /// Returns the class of the style sheet.
    #[must_use]
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Busy => "busy",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Loud => "bad",
        }
    }
}

/// A word with its tone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Badge {
    /// How loud.
    pub(crate) tone: Tone,
    /// What it says.
    pub(crate) text: &'static str,
}

/// Says where a contact stands.
#[must_use]
pub(crate) const fn stage(stage: Stage, lang: Lang) -> Badge {
    let tone = match stage {
        Stage::Asking | Stage::Held => Tone::Busy,
        Stage::Waiting | Stage::Promised => Tone::Warn,
        Stage::Closed => Tone::Calm,
    };
    Badge { tone, text: stage.label(lang) }
}

/// Says what came of a contact.
#[must_use]
pub(crate) const fn outcome(outcome: Outcome, lang: Lang) -> Badge {
    let tone = match outcome {
        Outcome::Placed | Outcome::Referred | Outcome::Informed => Tone::Good,
        Outcome::NoPlace | Outcome::Unreachable | Outcome::Abandoned => Tone::Warn,
        Outcome::Other => Tone::Calm,
    };
    Badge { tone, text: outcome.label(lang) }
}

/// Says where the review stands.
#[must_use]
pub(crate) const fn review(review: Review, lang: Lang) -> Badge {
    let tone = match review {
        Review::New => Tone::Busy,
        Review::Reviewed | Review::Corrected => Tone::Calm,
        Review::Queried => Tone::Warn,
    };
    Badge { tone, text: review.label(lang) }
}

/// Says how far a message has come, with its ticks.
#[must_use]
pub(crate) const fn delivery(delivery: Delivery, lang: Lang) -> Badge {
    let (tone, text) = match delivery {
        Delivery::Queued => (Tone::Calm, lang.pick("čeká na odeslání", "waiting to be sent")),
        Delivery::Sending => (Tone::Calm, lang.pick("odesílá se", "being sent")),
        Delivery::Unknown => (Tone::Warn, lang.pick("? možná odesláno", "? perhaps sent")),
        Delivery::Sent => (Tone::Calm, lang.pick("✓ odesláno", "✓ sent")),
        Delivery::Delivered => (Tone::Good, lang.pick("✓✓ doručeno", "✓✓ delivered")),
        Delivery::Read => (Tone::Good, lang.pick("✓✓ přečteno", "✓✓ read")),
        Delivery::Failed => (Tone::Loud, lang.pick("✕ nedoručeno", "✕ not delivered")),
        Delivery::Withdrawn => (Tone::Calm, lang.pick("– staženo, už nebylo potřeba", "– withdrawn, no longer needed")),
    };
    Badge { tone, text }
}

/// Names what a person holds in the hand.
#[must_use]
pub(crate) const fn medium(medium: Medium, lang: Lang) -> &'static str {
    medium.label(lang)
}

/// Names a channel: the medium's word, and beside it the channel's own name where that says more
/// (`chat (telegram)`). A name that is only a medium's own code says no more.
#[must_use]
pub(crate) fn channel(name: &str, medium: Medium, lang: Lang) -> String {
    let word = self::medium(medium, lang);
    if Medium::from_name(name).is_some() { word.to_owned() } else { format!("{word} ({name})") }
}

/// Names where the client returns: the municipality, else the region, else the country's code.
#[must_use]
pub(crate) fn destination(need: &Need, lang: Lang) -> String {
    match &need.destination {
        Some(Destination::Place(place)) => match &place.municipality {
            Some(municipality) => municipality.name.clone(),
            None => place.region.name(lang).to_owned(),
        },
        Some(Destination::Abroad(country)) => format!("{} ({country})", lang.pick("zahraničí", "abroad")),
        None => lang.pick("neznámé", "unknown").to_owned(),
    }
}

/// Lists the topics in one line.
#[must_use]
pub(crate) fn topics(need: &Need, lang: Lang) -> String {
    need.topics.iter().map(|topic| topic.label(lang)).collect::<Vec<_>>().join(", ")
}

/// Lists what is known of the client, each in one or two words.
#[must_use]
pub(crate) fn who(who: &Who, lang: Lang) -> Vec<String> {
    let sex = who.sex.map(|sex| sex.label(lang));
    let age = who.age_band.map(|band| band.label(lang));
    let yes = [
        (who.children, "s dětmi", "with children"),
        (who.couple, "dvojice", "a couple"),
        (who.pregnant, "čeká dítě", "expecting a child"),
        (who.disability, "se zdravotním postižením", "with a disability"),
        (who.pet, "se zvířetem", "with an animal"),
        (who.no_income, "bez příjmu", "without income"),
        (who.foreigner, "cizí státní příslušnost", "foreign national"),
        (who.substitution, "v substituci", "in substitution treatment"),
        (who.without_id, "bez dokladů", "without documents"),
        (who.released_already, "už na svobodě", "already released"),
    ];
    let said = yes.into_iter().filter(|(value, ..)| *value == Some(true)).map(|(_, cs, en)| lang.pick(cs, en));
    let count = who.count.map(|count| match lang {
        Lang::Cs => format!("počet klientů: {count}"),
        Lang::En => format!("clients: {count}"),
    });
    sex.into_iter().chain(age).chain(said).map(str::to_owned).chain(count).collect()
}

/// Writes when the client is released.
#[must_use]
pub(crate) fn release(release: Release, today: NaiveDate, lang: Lang) -> String {
    let date = |day| super::moment::date(day, today, lang);
    match release {
        // Without the weekday: "výstup po 15. 3." would read as "after".
        Release::On(day) if day.signed_duration_since(today).num_days().abs() > 1 => date(day),
        Release::On(day) => super::moment::short_day(day, today, lang),
        Release::Window(from, to) => format!("{} – {}", date(from), date(to)),
    }
}

/// Picks the Czech form that goes with a number: 1 kontakt, 2 kontakty, 5 kontaktů.
#[must_use]
pub(crate) const fn counted<'a>(count: i64, one: &'a str, few: &'a str, many: &'a str) -> &'a str {
    match count {
        1 => one,
        2..=4 => few,
        _ => many,
    }
}

/// Starts a sentence: the first letter becomes a capital.
#[must_use]
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::channel;
    use crate::domain::{Lang, Medium};

    #[test]
    fn a_channel_is_named_for_people() {
        let table = [("voice", Medium::Voice, "telefon"), ("sms", Medium::Sms, "SMS"), ("telegram", Medium::Chat, "chat (telegram)")];
        for (name, medium, expected) in table {
            assert_eq!(channel(name, medium, Lang::Cs), expected);
        }
    }
}
