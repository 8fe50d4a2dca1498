//! Is the line's account well? Asks the homeserver; changes nothing.

use crate::channel::matrix::{Account, NAME, Talk};
use crate::gateway::Findings;
use crate::routing::Book;

/// Tells which addresses of people and rooms are none of this network.
#[must_use]
pub fn strays(book: &Book) -> Vec<String> {
    let people = book.operators.iter().flat_map(|operator| operator.addresses.iter().map(move |point| (operator.name.as_str(), point)));
    let users = people.filter(|(_, point)| point.channel == NAME && !is_handle(&point.handle, '@'));
    let users = users.map(|(name, point)| format!("{name}: `{}` is no user; write it like matrix:@jana:example.org", point.handle));
    let rooms = book.lines.iter().filter_map(|line| Some((line, line.room.as_ref()?)));
    let rooms = rooms.filter(|(_, room)| room.channel == NAME && !is_handle(&room.handle, '!'));
    users.chain(rooms.map(|(line, room)| format!("line `{}`: `{}` is no room; write its internal address like matrix:!AbCd:example.org", line.id, room.handle))).collect()
}

/// `@name:server` or `!name`, which newer rooms have no server behind.
fn is_handle(handle: &str, sigil: char) -> bool {
    handle.strip_prefix(sigil).is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace) && (sigil == '!' || rest.contains(':')))
}

/// Asks the homeserver who the line is there, and what others see of its device.
pub async fn inspect(account: &Account) -> Findings {
    let mut findings = Findings::default();
    let client = match account.restore().await {
        Ok(client) => client,
        Err(error) => {
            findings.problems.push(format!("Matrix: {error}"));
            return findings;
        }
    };
    match Talk::new(client, Vec::new()).standing().await {
        Ok(standing) if !standing.verified => {
            findings.warnings.push(format!("{}: the device is not verified, so others are warned of it; run `linka matrix verify` with the account's recovery key", standing.user));
        }
        Ok(_) => {}
        Err(trouble) => findings.problems.push(format!("Matrix: {trouble}")),
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::is_handle;

    #[test]
    fn users_and_rooms_have_their_own_form() {
        for (handle, sigil, fits) in [("@jana:example.org", '@', true), ("jana", '@', false), ("@jana", '@', false), ("!AbCd:example.org", '!', true), ("!AbCd", '!', true), ("#team:example.org", '!', false), ("!", '!', false)] {
            assert_eq!(is_handle(handle, sigil), fits, "{handle}");
        }
    }
}
