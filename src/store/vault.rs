//! The key files are sealed with, and the sealing itself: ChaCha20-Poly1305 with a fresh nonce for
//! each file, bound to the file's name and format. The key is handed in or lies in a file beside the
//! database, never in it; whoever has only the database or its copy has no file.

use super::StoreError;
use crate::domain::Format;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce};
use sha2::{Digest, Sha256};
use std::fmt;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use uuid::Uuid;

/// Bytes of a key.
const KEY: usize = 32;
/// Bytes of a nonce (RFC 8439).
const NONCE: usize = 12;

/// A key, never printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct DataKey([u8; KEY]);

impl DataKey {
    /// Reads a key: 32 bytes as base64 or as hexadecimal digits.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let bytes = if text.len() == 2 * KEY { unhex(text) } else { STANDARD.decode(text).ok() };
        bytes?.try_into().ok().map(Self)
    }

    /// Makes a key nobody knows.
    ///
    /// # Errors
    /// When the machine gives no randomness.
    pub fn fresh() -> Result<Self, StoreError> {
        random().map(Self)
    }

    fn written(&self) -> String {
        STANDARD.encode(self.0)
    }

    /// Tells keys apart and tells nothing of them.
    fn name(&self) -> String {
        let hash = Sha256::new().chain_update(b"linka data key").chain_update(self.0).finalize();
        STANDARD.encode(hash.first_chunk::<8>().copied().unwrap_or_default())
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(…)")
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text.chars().map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect::<Option<_>>()?;
    Some(digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect())
}

fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| StoreError::Random)?;
    Ok(bytes)
}

/// Where the key is.
#[derive(Debug)]
pub(super) struct Vault {
    key: Mutex<Option<DataKey>>,
    /// The file it is read from when it is first needed, and made in.
    file: Option<PathBuf>,
}

/// A file as it is stored.
pub(super) struct Sealed {
    /// Which key it needs; none for a file that was kept open.
    pub(super) by: Option<String>,
    /// Nonce and what is sealed.
    pub(super) body: Vec<u8>,
}

impl Vault {
    /// A key that was handed in.
    pub(super) const fn of(key: DataKey) -> Self {
        Self { key: Mutex::new(Some(key)), file: None }
    }

    /// A key in a file, which need not exist yet.
    pub(super) const fn in_file(path: PathBuf) -> Self {
        Self { key: Mutex::new(None), file: Some(path) }
    }

    /// No key at all: nothing can be sealed or opened.
    pub(super) const fn empty() -> Self {
        Self { key: Mutex::new(None), file: None }
    }

    /// The name of the key; nothing when there is none yet.
    ///
    /// # Errors
    /// When the file cannot be read or holds no key.
    pub(super) fn name(&self) -> Result<Option<String>, StoreError> {
        Ok(self.known()?.map(|key| key.name()))
    }

    /// Seals a file; `first` allows a key to be made where there is none.
    ///
    /// # Errors
    /// [`StoreError::NoKey`] without one, and when the key's file cannot be used.
    pub(super) fn seal(&self, id: Uuid, format: Format, body: &[u8], first: bool) -> Result<Sealed, StoreError> {
        let key = match self.known()? {
            Some(key) => key,
            None if first => self.make()?,
            None => return Err(self.missing()),
        };
        let nonce = random::<NONCE>()?;
        let payload = Payload { msg: body, aad: &bound(id, format) };
        let sealed = cipher(key).encrypt(&Nonce::from(nonce), payload).map_err(|_| StoreError::Altered)?;
        Ok(Sealed { by: Some(key.name()), body: [nonce.as_slice(), &sealed].concat() })
    }

    /// Opens a file.
    ///
    /// # Errors
    /// [`StoreError::NoKey`] and [`StoreError::OtherKey`] when its key is not here, [`StoreError::Altered`]
    /// when it was changed since it was sealed.
    pub(super) fn open(&self, id: Uuid, format: Format, sealed: Sealed) -> Result<Vec<u8>, StoreError> {
        let Some(by) = sealed.by else { return Ok(sealed.body) };
        let key = self.known()?.ok_or_else(|| self.missing())?;
        if key.name() != by {
            return Err(StoreError::OtherKey);
        }
        let (nonce, body) = sealed.body.split_first_chunk::<NONCE>().ok_or(StoreError::Altered)?;
        let payload = Payload { msg: body, aad: &bound(id, format) };
        cipher(key).decrypt(&Nonce::from(*nonce), payload).map_err(|_| StoreError::Altered)
    }

    fn missing(&self) -> StoreError {
        StoreError::NoKey { path: self.file.clone().unwrap_or_default() }
    }

    fn known(&self) -> Result<Option<DataKey>, StoreError> {
        let mut known = self.key.lock().unwrap_or_else(PoisonError::into_inner);
        if known.is_none() {
            *known = self.file.as_deref().map_or(Ok(None), read)?;
        }
        Ok(*known)
    }

    fn make(&self) -> Result<DataKey, StoreError> {
        let Some(path) = &self.file else { return Err(self.missing()) };
        let mut known = self.key.lock().unwrap_or_else(PoisonError::into_inner);
        let key = write(path, DataKey::fresh()?)?;
        *known = Some(key);
        Ok(key)
    }
}

/// A sealed file opens only under its own name and as what it was.
fn bound(id: Uuid, format: Format) -> Vec<u8> {
    format!("{id}|{}", format.extension()).into_bytes()
}

fn cipher(key: DataKey) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(&key.0.into())
}

fn failed(tried: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> StoreError {
    move |source| StoreError::File { tried, path: path.to_owned(), source }
}

fn read(path: &Path) -> Result<Option<DataKey>, StoreError> {
    match std::fs::read_to_string(path) {
        Ok(text) => DataKey::read(&text).map(Some).ok_or_else(|| StoreError::BadKey { path: path.to_owned() }),
        Err(missing) if missing.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed("read the key in", path)(error)),
    }
}

/// Writes a key for its owner's eyes only; where another process was faster, its key counts.
fn write(path: &Path, key: DataKey) -> Result<DataKey, StoreError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = match options.open(path) {
        Ok(file) => file,
        Err(there) if there.kind() == ErrorKind::AlreadyExists => return read(path)?.ok_or_else(|| StoreError::BadKey { path: path.to_owned() }),
        Err(error) => return Err(failed("write a key to", path)(error)),
    };
    file.write_all(key.written().as_bytes()).and_then(|()| file.sync_all()).map_err(failed("write a key to", path))?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::{DataKey, Sealed, Vault};
    use crate::domain::Format;
    use crate::store::StoreError;
    use uuid::Uuid;

    fn open(vault: &Vault, id: Uuid, format: Format, sealed: &Sealed, change: impl FnOnce(&mut Vec<u8>)) -> Result<Vec<u8>, StoreError> {
        let mut body = sealed.body.clone();
        change(&mut body);
        vault.open(id, format, Sealed { by: sealed.by.clone(), body })
    }

    #[test]
    fn what_is_sealed_opens_whole_or_not_at_all() {
        let vault = Vault::of(DataKey::fresh().unwrap());
        let (id, said) = (Uuid::from_u128(7), b"ID3 slova klienta".as_slice());
        let sealed = vault.seal(id, Format::Mp3, said, false).unwrap();
        assert!(!sealed.body.windows(5).any(|part| part == b"slova"));
        assert_eq!(open(&vault, id, Format::Mp3, &sealed, |_| {}).unwrap(), said);
        for at in [0, 11, 12, sealed.body.len() - 1] {
            assert!(matches!(open(&vault, id, Format::Mp3, &sealed, |body| body[at] ^= 1), Err(StoreError::Altered)), "byte {at}");
        }
        assert!(matches!(open(&vault, id, Format::Mp3, &sealed, |body| body.truncate(5)), Err(StoreError::Altered)));
        assert!(matches!(open(&vault, Uuid::from_u128(8), Format::Mp3, &sealed, |_| {}), Err(StoreError::Altered)), "another's name");
        assert!(matches!(open(&vault, id, Format::Wav, &sealed, |_| {}), Err(StoreError::Altered)), "another format");
        assert_ne!(vault.seal(id, Format::Mp3, said, false).unwrap().body, sealed.body, "never the same twice");
        let other = Vault::of(DataKey::fresh().unwrap());
        assert!(matches!(open(&other, id, Format::Mp3, &sealed, |_| {}), Err(StoreError::OtherKey)));
        assert!(matches!(open(&Vault::empty(), id, Format::Mp3, &sealed, |_| {}), Err(StoreError::NoKey { .. })));
        let plain = Sealed { by: None, body: said.to_vec() };
        assert_eq!(Vault::empty().open(id, Format::Mp3, plain).unwrap(), said, "kept before there was a key");
    }

    #[test]
    fn a_key_is_made_once_and_for_its_owner() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let vault = || Vault::in_file(path.clone());
        assert_eq!(vault().name().unwrap(), None);
        assert!(matches!(vault().seal(Uuid::nil(), Format::Mp3, b"ID3", false), Err(StoreError::NoKey { .. })), "sealed files have lost their key");
        let sealed = vault().seal(Uuid::nil(), Format::Mp3, b"ID3", true).unwrap();
        assert_eq!(vault().open(Uuid::nil(), Format::Mp3, sealed).unwrap(), b"ID3");
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).unwrap().permissions()) & 0o777, 0o600);
        std::fs::write(&path, "nonsense").unwrap();
        assert!(matches!(vault().name(), Err(StoreError::BadKey { .. })));
    }

    #[test]
    fn a_key_is_read_in_either_spelling() {
        let hex = "000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F";
        let base64 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";
        assert_eq!(DataKey::read(hex), DataKey::read(base64));
        assert!(DataKey::read(hex).is_some());
        for wrong in ["", "abc", &hex[2..], "AAECAwQFBgcICQoLDA0ODw==", &format!("{hex}00"), &hex.replace("00", "zž")] {
            assert_eq!(DataKey::read(wrong), None, "{wrong}");
        }
        assert_eq!(format!("{:?}", DataKey::read(hex)), "Some(DataKey(…))");
    }
}
