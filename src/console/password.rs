//! Passwords of the console and PINs of the worker's page: Argon2id with 19 MiB, two passes, one
//! lane (OWASP's first choice). Called by signing in and by `linka user add` and `linka prison add`;
//! how long a password must be is asked there. Nobody keeps the password itself.

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::LazyLock;
use thiserror::Error;

/// Memory of one hash, in KiB.
const MEMORY_KIB: u32 = 19 * 1024;
/// Passes over that memory.
const PASSES: u32 = 2;
/// Lanes.
const LANES: u32 = 1;
/// Longest password, in bytes: more only costs time.
const BYTES_MAX: usize = 256;
/// Letters of a generated password: no vowels, so no words, and none that look alike.
const LETTERS: &[u8; 32] = b"bcdfghjkmnpqrstvwxz23456789BCDFG";

static NOBODY: LazyLock<String> = LazyLock::new(|| generate().and_then(|password| hash(&password)).unwrap_or_default());

/// Why a password cannot be made or hashed.
#[derive(Debug, Error)]
pub enum PasswordError {
    /// There is none.
    #[error("the password is empty")]
    Empty,
    /// It is too long.
    #[error("a password has at most {BYTES_MAX} bytes")]
    Long,
    /// The system gave no random bytes.
    #[error("the system gave no random bytes")]
    Random(#[source] getrandom::Error),
    /// The hash could not be made.
    #[error("the password could not be hashed: {0}")]
    Hash(argon2::password_hash::Error),
}

/// Hashes a password into a PHC string, `$argon2id$v=19$m=19456,t=2,p=1$…`.
///
/// # Errors
/// When it is empty or too long, or the system gives no random bytes.
pub fn hash(password: &str) -> Result<String, PasswordError> {
    match password.len() {
        0 => return Err(PasswordError::Empty),
        1..=BYTES_MAX => {}
        _ => return Err(PasswordError::Long),
    }
    let salt = SaltString::encode_b64(&random::<16>()?).map_err(PasswordError::Hash)?;
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| PasswordError::Hash(error.into()))?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon2.hash_password(password.as_bytes(), &salt).map(|hash| hash.to_string()).map_err(PasswordError::Hash)
}

/// Tells whether a password is the one behind a hash; an unreadable hash is nobody's. It takes
/// 30 ms of a core and 19 MiB: bound how many run at once, and keep it off the async threads.
#[must_use]
pub fn verify(password: &str, hash: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else { return false };
    password.len() <= BYTES_MAX && Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
}

/// Returns the hash of a password nobody has: judging it for an unknown name takes as long as for
/// a known one, so that the time tells nobody which names exist.
#[must_use]
pub fn nobody() -> &'static str {
    &NOBODY
}

/// Makes a password of a hundred random bits, in four groups that can be read aloud.
///
/// # Errors
/// When the system gives no random bytes.
pub fn generate() -> Result<String, PasswordError> {
    let letter = |byte: &u8| LETTERS.get(usize::from(byte % 32)).copied().map_or('b', char::from);
    let groups: Vec<String> = random::<20>()?.chunks(5).map(|group| group.iter().map(letter).collect()).collect();
    Ok(groups.join("-"))
}

/// Makes a PIN of six digits, each as likely as any other to within one in four thousand million.
///
/// # Errors
/// When the system gives no random bytes.
pub fn pin() -> Result<String, PasswordError> {
    let number = u64::from_le_bytes(random::<8>()?) % 1_000_000;
    Ok(format!("{number:06}"))
}

fn random<const N: usize>() -> Result<[u8; N], PasswordError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(PasswordError::Random)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::{PasswordError, generate, hash, nobody, pin, verify};

    #[test]
    fn only_the_right_password_opens() {
        let hashed = hash("správný kůň baterie").unwrap();
        assert!(hashed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hashed}");
        assert!(verify("správný kůň baterie", &hashed));
        for (password, hash) in [("jiné heslo", hashed.as_str()), ("správný kůň baterie", nobody()), ("", "nonsense"), ("", "")] {
            assert!(!verify(password, hash));
        }
        assert_ne!(hashed, hash("správný kůň baterie").unwrap(), "each hash has its own salt");
    }

    #[test]
    fn lengths_are_bounded() {
        assert!(matches!(hash(""), Err(PasswordError::Empty)));
        assert!(matches!(hash(&"a".repeat(257)), Err(PasswordError::Long)));
        assert!(hash(&"a".repeat(256)).is_ok());
    }

    #[test]
    fn what_is_generated_differs_and_can_be_used() {
        let (one, other) = (generate().unwrap(), generate().unwrap());
        assert_ne!(one, other);
        assert_eq!((one.len(), one.matches('-').count()), (23, 3));
        let pin = pin().unwrap();
        assert!(pin.len() == 6 && pin.bytes().all(|byte| byte.is_ascii_digit()), "{pin}");
        assert!(verify(&pin, &hash(&pin).unwrap()));
    }
}
