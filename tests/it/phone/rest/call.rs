//! The resource of calls.

use super::Asking;
use super::answer::{Refusal, Reply, date, dated, page};
use crate::phone::document;
use crate::phone::exchange::Exchange;
use crate::phone::grammar::is_e164;
use crate::phone::leg::{Direction, Leg, Status};
use crate::phone::message::callback;
use crate::phone::verb::{self, Target, Verb};
use serde_json::{Value, json};

/// The longest document an order may carry itself.
const TWIML_LETTERS_MAX: usize = 4_000;

/// Where a call is sent.
enum Whereto {
    Address(Target),
    Verbs(Vec<Verb>),
}

impl Exchange {
    pub(super) fn post_call(&mut self, asking: &Asking<'_>) -> Result<Reply, Refusal> {
        let to = asking.said("To").ok_or_else(|| Refusal::new(400, 21_201, "No 'To' number is specified"))?;
        let from = asking.said("From").ok_or_else(|| Refusal::new(400, 21_213, "No 'From' number is specified"))?;
        if !is_e164(to) {
            return Err(Refusal::known(21_211, to).expect("a text"));
        }
        if !is_e164(from) {
            return Err(Refusal::known(21_212, from).expect("a text"));
        }
        if !self.numbers.get(from).is_some_and(|number| number.voice) {
            return Err(Refusal::known(21_210, from).expect("a text"));
        }
        if let Some(refusal) = self.whims.refused.get(to).and_then(|code| Refusal::known(*code, to)) {
            return Err(refusal);
        }
        let whereto = self.goes_where(asking)?.ok_or_else(|| Refusal::new(400, 21_205, "Url parameter is required."))?;
        let sid = self.begins(Direction::Api, to, from, to, asking.now);
        let events = asking.form.iter().filter(|(key, _)| key == "StatusCallbackEvent").map(|(_, value)| value.clone()).collect();
        let told = target(asking, "StatusCallback", "StatusCallbackMethod").map(|target| callback(target, events));
        let leg = self.leg_mut(&sid);
        leg.callback = told;
        leg.fallback = target(asking, "FallbackUrl", "FallbackMethod");
        match whereto {
            Whereto::Address(target) => leg.welcome = Some(target),
            Whereto::Verbs(verbs) => leg.page = verbs.into(),
        }
        let reply = Reply::json(201, &self.call_json(&sid)).made(&sid);
        self.calls_out(&sid, asking.whole("Timeout", 60), asking.now);
        Ok(reply)
    }

    /// The document a call is sent to: at an address, or in the order itself.
    fn goes_where(&mut self, asking: &Asking<'_>) -> Result<Option<Whereto>, Refusal> {
        if let Some(target) = target(asking, "Url", "Method") {
            return Ok(Some(Whereto::Address(target)));
        }
        let Some(text) = asking.said("Twiml") else { return Ok(None) };
        let wrong = |what: String| Refusal::new(400, 21_205, &format!("Twiml is not valid: {what}"));
        if text.chars().count() > TWIML_LETTERS_MAX {
            return Err(wrong("too long".to_owned()));
        }
        let root = document::read("text/xml", text.as_bytes()).map_err(wrong)?;
        let verbs = verb::read(&root, self.whims.any_voice).map_err(|all| {
            self.fault(all.join("\n"));
            wrong(all.join("; "))
        })?;
        self.documents.entry(text.to_owned()).or_insert_with(|| asking.path.to_owned());
        Ok(Some(Whereto::Verbs(verbs)))
    }

    pub(super) fn list_calls(&self, asking: &Asking<'_>) -> Reply {
        let wanted = |leg: &&Leg| {
            asking.said("To").is_none_or(|to| leg.to == to)
                && asking.said("From").is_none_or(|from| leg.from == from)
                && asking.said("Status").is_none_or(|status| leg.status.name() == status)
                && asking.said("ParentCallSid").is_none_or(|parent| leg.parent.as_deref() == Some(parent))
                && dated(asking, "StartTime", leg.answered_at)
                && dated(asking, "EndTime", leg.ended_at)
        };
        let mut found: Vec<_> = self.legs.values().filter(wanted).collect();
        found.sort_by(|a, b| (b.created_at, &b.sid).cmp(&(a.created_at, &a.sid)));
        let found: Vec<_> = found.into_iter().map(|leg| self.call_json(&leg.sid)).collect();
        page(asking, "calls", &found)
    }

    pub(super) fn get_call(&self, asking: &Asking<'_>, sid: &str) -> Result<Reply, Refusal> {
        let sid = self.known_call(asking, sid)?;
        Ok(Reply::json(200, &self.call_json(&sid)))
    }

    fn known_call(&self, asking: &Asking<'_>, sid: &str) -> Result<String, Refusal> {
        let sid = sid.strip_suffix(".json").filter(|sid| self.legs.contains_key(*sid));
        sid.map(str::to_owned).ok_or_else(|| Refusal::not_found(asking.path))
    }

    /// A call is ended, or sent to another document.
    pub(super) fn update_call(&mut self, asking: &Asking<'_>, sid: &str) -> Result<Reply, Refusal> {
        let sid = self.known_call(asking, sid)?;
        let status = self.leg(&sid).status;
        let over = || Refusal::new(400, 21_220, "Call is not in-progress. Cannot redirect.");
        if status.is_over() {
            return Err(over());
        }
        let answered = self.leg(&sid).answered_at.is_some();
        match asking.said("Status") {
            Some("canceled") if answered => return Err(over()),
            Some("canceled") => self.end(&sid, Status::Canceled, asking.now),
            Some(_) => self.end(&sid, if answered { Status::Completed } else { Status::Canceled }, asking.now),
            None => {
                let whereto = self.goes_where(asking)?.ok_or_else(|| Refusal::new(400, 20_001, "Nothing to update"))?;
                if !answered {
                    return Err(over());
                }
                self.leaves_all(&sid, asking.now);
                match whereto {
                    Whereto::Address(target) => self.fetch(&sid, &target, Vec::new(), asking.now),
                    Whereto::Verbs(verbs) => {
                        self.leg_mut(&sid).turn += 1;
                        self.leg_mut(&sid).page = verbs.into();
                        self.run(&sid, asking.now);
                    }
                }
            }
        }
        Ok(Reply::json(200, &self.call_json(&sid)))
    }

    fn call_json(&self, sid: &str) -> Value {
        let leg = self.leg(sid);
        let uri = format!("/2010-04-01/Accounts/{}/Calls/{sid}", self.account);
        // The provider's list knows no “initiated”.
        let status = if leg.status == Status::Initiated { Status::Queued } else { leg.status };
        json!({
            "sid": sid,
            "parent_call_sid": leg.parent,
            "account_sid": self.account,
            "api_version": "2010-04-01",
            "from": leg.from,
            "from_formatted": leg.from,
            "to": leg.to,
            "to_formatted": leg.to,
            "status": status.name(),
            "direction": leg.direction.name(),
            "start_time": leg.answered_at.map(date),
            "end_time": leg.ended_at.map(date),
            "duration": leg.duration_s().map(|seconds| seconds.to_string()),
            "date_created": date(leg.created_at),
            "date_updated": date(leg.ended_at.or(leg.answered_at).unwrap_or(leg.created_at)),
            "answered_by": null,
            "forwarded_from": null,
            "caller_name": null,
            "group_sid": null,
            "phone_number_sid": self.numbers.get(&leg.from).or_else(|| self.numbers.get(&leg.to)).map(|number| number.sid.clone()),
            "price": null,
            "price_unit": "USD",
            "queue_time": "0",
            "trunk_sid": null,
            "uri": format!("{uri}.json"),
            "subresource_uris": {"recordings": format!("{uri}/Recordings.json")},
        })
    }
}

fn target(asking: &Asking<'_>, url: &str, method: &str) -> Option<Target> {
    asking.said(url).map(|url| Target { url: url.to_owned(), method: asking.said(method).unwrap_or("POST").to_owned() })
}
