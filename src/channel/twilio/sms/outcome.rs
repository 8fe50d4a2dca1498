//! What a message's status and error code mean for the letter it carries.

use crate::channel::twilio::fault::{Fate, delivery, fault};
use crate::domain::{Barrier, Delivery, LetterId, Repeat, Reported};

/// A phone that is off or out of reach is tried again while the message is still worth something.
const LATER: Repeat = Repeat { after_s: 900, attempts_max: 4 };
/// What was lost for no known reason is tried once more.
const ONCE_MORE: Repeat = Repeat { after_s: 60, attempts_max: 2 };

/// Reads a report on a message; `None` for a status that says nothing.
#[must_use]
pub fn outcome(letter: LetterId, sid: &str, status: &str, code: Option<u32>) -> Option<Reported> {
    let delivery = delivery(status)?;
    let reference = Some(sid.to_owned()).filter(|sid| !sid.is_empty());
    let report = Reported { reference, ..Reported::of(letter, delivery) };
    if delivery != Delivery::Failed {
        return Some(report);
    }
    let fault = fault(code);
    let code = code.map(|code| format!(" ({code})")).unwrap_or_default();
    let failed = Reported { error: Some(format!("{}{code}", fault.reason)), ..report };
    Some(match fault.fate {
        Fate::Later => Reported { repeat: Some(LATER), ..failed },
        Fate::OnceMore => Reported { repeat: Some(ONCE_MORE), ..failed },
        Fate::Unreachable => Reported { barrier: Some(Barrier::Unreachable), ..failed },
        Fate::OptedOut => Reported { barrier: Some(Barrier::OptedOut), ..failed },
        Fate::Filtered => Reported { filtered: true, ..failed },
        Fate::Ours | Fate::Unknown | Fate::Never => failed,
    })
}

#[cfg(test)]
mod tests {
    use super::{LATER, ONCE_MORE, outcome};
    use crate::domain::{Barrier, Delivery, LetterId, Reported};
    use uuid::Uuid;

    #[test]
    fn each_code_has_its_outcome() {
        let letter = LetterId(Uuid::from_u128(1));
        let report = |delivery| Reported { reference: Some("SM1".to_owned()), ..Reported::of(letter, delivery) };
        let failed = |error: &str| Reported { error: Some(error.to_owned()), ..report(Delivery::Failed) };
        let table = [
            ("queued", None, Some(report(Delivery::Sent))),
            ("delivered", None, Some(report(Delivery::Delivered))),
            ("read", None, Some(report(Delivery::Read))),
            ("received", None, None),
            ("undelivered", Some(30_003), Some(Reported { repeat: Some(LATER), ..failed("the phone is off or out of reach (30003)") })),
            ("undelivered", Some(30_008), Some(Reported { repeat: Some(ONCE_MORE), ..failed("lost for an unknown reason (30008)") })),
            ("undelivered", Some(30_005), Some(Reported { barrier: Some(Barrier::Unreachable), ..failed("the number does not exist (30005)") })),
            ("undelivered", Some(30_006), Some(Reported { barrier: Some(Barrier::Unreachable), ..failed("a landline, or a network out of reach (30006)") })),
            ("failed", Some(21_610), Some(Reported { barrier: Some(Barrier::OptedOut), ..failed("the person has opted out (21610)") })),
            ("undelivered", Some(30_007), Some(Reported { filtered: true, ..failed("filtered as unwanted (30007)") })),
            ("failed", None, Some(failed("refused by the provider"))),
        ];
        for (status, code, expected) in table {
            assert_eq!(outcome(letter, "SM1", status, code), expected, "{status} {code:?}");
        }
    }

    #[test]
    fn statuses_in_any_order_end_alike() {
        let statuses = ["queued", "sent", "delivered", "sending", "accepted"];
        let mut orders = vec![Vec::new()];
        for _ in 0..statuses.len() {
            orders = orders.into_iter().flat_map(|order: Vec<&str>| statuses.iter().filter(|status| !order.contains(*status)).map(|status| [order.clone(), vec![*status]].concat()).collect::<Vec<_>>()).collect();
        }
        assert_eq!(orders.len(), 120);
        for order in orders {
            let end = order.iter().fold(Delivery::Sending, |state, status| state.after(outcome(LetterId(Uuid::nil()), "SM1", status, None).unwrap().delivery));
            assert_eq!(end, Delivery::Delivered, "{order:?}");
        }
    }
}
