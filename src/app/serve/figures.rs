//! The figures of `/metrics`: what each counts, and that each is there from the start, so that a
//! rule about one that never moved is no gap in the picture. They are counted where things happen.

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;

const EVENTS: &str = "linka_events_total";
const LETTERS: &str = "linka_letters_total";
const BATCHES_FAILED: &str = "linka_batches_failed_total";
const BATCH: &str = "linka_batch_events";
const SIGN_INS_REFUSED: &str = "linka_sign_ins_refused_total";
const TURNED_AWAY: &str = "linka_calls_turned_away_total";
const SPENT: &str = "linka_cost_of_day";
const TIMERS_LATE: &str = "linka_timers_late";
const ADRIFT: &str = "linka_contacts_adrift_total";
const POINTS_TROUBLED: &str = "linka_contact_points_troubled";
const COORDINATORS_UNREACHED: &str = "linka_coordinators_unreached";

/// The process-wide recorder of figures; a second line in one process shares it.
pub(super) fn recorder() -> Option<&'static PrometheusHandle> {
    static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let install = || {
        let handle = PrometheusBuilder::new().install_recorder().ok()?;
        describe();
        Some(handle)
    };
    RECORDER.get_or_init(install).as_ref()
}

fn describe() {
    metrics::describe_counter!(EVENTS, "Events that came in, by kind and whether they were stored.");
    metrics::describe_counter!(LETTERS, "Letters handed to a channel, by what the channel said.");
    metrics::describe_counter!(BATCHES_FAILED, "Commits that failed; their senders were told to try again.");
    metrics::describe_histogram!(BATCH, "Events stored by one commit.");
    metrics::describe_counter!(SIGN_INS_REFUSED, "Refused sign-ins, by door: the console, the worker's page or the phone.");
    metrics::describe_counter!(TURNED_AWAY, "Calls that were not let in, by reason: blocked, busy, often, captcha, pin.");
    metrics::describe_gauge!(SPENT, "What messages and calls have cost today, in the currency of the prices.");
    for why in ["blocked", "busy", "often", "captcha", "pin"] {
        metrics::counter!(TURNED_AWAY, "why" => why).increment(0);
    }
    metrics::describe_gauge!(TIMERS_LATE, "Timers more than a minute late at the last audit.");
    metrics::describe_counter!(ADRIFT, "Open contacts found without a next step, and given one.");
    metrics::describe_gauge!(POINTS_TROUBLED, "Contact points of operators where nothing arrived at the last audit.");
    metrics::describe_gauge!(COORDINATORS_UNREACHED, "Coordinators whom nothing reached at the last audit.");
    metrics::gauge!(TIMERS_LATE).set(0.0);
    metrics::gauge!(POINTS_TROUBLED).set(0.0);
    metrics::gauge!(COORDINATORS_UNREACHED).set(0.0);
    metrics::counter!(ADRIFT).increment(0);
    for kind in ["heard", "ordered", "challenged", "reported", "rang", "struck", "audited", "looked"] {
        for taken in ["yes", "no"] {
            metrics::counter!(EVENTS, "kind" => kind, "taken" => taken).increment(0);
        }
    }
    metrics::counter!(BATCHES_FAILED).increment(0);
    for door in ["console", "worker", "phone"] {
        metrics::counter!(SIGN_INS_REFUSED, "door" => door).increment(0);
    }
    let _ = metrics::histogram!(BATCH);
}

/// Begins the figures of letters for the channels that are switched on.
pub(super) fn letters<'a>(channels: impl IntoIterator<Item = &'a str>) {
    for channel in channels {
        for delivery in ["sent", "failed"] {
            metrics::counter!(LETTERS, "channel" => channel.to_owned(), "delivery" => delivery).increment(0);
        }
    }
}

/// Gathers what was measured since the last time, so that it takes no room while nobody asks.
pub(super) fn keep() {
    if let Some(recorder) = recorder() {
        recorder.run_upkeep();
    }
}
