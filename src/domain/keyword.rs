//! Words that stop, start and explain short messages, alone in a message. Networks know the
//! English ones and act on them themselves
//! (<https://support.twilio.com/hc/en-us/articles/223134027>); the Czech ones are ours.

use super::fold_word;

/// What a person wants who sends such a word alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Keyword {
    /// No more messages.
    Stop,
    /// Messages again.
    Start,
    /// To know who writes.
    Help,
}

/// Whose word it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum For {
    /// Everybody's.
    All,
    /// Not an operator's: operators have commands of these names.
    Workers,
    /// Only of those who have opted out; for anybody else it is an answer like any other.
    OptedOut,
}

const WORDS: [(&str, Keyword, For); 17] = [
    ("stop", Keyword::Stop, For::All),
    ("stopall", Keyword::Stop, For::All),
    ("unsubscribe", Keyword::Stop, For::All),
    ("cancel", Keyword::Stop, For::All),
    ("quit", Keyword::Stop, For::All),
    ("revoke", Keyword::Stop, For::All),
    ("optout", Keyword::Stop, For::All),
    ("odhlasit", Keyword::Stop, For::All),
    ("end", Keyword::Stop, For::Workers),
    ("konec", Keyword::Stop, For::Workers),
    ("start", Keyword::Start, For::All),
    ("unstop", Keyword::Start, For::All),
    ("subscribe", Keyword::Start, For::All),
    ("yes", Keyword::Start, For::OptedOut),
    ("help", Keyword::Help, For::Workers),
    ("info", Keyword::Help, For::Workers),
    ("pomoc", Keyword::Help, For::Workers),
];

impl Keyword {
    /// The question an answer to such a word belongs to. It leaves even to whoever wants no messages.
    pub const STEP: &str = "keyword";
    /// The same of an answer that says whether messages are wanted: the last one alone is true.
    pub const STANDING: &str = "keyword_standing";

    /// Reads a whole message; `None` for everything that is more than such a word, and for words that
    /// are an operator's commands. "Yes" is one only for whoever [`Keyword::needs_opt_out`] finds opted out.
    #[must_use]
    pub fn of(text: &str, operator: bool) -> Option<Self> {
        let word = fold_word(text);
        let (_, keyword, whose) = WORDS.iter().find(|(known, ..)| *known == word)?;
        (!operator || *whose == For::All).then_some(*keyword)
    }

    /// Tells whether the word means something only to whoever has opted out.
    #[must_use]
    pub fn needs_opt_out(text: &str) -> bool {
        let word = fold_word(text);
        WORDS.iter().any(|(known, _, whose)| *known == word && *whose == For::OptedOut)
    }

    /// Tells whether a word never reaches a conversation, so that no menu may use it.
    #[must_use]
    pub fn is_kept(text: &str) -> bool {
        Self::of(text, false).is_some() && !Self::needs_opt_out(text)
    }
}

#[cfg(test)]
mod tests {
    use super::Keyword;

    #[test]
    fn only_a_whole_message_is_a_keyword() {
        use Keyword::{Help, Start, Stop};
        // text, of a worker, of an operator
        let table = [
            ("STOP", Some(Stop), Some(Stop)),
            (" „Stop.“ ", Some(Stop), Some(Stop)),
            ("Odhlásit!", Some(Stop), Some(Stop)),
            ("optout", Some(Stop), Some(Stop)),
            ("CANCEL", Some(Stop), Some(Stop)),
            ("konec", Some(Stop), None),
            ("END", Some(Stop), None),
            ("Start", Some(Start), Some(Start)),
            ("yes", Some(Start), None),
            ("POMOC", Some(Help), None),
            ("info", Some(Help), None),
            ("stop stav", None, None),
            ("konec trestu je v pátek", None, None),
            ("pomoc s bydlením", None, None),
            ("stopp", None, None),
            ("", None, None),
        ];
        for (text, worker, operator) in table {
            assert_eq!((Keyword::of(text, false), Keyword::of(text, true)), (worker, operator), "{text}");
        }
        assert!(Keyword::is_kept("Konec") && Keyword::is_kept("unsubscribe") && !Keyword::is_kept("yes") && !Keyword::is_kept("bydlení"));
    }
}
