//! The folder of recorded prompts beside what is declared: which file belongs to which text, and
//! which file to none. Read once at the start.

use super::cut::Known;
use crate::domain::Lang;
use crate::flow::{Fixed, did_you_mean};
use crate::handbook::{Handbook, WORKER_FLOW};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Ends of names of files that are played, the first one preferred.
const ENDINGS: [&str; 2] = ["mp3", "wav"];

/// Recordings and the texts they stand for.
#[derive(Debug, Default)]
pub struct Shelf {
    /// By language of the prompt, longest text first.
    known: BTreeMap<Lang, Vec<Known>>,
    files: BTreeMap<(Lang, String), PathBuf>,
    folder: PathBuf,
    /// What lies in the folder and is never played, in sentences.
    warnings: Vec<String>,
}

impl Shelf {
    /// Looks into a folder; without one, only the voice that reads may change.
    #[must_use]
    pub fn read(handbook: &Handbook, folder: Option<&Path>) -> Self {
        let fixed = declared(handbook);
        let mut shelf = Self::default();
        if let Some(folder) = folder {
            match folder.canonicalize() {
                Ok(whole) => shelf.folder = whole,
                Err(error) => shelf.warnings.push(format!("no prompt is played: the folder {} cannot be read: {error}", folder.display())),
            }
            if !shelf.folder.as_os_str().is_empty() {
                shelf.look_into(&fixed);
            }
        }
        shelf.know(fixed);
        shelf
    }

    /// Returns what is not simply read in prompts of a language, longest first.
    pub(super) fn known(&self, lang: Lang) -> &[Known] {
        self.known.get(&lang).map_or(&[], Vec::as_slice)
    }

    /// Finds the file of a prompt; only one that lies within the folder.
    pub(super) fn file(&self, lang: Lang, name: &str) -> Option<PathBuf> {
        let path = self.files.get(&(lang, name.to_owned()))?.canonicalize().ok()?;
        path.starts_with(&self.folder).then_some(path)
    }

    /// Counts the recorded prompts of a language.
    #[must_use]
    pub fn count(&self, lang: Lang) -> usize {
        self.files.keys().filter(|(of, _)| *of == lang).count()
    }

    /// Names what lies in the folder and is never played.
    #[must_use]
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    fn look_into(&mut self, fixed: &[Fixed]) {
        let folders = Lang::ALL.map(|lang| (lang, self.folder.join(lang.code()))).into_iter().filter(|(_, folder)| folder.is_dir());
        for (lang, folder) in folders.collect::<Vec<_>>() {
            let declared: BTreeSet<&str> = fixed.iter().filter(|fixed| fixed.lang == lang).map(|fixed| fixed.name.as_str()).collect();
            let mut names: Vec<String> = std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
            names.sort();
            for name in names.into_iter().filter(|name| !name.starts_with('.')) {
                match judge(&name, lang, &declared) {
                    None => drop(self.files.insert((lang, name.clone()), folder.join(&name))),
                    Some(warning) => self.warnings.push(warning),
                }
            }
        }
    }

    fn know(&mut self, fixed: Vec<Fixed>) {
        for Fixed { name, lang, text, read_in } in fixed {
            let mut files = ENDINGS.iter().map(|ending| format!("{name}.{ending}"));
            let file = files.find(|file| self.files.contains_key(&(lang, file.clone())));
            if file.is_some() || read_in.is_some_and(|read_in| read_in != lang) {
                self.known.entry(lang).or_default().push(Known { text, lang, file, read_in });
            }
        }
        for known in self.known.values_mut() {
            // Of two with the same words the recorded one counts.
            known.sort_by_key(|known| Reverse((known.text.len(), known.file.is_some())));
        }
    }
}

/// Says why a file is never played.
fn judge(name: &str, lang: Lang, declared: &BTreeSet<&str>) -> Option<String> {
    let file = format!("{}/{name}", lang.code());
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'));
    match name.rsplit_once('.').filter(|(_, ending)| plain && ENDINGS.contains(ending)) {
        None => Some(format!("{file} is never played: a prompt's file is named like a step or phrase and ends with .mp3 or .wav")),
        Some((prompt, _)) if declared.contains(prompt) => None,
        Some((prompt, _)) => {
            let hint = did_you_mean(prompt, declared.iter().copied()).map(|hint| format!(", {hint}")).unwrap_or_default();
            Some(format!("{file} is never played: no step or phrase `{prompt}` is always said in the same words{hint}"))
        }
    }
}

/// Everything that is always said in the same words: steps and phrases of the flows, and the line's
/// own wordings. A name the flows have taken stays theirs.
fn declared(handbook: &Handbook) -> Vec<Fixed> {
    let mut all = handbook.flows.fixed(WORKER_FLOW);
    let own = handbook.wording.phrases.fixed().filter(|(name, ..)| !all.iter().any(|fixed| fixed.name == *name));
    let own: Vec<Fixed> = own.map(|(name, lang, text)| Fixed { name: name.to_owned(), lang, text, read_in: None }).collect();
    all.extend(own);
    all
}
