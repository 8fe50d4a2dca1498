//! The way something came in: to which of the line's own numbers, and in which call.

use super::{Address, ContactId, EventKey, LetterId, LineId, Medium};
use serde::{Deserialize, Serialize};

/// How something came in; everything is unknown where the channel does not tell.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Via {
    /// The line's own handle it came to, such as its phone number: the answer leaves from there.
    pub own: Option<String>,
    /// The call it belongs to, as the channel names it.
    pub call: Option<String>,
    /// The contact it belongs to.
    pub contact: Option<ContactId>,
    /// What was said last in the call, as far as the caller knows; an answer to anything older is none.
    #[serde(default)]
    pub prompt: Option<LetterId>,
    /// The room of many people it was written in.
    #[serde(default)]
    pub room: Option<Address>,
    /// The message of the same person's that is changed or taken back.
    #[serde(default)]
    pub original: Option<EventKey>,
    /// The channel has made sure who speaks, by a PIN.
    pub proven: bool,
}

/// One of the line's own phone numbers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnNumber {
    /// The number (E.164), or the name messages carry where there is no number to answer to.
    pub number: String,
    /// The line people know it as; left out, it is everybody's.
    #[serde(default)]
    pub line: Option<LineId>,
    /// It can be called, and calls leave from it.
    #[serde(default)]
    pub voice: bool,
    /// Messages arrive at it and leave from it.
    #[serde(default)]
    pub sms: bool,
}

impl OwnNumber {
    /// Tells whether it serves a medium.
    #[must_use]
    pub const fn serves(&self, medium: Medium) -> bool {
        match medium {
            Medium::Voice => self.voice,
            Medium::Sms => self.sms,
            Medium::Chat | Medium::Web => false,
        }
    }

    /// Tells whether an answer can come back: a name cannot be written to.
    #[must_use]
    pub fn is_two_way(&self) -> bool {
        self.number.starts_with('+')
    }
}

/// Chooses the number a letter of a medium leaves from: the one that was written to or called, else
/// one of the line's, else one of nobody's, else any; one that can be answered before a mere name.
#[must_use]
pub fn leaving_from<'a>(numbers: &'a [OwnNumber], medium: Medium, own: Option<&str>, line: Option<&LineId>) -> Option<&'a str> {
    let serving = || numbers.iter().filter(|one| one.serves(medium));
    let same = serving().find(|one| Some(one.number.as_str()) == own);
    let of_line = || serving().find(|one| one.line.is_some() && one.line.as_ref() == line);
    let of_nobody = || serving().find(|one| one.line.is_none());
    let any = || serving().next();
    let answered = |found: fn(&OwnNumber, Option<&LineId>) -> bool| serving().find(|one| one.is_two_way() && found(one, line));
    let two_way = || answered(|one, line| one.line.is_some() && one.line.as_ref() == line).or_else(|| answered(|one, _| one.line.is_none()));
    same.or_else(two_way).or_else(of_line).or_else(of_nobody).or_else(any).map(|one| one.number.as_str())
}

#[cfg(test)]
mod tests {
    use super::{OwnNumber, leaving_from};
    use crate::domain::{LineId, Medium};

    fn number(number: &str, line: Option<&str>, voice: bool, sms: bool) -> OwnNumber {
        OwnNumber { number: number.to_owned(), line: line.map(LineId::new), voice, sms }
    }

    #[test]
    fn an_answer_leaves_from_where_the_question_came_to() {
        let numbers = [
            number("+420228880001", Some("praha"), true, false),
            number("+420719880001", Some("praha"), false, true),
            number("+420228880002", Some("ustecky"), true, false),
            number("+420719880009", None, true, true),
        ];
        let table = [
            (Medium::Sms, Some("+420719880009"), Some("praha"), Some("+420719880009")),
            (Medium::Sms, Some("+420228880001"), Some("praha"), Some("+420719880001")),
            (Medium::Sms, Some("+420228880002"), Some("ustecky"), Some("+420719880009")),
            (Medium::Voice, None, Some("ustecky"), Some("+420228880002")),
            (Medium::Voice, None, None, Some("+420719880009")),
            (Medium::Chat, Some("+420719880009"), Some("praha"), None),
        ];
        for (medium, own, line, expected) in table {
            assert_eq!(leaving_from(&numbers, medium, own, line.map(LineId::new).as_ref()), expected, "{medium:?} {own:?} {line:?}");
        }
        assert_eq!(leaving_from(&numbers[..1], Medium::Sms, None, None), None);
        let named = [number("LINKA", Some("praha"), false, true), number("+420719880001", Some("praha"), false, true)];
        let praha = LineId::new("praha");
        assert_eq!(leaving_from(&named, Medium::Sms, None, Some(&praha)), Some("+420719880001"));
        assert_eq!(leaving_from(&named[..1], Medium::Sms, None, Some(&praha)), Some("LINKA"));
    }
}
