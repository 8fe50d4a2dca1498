//! Reads flow files into a [`FlowSet`]: the texts come from the host, nothing is
//! opened here. A set with a mistake is refused whole.

use super::problem::{Paper, Problem, did_you_mean};
use super::shared::{PHRASES, Shared};
use super::step::{File, TOPIC};
use super::{Flow, List, Step, Ways, check};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;

/// The file every set has.
const SHARED_FILE: &str = "_common.toml";
/// The only format there is.
const FORMAT: u32 = 1;

/// Every conversation the line knows, in its current version and the older ones that still run.
#[derive(Debug, Clone, Default)]
pub struct FlowSet {
    current: BTreeMap<String, Arc<Flow>>,
    versions: BTreeMap<(String, String), Arc<Flow>>,
}

impl FlowSet {
    /// Reads and checks a set of files, given as names and texts.
    ///
    /// # Errors
    /// Every mistake found, in the order of files and lines.
    pub fn read(files: &[(&str, &str)]) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let set = Self::read_loosely(files, &mut problems);
        for flow in set.current.values() {
            problems.extend(check::check(flow));
        }
        problems.sort();
        problems.dedup();
        if problems.is_empty() { Ok(set) } else { Err(problems) }
    }

    /// Reads the flows built into the program.
    ///
    /// # Errors
    /// Every mistake found; a test holds that there is none.
    pub fn builtin() -> Result<Self, Vec<Problem>> {
        Self::read(&BUILTIN)
    }

    /// Adds the versions of an older set, so that running conversations end as they began.
    #[must_use]
    pub fn with_older(mut self, older: &Self) -> Self {
        for (key, flow) in &older.versions {
            self.versions.entry(key.clone()).or_insert_with(|| Arc::clone(flow));
        }
        self
    }

    /// Finds the current version of a flow.
    #[must_use]
    pub fn current(&self, name: &str) -> Option<&Flow> {
        self.current.get(name).map(AsRef::as_ref)
    }

    /// Finds a version of a flow, the current one when that version is not kept any more.
    #[must_use]
    pub fn find(&self, name: &str, version: &str) -> Option<&Flow> {
        let kept = self.versions.get(&(name.to_owned(), version.to_owned()));
        kept.map(AsRef::as_ref).or_else(|| self.current(name))
    }

    /// Lists the current flows by name.
    pub fn flows(&self) -> impl Iterator<Item = &Flow> {
        self.current.values().map(AsRef::as_ref)
    }

    fn read_loosely(files: &[(&str, &str)], problems: &mut Vec<Problem>) -> Self {
        let Some((_, source)) = files.iter().find(|(name, _)| *name == SHARED_FILE) else {
            let paper = Paper { file: SHARED_FILE, source: "" };
            problems.push(paper.problem(0..0, "the file is missing", Some("every set of flows needs it".to_owned())));
            return Self::default();
        };
        let Some(shared) = parse::<Shared>(Paper { file: SHARED_FILE, source }, problems) else { return Self::default() };
        format(Paper { file: SHARED_FILE, source }, *shared.format.get_ref(), shared.format.span(), problems);
        problems.extend(check::shared(&shared, Paper { file: SHARED_FILE, source }));
        let lists = read_lists(files, &shared, problems);
        let common = Common { source, shared: Arc::new(with_usual_phrases(shared)), lists: Arc::new(lists) };
        let mut set = Self::default();
        for (file, source) in files.iter().filter(|(name, source)| !is_private(name) && !is_list(source)) {
            if let Some(flow) = read_flow(Paper { file, source }, &common, problems) {
                set.add(flow);
            }
        }
        set
    }

    fn add(&mut self, flow: Flow) {
        let flow = Arc::new(flow);
        self.versions.insert((flow.name.clone(), flow.version.clone()), Arc::clone(&flow));
        self.current.insert(flow.name.clone(), flow);
    }
}

const BUILTIN: [(&str, &str); 3] = [
    (SHARED_FILE, include_str!("../../flows/_common.toml")),
    ("regions.toml", include_str!("../../flows/regions.toml")),
    ("worker.toml", include_str!("../../flows/worker.toml")),
];

/// Takes the engine's phrases that a set does not word itself from the built-in ones.
fn with_usual_phrases(mut shared: Shared) -> Shared {
    let usual = BUILTIN.iter().find(|(name, _)| *name == SHARED_FILE).and_then(|(_, source)| toml::from_str::<Shared>(source).ok());
    for (name, wording) in usual.map(|usual| usual.phrases).unwrap_or_default() {
        if PHRASES.contains(&name.get_ref().as_str()) {
            shared.phrases.entry(name).or_insert(wording);
        }
    }
    shared
}

/// What all flows of a set stand on.
struct Common<'a> {
    source: &'a str,
    shared: Arc<Shared>,
    lists: Arc<BTreeMap<String, List>>,
}

/// `_common.toml` and other files with an underscore are no conversations of their own.
fn is_private(file: &str) -> bool {
    stem(file).starts_with('_')
}

/// A list declares areas; a flow declares where it starts.
fn is_list(source: &str) -> bool {
    source.lines().any(|line| line.trim_start().starts_with("[[area]]"))
}

fn read_lists(files: &[(&str, &str)], shared: &Shared, problems: &mut Vec<Problem>) -> BTreeMap<String, List> {
    let mut lists = BTreeMap::new();
    for (file, source) in files.iter().filter(|(_, source)| is_list(source)) {
        let paper = Paper { file, source };
        if let Some(list) = parse::<List>(paper, problems) {
            problems.extend(check::list(&list, shared, paper));
            lists.insert(stem(file), list);
        }
    }
    lists
}

fn read_flow(paper: Paper<'_>, common: &Common<'_>, problems: &mut Vec<Problem>) -> Option<Flow> {
    let mut file = parse::<File>(paper, problems)?;
    format(paper, *file.format.get_ref(), file.format.span(), problems);
    let mut steps = BTreeMap::new();
    for (name, step) in file.take_steps() {
        if steps.contains_key(&name) {
            problems.push(paper.problem(
                name.span(),
                format!("the step `{}` exists twice", name.get_ref()),
                Some("give one of them another name".to_owned()),
            ));
        }
        steps.insert(name, step);
    }
    let ways = ways(&mut file, &steps, &common.shared);
    Some(Flow {
        name: stem(paper.file),
        version: version(&[common.source, &format!("{:?}", common.lists), paper.source]),
        file: paper.file.to_owned(),
        source: Arc::from(paper.source),
        title: file.name,
        start: file.start,
        on_channels: file.on_channels,
        expire: file.expire,
        ways,
        steps,
        shared: Arc::clone(&common.shared),
        lists: Arc::clone(&common.lists),
    })
}

/// The ways from anywhere. What the header leaves out is where it usually is: a person where people
/// go after too many misses, back at the question for a topic, the first question at the one for a place.
fn ways(file: &mut File, steps: &BTreeMap<Spanned<String>, Step>, shared: &Shared) -> Ways {
    let first = |fits: &dyn Fn(&Step) -> bool| {
        let fitting = steps.iter().filter(|(_, step)| fits(step)).map(|(name, _)| name);
        fitting.min_by_key(|name| name.span().start).cloned()
    };
    let missed = shared.defaults.menu.fail.as_ref().and_then(|fail| steps.get_key_value(fail.get_ref().as_str())).map(|(name, _)| name.clone());
    let person = file.person.take().or(missed).or_else(|| first(&|step| matches!(step, Step::Operator(_))));
    let topic = || first(&|step| step.saves().iter().any(|name| name.get_ref() == TOPIC));
    let place = || first(&|step| matches!(step, Step::Locate(_)));
    let start = || Some(file.start.clone());
    Ways { person, back: file.back.take().or_else(topic).or_else(start), asks: file.asks.take().or_else(place).or_else(start), on: std::mem::take(&mut file.on) }
}

fn stem(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.strip_suffix(".toml").unwrap_or(name).to_owned()
}

fn version(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part.as_bytes());
    }
    let number = hash.finalize().iter().take(8).fold(0u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{number:016x}")
}

fn format(paper: Paper<'_>, found: u32, span: Range<usize>, problems: &mut Vec<Problem>) {
    if found != FORMAT {
        problems.push(paper.problem(span, format!("format {found} is not known"), Some(format!("write format = {FORMAT}"))));
    }
}

/// Parses a file; what the parser complains of becomes a problem with a guess.
fn parse<T: DeserializeOwned>(paper: Paper<'_>, problems: &mut Vec<Problem>) -> Option<T> {
    match toml::from_str(paper.source) {
        Ok(value) => Some(value),
        Err(error) => {
            let message = error.message().lines().map(str::trim).collect::<Vec<_>>().join(", ");
            let guessed = guess(&message);
            let hint = guessed.clone().or_else(|| Some(advice(&message).to_owned()));
            let message = if guessed.is_some() { message.split(", expected").next().unwrap_or(&message).to_owned() } else { message };
            problems.push(paper.problem(error.span().unwrap_or(0..0), message, hint));
            None
        }
    }
}

/// "unknown field `gotto`, expected one of `text`, `goto`": the nearest of the expected names.
fn guess(message: &str) -> Option<String> {
    let mut names = message.split('`').skip(1).step_by(2);
    let wrong = names.next().filter(|_| message.starts_with("unknown "))?;
    let expected: Vec<&str> = names.collect();
    did_you_mean(wrong, expected.iter().copied()).or_else(|| Some(format!("possible here: {}", expected.join(", "))))
}

/// What to do about a mistake of the notation itself.
fn advice(message: &str) -> &'static str {
    const TABLE: [(&str, &str); 9] = [
        ("duplicate key", "delete one of the two, or give one of them another name"),
        ("unclosed table", "close the name with `]`"),
        ("unclosed array", "close the list with `]`"),
        ("unclosed inline table", "close it with `}`"),
        ("invalid basic string", "close the text with a quotation mark"),
        ("invalid multi-line basic string", "close the text with three quotation marks"),
        ("string values must be quoted", "write the text in quotation marks"),
        ("missing field", "add it to this step"),
        ("invalid type", "look at its example in flows/README.md"),
    ];
    let known = TABLE.iter().find(|(part, _)| message.contains(part));
    known.map_or("look for a missing quotation mark, bracket or `=` here or on the line before", |(_, advice)| advice)
}
