//! The resource of the account's numbers: how each is set up.

use super::Asking;
use super::answer::{Refusal, Reply, page};
use crate::phone::exchange::{Exchange, Number};
use serde_json::{Value, json};

impl Exchange {
    pub(super) fn list_numbers(&self, asking: &Asking<'_>) -> Reply {
        // A part of a number finds it, as documented.
        let wanted = |(number, set): &(&String, &Number)| {
            asking.said("PhoneNumber").is_none_or(|part| number.contains(part))
                && asking.said("FriendlyName").is_none_or(|name| set.setting("friendly_name") == name)
        };
        let found: Vec<_> = self.numbers.iter().filter(wanted).map(|(number, set)| self.number_json(number, set)).collect();
        page(asking, "incoming_phone_numbers", &found)
    }

    pub(super) fn get_number(&self, asking: &Asking<'_>, sid: &str) -> Result<Reply, Refusal> {
        let number = self.number_of(asking, sid)?;
        Ok(Reply::json(200, &self.number_json(&number, self.numbers.get(&number).expect("a number"))))
    }

    pub(super) fn update_number(&mut self, asking: &Asking<'_>, sid: &str) -> Result<Reply, Refusal> {
        let number = self.number_of(asking, sid)?;
        let set = self.numbers.get_mut(&number).expect("a number");
        for (key, value) in asking.form {
            set.settings.insert(snake(key), value.clone());
        }
        let set = set.clone();
        Ok(Reply::json(200, &self.number_json(&number, &set)))
    }

    fn number_of(&self, asking: &Asking<'_>, sid: &str) -> Result<String, Refusal> {
        let sid = sid.strip_suffix(".json").unwrap_or(sid);
        let found = self.numbers.iter().find(|(_, set)| set.sid == sid);
        found.map(|(number, _)| number.clone()).ok_or_else(|| Refusal::not_found(asking.path))
    }

    fn number_json(&self, number: &str, set: &Number) -> Value {
        let mut json = json!({
            "sid": set.sid,
            "account_sid": self.account,
            "phone_number": number,
            "friendly_name": number,
            "api_version": "2010-04-01",
            "beta": false,
            "origin": "twilio",
            "status": "in-use",
            "capabilities": {"voice": set.voice, "sms": set.sms, "mms": false, "fax": false},
            "voice_receive_mode": "voice",
            "voice_caller_id_lookup": false,
            "voice_application_sid": "",
            "sms_application_sid": "",
            "trunk_sid": null,
            "address_requirements": "none",
            "date_created": "Mon, 05 Jan 2026 08:00:00 +0000",
            "date_updated": "Mon, 05 Jan 2026 08:00:00 +0000",
            "uri": format!("/2010-04-01/Accounts/{}/IncomingPhoneNumbers/{}.json", self.account, set.sid),
        });
        for name in ["voice_url", "voice_fallback_url", "sms_url", "sms_fallback_url", "status_callback"] {
            json[name] = set.setting(name).into();
        }
        for name in ["voice_method", "voice_fallback_method", "sms_method", "sms_fallback_method", "status_callback_method"] {
            json[name] = Some(set.setting(name)).filter(|method| !method.is_empty()).unwrap_or("POST").into();
        }
        json
    }
}

/// `VoiceUrl` as `voice_url`.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for (at, c) in name.char_indices() {
        if c.is_ascii_uppercase() && at > 0 {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}
