//! How well an operator is reached: which contact points nothing arrives at, and which nobody has
//! proven yet.

use super::Operator;
use crate::domain::{Address, Barrier, Bilingual, Lang, Point};

/// What is wrong with somebody's contact points, the worst first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unreached {
    /// There is none.
    Nowhere,
    /// Nothing arrives at any.
    CutOff(Vec<Address>),
    /// Nothing arrives at some.
    Barred(Vec<(Address, Barrier)>),
    /// Some have not been proven.
    Unproven(Vec<Address>),
}

/// Looks at somebody's contact points; nothing when all is well.
pub(super) fn unreached(operator: &Operator, points: &[Point]) -> Option<Unreached> {
    let known = |address: &Address| Point::of(points, &operator.id, address);
    let barrier = |address: &Address| known(address).and_then(|point| point.trouble).map(|trouble| trouble.barrier);
    let barred: Vec<(Address, Barrier)> = operator.addresses.iter().filter_map(|address| Some((address.clone(), barrier(address)?))).collect();
    if operator.addresses.is_empty() {
        return Some(Unreached::Nowhere);
    }
    if barred.len() == operator.addresses.len() {
        return Some(Unreached::CutOff(operator.addresses.clone()));
    }
    if !barred.is_empty() {
        return Some(Unreached::Barred(barred));
    }
    let unproven = operator.addresses.iter().filter(|address| known(address).is_none_or(|point| point.verified_at.is_none()));
    let unproven: Vec<Address> = unproven.cloned().collect();
    (!unproven.is_empty()).then_some(Unreached::Unproven(unproven))
}

impl Unreached {
    /// Says it in a sentence that begins with the person's name.
    pub(super) fn said(&self, who: &str) -> Bilingual {
        let listed = |addresses: &mut dyn Iterator<Item = &Address>, lang| addresses.map(|address| address.label(lang).to_owned()).collect::<Vec<_>>().join(", ");
        let in_words = |lang: Lang| match self {
            Self::Nowhere => format!("{who} {}", lang.pick("nemá žádné spojení", "has no contact point")),
            Self::CutOff(all) => format!("{who}: {} ({})", lang.pick("zprávy nikam nedojdou", "messages arrive nowhere"), listed(&mut all.iter(), lang)),
            Self::Barred(some) => {
                let one = |(address, barrier): &(Address, Barrier)| {
                    let why = match barrier {
                        Barrier::Blocked => lang.pick("linka je tam zablokovaná", "the line is blocked there"),
                        Barrier::OptedOut => lang.pick("zprávy tam nechce", "wants no messages there"),
                        Barrier::Unreachable => lang.pick("zprávy tam nedojdou", "messages do not arrive"),
                    };
                    format!("{} – {why}", address.label(lang))
                };
                format!("{who}: {}", some.iter().map(one).collect::<Vec<_>>().join(", "))
            }
            Self::Unproven(some) => format!("{who}: {} ({})", lang.pick("neověřené spojení", "not verified"), listed(&mut some.iter(), lang)),
        };
        Bilingual::new(in_words(Lang::Cs), in_words(Lang::En))
    }
}

#[cfg(test)]
mod tests {
    use super::unreached;
    use crate::domain::{Address, Barrier, OperatorId, Point, Trouble};
    use crate::routing::Operator;
    use chrono::DateTime;

    fn jana(addresses: &[&str]) -> Operator {
        let addresses = addresses.iter().map(|channel| Address::new(*channel, "jana")).collect();
        Operator { id: OperatorId::new("jana"), name: "Jana Vzorová".into(), languages: Vec::new(), addresses, reach: Vec::new(), contacts_max: None }
    }

    #[test]
    fn the_worst_is_said_first() {
        let at = DateTime::UNIX_EPOCH;
        let fresh = |channel: &str| Point::unknown(OperatorId::new("jana"), Address::new(channel, "jana"));
        let proven = |channel: &str| Point { verified_at: Some(at), ..fresh(channel) };
        let barred = |channel: &str, barrier| Point { trouble: Some(Trouble { barrier, since: at }), ..proven(channel) };
        let others = |channel: &str| Point { operator: OperatorId::new("petr"), ..proven(channel) };
        let table: [(&[&str], Vec<Point>, Option<&str>); 7] = [
            (&[], vec![], Some("Jana nemá žádné spojení")),
            (&["chat", "sms"], vec![proven("chat"), proven("sms")], None),
            (&["chat", "sms", "voice"], vec![proven("chat"), fresh("sms")], Some("Jana: neověřené spojení (SMS, telefon)")),
            (&["chat"], vec![others("chat")], Some("Jana: neověřené spojení (chat)")),
            (&["chat", "sms"], vec![barred("chat", Barrier::Blocked)], Some("Jana: chat – linka je tam zablokovaná")),
            (&["chat", "sms"], vec![barred("sms", Barrier::Unreachable)], Some("Jana: SMS – zprávy tam nedojdou")),
            (&["chat", "sms"], vec![barred("chat", Barrier::Blocked), barred("sms", Barrier::Unreachable)], Some("Jana: zprávy nikam nedojdou (chat, SMS)")),
        ];
        for (addresses, points, expected) in table {
            let said = unreached(&jana(addresses), &points).map(|wrong| wrong.said("Jana").cs);
            assert_eq!(said.as_deref(), expected, "{points:?}");
        }
    }
}
