//! A form as a browser or a provider posts it: ordered pairs, decoded. Keys may repeat, values
//! may be empty or begin with a space; nothing is trimmed, because the signature covers it all.

/// A decoded form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Decodes an `application/x-www-form-urlencoded` body. A malformed escape stays as it is
    /// written, bytes that are no UTF-8 become U+FFFD.
    #[must_use]
    pub fn parse(body: &[u8]) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self(raw_pairs(body).into_iter().map(|(key, value)| (text(&key), text(&value))).collect())
    }

    /// Returns the first value of a key.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Returns the pairs in the order they came in.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// Writes the form as a body that [`Form::parse`] reads.
    #[must_use]
    pub fn encoded(&self) -> String {
        self.pairs().map(|(key, value)| format!("{}={}", encode(key), encode(value))).collect::<Vec<_>>().join("&")
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Form {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }
}

/// Decodes a body to the bytes that were meant; the signature is computed over these.
pub(super) fn raw_pairs(body: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let parts = body.split(|byte| *byte == b'&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let mut halves = part.splitn(2, |byte| *byte == b'=');
            (decode(halves.next().unwrap_or_default()), decode(halves.next().unwrap_or_default()))
        })
        .collect()
}

fn decode(mut rest: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(rest.len());
    loop {
        match rest {
            [] => return decoded,
            [b'+', after @ ..] => {
                decoded.push(b' ');
                rest = after;
            }
            [b'%', high, low, after @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                decoded.push(digit(*high) << 4 | digit(*low));
                rest = after;
            }
            [byte, after @ ..] => {
                decoded.push(*byte);
                rest = after;
            }
        }
    }
}

const fn digit(hex: u8) -> u8 {
    match hex {
        b'0'..=b'9' => hex - b'0',
        b'a'..=b'f' => hex - b'a' + 10,
        b'A'..=b'F' => hex - b'A' + 10,
        _ => 0,
    }
}

fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._*".contains(&byte);
    text.bytes()
        .map(|byte| match byte {
            b' ' => "+".to_owned(),
            byte if plain(byte) => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Form;
    use proptest::prelude::*;

    #[test]
    fn a_form_keeps_everything() {
        let table: &[(&str, &[(&str, &str)])] = &[
            ("", &[]),
            ("From=%2B420719000001&Body=Dobr%C3%BD+den", &[("From", "+420719000001"), ("Body", "Dobrý den")]),
            ("Digits=&Body=+a+", &[("Digits", ""), ("Body", " a ")]),
            ("a=1&b=2&a=3", &[("a", "1"), ("b", "2"), ("a", "3")]),
            ("a&&=b&c==", &[("a", ""), ("", "b"), ("c", "=")]),
            ("a=%zz%4&b=100%", &[("a", "%zz%4"), ("b", "100%")]),
            ("a=%c4%8c", &[("a", "Č")]),
            ("a=%ff", &[("a", "\u{fffd}")]),
        ];
        for (body, pairs) in table {
            let form = Form::parse(body.as_bytes());
            assert_eq!(form, pairs.iter().copied().collect(), "{body}");
        }
        let form = Form::parse(b"a=1&b=2&a=3");
        assert_eq!((form.get("a"), form.get("b"), form.get("c")), (Some("1"), Some("2"), None));
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_read_back(pairs in prop::collection::vec((".{1,8}", ".{0,20}"), 0..6)) {
            let form: Form = pairs.into_iter().collect();
            prop_assert_eq!(Form::parse(form.encoded().as_bytes()), form);
        }

        #[test]
        fn no_body_is_too_strange(body in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Form::parse(&body);
        }
    }
}
