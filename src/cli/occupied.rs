//! The mark of a running line beside its database: a locked file that says who runs. Two lines on
//! one embedded database would each decide without the other. The system takes the lock back
//! when the process ends, however it ends; short commands do not ask for it.

use super::setup::Setup;
use anyhow::{Context, bail};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::Path;

/// The mark, held as long as this value lives.
pub(super) struct Occupied(#[expect(dead_code, reason = "the lock lives as long as the open file")] Option<File>);

/// Occupies the embedded database for `command`; a server's database keeps its own order.
pub(super) fn occupy(setup: &Setup, command: &str) -> anyhow::Result<Occupied> {
    let Some(database) = setup.config.database_file(&setup.data) else { return Ok(Occupied(None)) };
    let mark = database.with_extension("lock");
    let folder = mark.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make the data folder {}", folder.display()))?;
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&mark);
    let mut file = file.with_context(|| format!("cannot write {}", mark.display()))?;
    match file.try_lock() {
        Ok(()) => {
            // The lock itself is what counts; a full disk only makes the other's message shorter.
            let _ = file.set_len(0).and_then(|()| write!(file, "linka {command}, process {}", std::process::id()));
            Ok(Occupied(Some(file)))
        }
        Err(TryLockError::WouldBlock) => {
            let mut who = String::new();
            let _ = file.read_to_string(&mut who);
            let who = if who.is_empty() { "another linka".to_owned() } else { who };
            bail!("the data folder {} is in use by {who}; stop it first, or name another folder with --data", folder.display())
        }
        Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("cannot lock {}", mark.display())),
    }
}
