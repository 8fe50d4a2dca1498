//! Files people have sent: asked for by their names, fetched by a path.

use super::BotApi;
use super::rest::{Answer, Asking, Refusal};
use serde_json::json;

/// The largest file a bot may fetch.
const FETCHED_MAX: u64 = 20 * 1_024 * 1_024;

impl BotApi {
    pub(super) fn finds_file(&self, asking: &Asking) -> Answer {
        let id = asking.text("file_id").unwrap_or_default();
        let mut state = self.state();
        if state.whims.no_files > 0 {
            state.whims.no_files -= 1;
            return Err(Refusal::too_much(1));
        }
        match state.files.get(id) {
            None => Err(Refusal::bad("wrong file_id or the file is temporarily unavailable")),
            Some((size, _)) if *size > FETCHED_MAX => Err(Refusal::bad("file is too big")),
            Some((size, _)) => Ok(json!({"file_id": id, "file_unique_id": "u", "file_size": size, "file_path": format!("files/{id}")})),
        }
    }
}
