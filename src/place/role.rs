//! Which part a place plays: where the client comes from, where he goes, where he
//! must not go. Read from the words around it, with a strength that says how
//! clearly they say so.

use super::{
    builder::PrisonHere,
    hit::Hit,
    preposition::Way,
    scan::Role,
    token::{Gap, Token},
};

/// From here on a destination was said, below it is only the best there is.
pub(super) const SAID: u8 = 55;
/// Below this a place is never the destination.
pub(super) const POSSIBLE: u8 = 20;

const PRISON: &[&str] = &["vezni", "vezen", "vazeb", "vazb", "krimin", "lapak", "krim", "detenc", "azni", "aznyc", "prison", "jail"];
const SENTENCE: &[&str] = &["vykon", "trest", "odpyk", "sedi", "sedel", "sedela", "vtos"];
const CALLING: &[&str] = &["volam", "volame", "pisu", "piseme", "zdravi", "hlasi", "dzvonim", "ozyvam"];
const NEVER: &[&str] = &["narozen", "narodil", "nemocnic", "hospital", "lecebn", "psychiatri", "decak", "detsk", "ldn", "detox", "kojen", "pestoun", "ustav"];
const WEAK: &[&str] = &[
    "kurator", "lekar", "sestr", "matk", "mam", "otc", "otec", "tat", "rodic", "pritel", "manzel", "poradn", "probac", "pms", "ospod",
    "urad", "rodin", "dcer", "synem", "prac", "zamest", "brigad", "brat", "brach", "babi", "ded", "kamar", "partner", "exekut", "pracoval",
    "firm", "soud", "tet", "byval", "onkolog", "ambulanc", "ordinac", "klinik", "poliklin", "dialyz", "specialist", "stacionar", "skol",
];
const STAYING: &[&str] = &[
    "bydl", "zustan", "zustav", "vrac", "vrat", "zij", "usad", "trval", "ubyt", "azyl", "nocle", "byt", "neco", "pobyt", "zakotv",
    "podnaj", "sehn",
];
const OFFICES: &[&str] = &["os", "ks", "up", "ospod", "pms", "soud", "policie", "okssz", "ossz", "cssz", "mu", "magistrat"];
const CHILDREN: &[&str] = &["deti", "dite", "dcera", "dceru", "syn", "syna", "dcery", "synove", "kluci", "holky"];
const CONNECTORS: &[&str] = &["a", "nebo", "ci", "i", "ani", "pripadne", "popripade", "eventuelne", "event", "prip", "anebo", "or", "and"];

/// The text a role is read from.
pub(super) struct Scene<'a> {
    pub(super) tokens: &'a [Token],
}

impl<'a> Scene<'a> {
    /// Reads the role of one hit; `previous` is the hit before it with its role.
    pub(super) fn role(&self, hit: &Hit, prison: PrisonHere, previous: Option<(&Hit, Role, u8)>) -> (Role, u8) {
        if let Some((before, role, strength)) = previous
            && hit.support.preposition.is_none_or(|_| self.continues_refusal(hit, role))
            && self.joined(before, hit)
        {
            return (role, strength);
        }
        if self.is_refused(hit) {
            return (Role::Excluded, 90);
        }
        if self.is_prison(hit, prison) {
            return (Role::Origin, 100);
        }
        if let Some(found) = self.caller(hit, prison) {
            return found;
        }
        match hit.support.preposition.map(|p| p.way) {
            Some(Way::To) => self.towards(hit),
            Some(Way::From) => self.from(hit, prison),
            Some(Way::At) => self.staying(hit, prison),
            Some(Way::Near) => (Role::Destination, 65),
            Some(Way::Past) => (Role::Mentioned, 0),
            Some(Way::Except) => (Role::Excluded, 90),
            Some(Way::About) => (Role::Destination, 70),
            Some(Way::Named) => (Role::Destination, 75),
            None => self.bare(hit, prison),
        }
    }

    fn window(&self, end: usize, length: usize) -> &'a [Token] {
        let start = end.saturating_sub(length);
        let words = self.tokens.get(start..end).unwrap_or(&[]);
        // the clause begins behind the last gap that parts
        let parted = |t: &Token| matches!(t.gap, Gap::Break | Gap::Comma | Gap::Bracket);
        let next = self.tokens.get(end).is_some_and(parted);
        if next {
            return &[];
        }
        let cut = words.iter().rposition(parted).unwrap_or(0);
        words.get(cut..).unwrap_or(&[])
    }

    pub(super) fn before(&self, hit: &Hit, length: usize) -> &'a [Token] {
        self.window(lead(hit), length)
    }

    pub(super) fn after(&self, hit: &Hit, length: usize) -> &'a [Token] {
        let words = self.tokens.get(hit.end()..).unwrap_or(&[]);
        let cut = words.iter().take(length).position(|t| !matches!(t.gap, Gap::Blank | Gap::Joined)).unwrap_or(length.min(words.len()));
        words.get(..cut).unwrap_or(&[])
    }

    fn joined(&self, before: &Hit, hit: &Hit) -> bool {
        let between = self.tokens.get(before.end()..lead(hit)).unwrap_or(&[]);
        let last = between.last();
        !between.is_empty() && between.len() <= 2 && last.is_some_and(|t| t.is(CONNECTORS)) && between.iter().all(|t| t.is(CONNECTORS))
    }

    fn is_prison(&self, hit: &Hit, prison: PrisonHere) -> bool {
        let towards = hit.support.preposition.is_some_and(|p| p.way == Way::To && !self.between_is_prison(hit));
        if towards {
            return false;
        }
        let home = self.before(hit, 4).iter().any(|t| t.starts(&["domac"]));
        let direct = !home && self.window(hit.first, 2).iter().any(|t| t.starts(PRISON) || t.is(&["vv", "vs", "basa", "base", "basy", "loch", "lochu"]));
        let around = self.before(hit, 3);
        let sentence =
            prison != PrisonHere::No && around.iter().any(|t| t.starts(SENTENCE)) && !self.before(hit, 6).iter().any(|t| t.is(&["po", "konec"])) && !around.iter().any(|t| t.starts(STAYING));
        let inside = !home && around.iter().any(|t| t.starts(PRISON)) && hit.support.preposition.is_some_and(|p| p.way == Way::At);
        let after = self.after(hit, 1).iter().any(|t| t.starts(&["prison", "jail", "veznic"]));
        // "přítel z výkonu (Liberec)"
        let bracketed = prison != PrisonHere::No
            && self.tokens.get(hit.first).is_some_and(|t| t.gap == Gap::Bracket)
            && hit.first.checked_sub(1).and_then(|at| self.tokens.get(at)).is_some_and(|t| t.starts(PRISON) || t.starts(&["vykon", "vtos", "odsouz"]));
        direct || inside || after || bracketed || sentence && hit.support.preposition.is_some_and(|p| p.way == Way::At)
    }

    fn between_is_prison(&self, hit: &Hit) -> bool {
        self.tokens.get(lead(hit)..hit.first).unwrap_or(&[]).iter().any(|t| t.starts(PRISON) || t.is(&["vv"]))
    }

    /// The writer's own place: "volám z Kuřimi", "tady Horní Slavkov", "u nás v Opavě".
    fn caller(&self, hit: &Hit, prison: PrisonHere) -> Option<(Role, u8)> {
        let way = hit.support.preposition.map(|p| p.way);
        if !matches!(way, None | Some(Way::From | Way::At)) {
            return None;
        }
        let before = self.before(hit, 3);
        let calls = before.iter().any(|t| t.starts(CALLING)) || way.is_none() && before.last().is_some_and(|t| t.is(&["tady", "tu"]));
        let ours = way == Some(Way::At) && matches!(before, [.., u, us] if u.is(&["u"]) && us.is(&["nas"]));
        if !calls && !ours {
            return None;
        }
        if prison == PrisonHere::No { Some((Role::Mentioned, 30)) } else { Some((Role::Origin, 95)) }
    }

    fn towards(&self, hit: &Hit) -> (Role, u8) {
        // "exmanželka se odstěhovala do Kanady"
        let moved = self.before(hit, 4).iter().any(|t| t.starts(&["odsteh", "emigrov", "odletel"]));
        if moved || self.before(hit, 2).iter().any(|t| t.starts(NEVER)) {
            return (Role::Mentioned, 10);
        }
        let to = self.tokens.get(lead(hit)).is_some_and(|t| t.is(&["do"]));
        (Role::Destination, if to { 95 } else { 85 })
    }

    fn from(&self, hit: &Hit, prison: PrisonHere) -> (Role, u8) {
        let before = self.before(hit, 3);
        if before.iter().any(|t| t.is(&["kousek", "nedaleko", "daleko", "km", "blizko"]) || t.starts(&["kilomet", "minut"])) {
            return (Role::Destination, 65);
        }
        let we = before.last().is_some_and(|t| t.is(&["jsme", "jsem", "sme", "sem"]));
        let home =
            before.iter().any(|t| t.starts(&["pochaz", "rodak", "puvod", "domov"])) || before.last().is_some_and(|t| t.is(&["je", "byl"]));
        match prison {
            PrisonHere::No if we || home => (Role::Destination, 50),
            PrisonHere::No => (Role::Origin, 60),
            PrisonHere::Beside if we && before.first().is_none_or(|t| !t.starts(PRISON)) => (Role::Destination, 50),
            PrisonHere::Beside | PrisonHere::Known => (Role::Origin, 90),
        }
    }

    fn staying(&self, hit: &Hit, prison: PrisonHere) -> (Role, u8) {
        let before = self.before(hit, 4);
        // "syn je v Heřmanicích": who is there without living there is held there
        if prison == PrisonHere::Known && !before.iter().chain(self.after(hit, 2)).any(|t| t.starts(STAYING)) {
            return (Role::Origin, 70);
        }
        if prison == PrisonHere::Beside && self.is_held_there(hit) {
            return (Role::Origin, 75);
        }
        // "po 9 letech ve Světlé"
        if prison != PrisonHere::No && before.iter().any(|t| t.is(&["letech", "roce", "mesicich"])) {
            return (Role::Origin, 75);
        }
        if before.iter().any(|t| t.starts(NEVER) || t.is(&["nar"])) || self.is_where_child_lives(hit) || is_of_children(before) || is_verdict(before) {
            return (Role::Mentioned, 0);
        }
        // "žena s dětmi žije ve Svitavách": where the family lives
        let family = before.iter().any(|t| t.is(&["zije", "ziji", "bydli"])) && before.iter().any(|t| t.is(CHILDREN) || t.is(&["detmi", "manzelka", "manzel", "rodice", "rodina", "matka", "otec", "sestra", "bratr"]));
        if family {
            return (Role::Destination, 45);
        }
        let with_person = before.iter().any(|t| t.is(&["u", "k", "ke", "za", "pro"]));
        let after = self.after(hit, 3);
        let weak = before.iter().chain(after).any(|t| t.starts(WEAK) || t.is(CHILDREN));
        let stays = before.iter().chain(after).any(|t| t.starts(STAYING));
        let lives = before.iter().chain(after).any(|t| t.is(&["bydlet", "vraci", "vrati"]));
        let registered = before.iter().any(|t| t.starts(&["trval"]) || t.is(&["tp"]));
        let strength = match (weak && !with_person, stays) {
            _ if lives => 80,
            _ if registered => 60,
            (true, _) => 45,
            (false, true) => 80,
            (false, false) => 72,
        };
        (Role::Destination, strength)
    }

    /// "syna (5), který je u bývalé v Sobotce".
    fn is_where_child_lives(&self, hit: &Hit) -> bool {
        let start = lead(hit).saturating_sub(8);
        let words = self.tokens.get(start..lead(hit)).unwrap_or(&[]);
        let relative = words.iter().rposition(|t| t.is(&["ktery", "ktera", "ktere", "kteri", "co"]));
        relative.is_some_and(|at| words.get(..at).unwrap_or(&[]).iter().rev().take(3).any(|t| t.is(CHILDREN)))
    }

    /// "je ve Světlé a v květnu ji pustí": in a town with a prison, with a release to come.
    fn is_held_there(&self, hit: &Hit) -> bool {
        let is = lead(hit).checked_sub(1).and_then(|at| self.tokens.get(at)).is_some_and(|t| t.is(&["je", "jsou", "sedi"]));
        let rest = self.tokens.get(hit.end()..).unwrap_or(&[]);
        is && rest.iter().take(8).any(|t| t.starts(&["pust", "propust", "vyjd", "vychaz", "pujde", "konci"]) || t.is(&["ven"]))
    }

    fn bare(&self, hit: &Hit, prison: PrisonHere) -> (Role, u8) {
        if self.before(hit, 2).iter().any(|t| t.starts(&["narozen", "rodak"]) || t.is(&["nar"])) {
            return (Role::Mentioned, 0);
        }
        if self.before(hit, 1).iter().any(|t| t.is(OFFICES) || t.starts(&["nemocnic", "lecebn"])) {
            return (Role::Mentioned, 30);
        }
        if prison == PrisonHere::Known {
            return (Role::Origin, 60);
        }
        let support = hit.support;
        // "trvalý pobyt Praha 5": less than where he is said to go
        if !support.opening && self.before(hit, 3).iter().any(|t| t.starts(&["trval"]) || t.is(&["tp"])) {
            return (Role::Destination, 56);
        }
        (
            Role::Destination,
            if support.opening || support.alone {
                75
            } else if support.capital {
                62
            } else {
                58
            },
        )
    }
}

/// Where the words that belong to a hit begin, its preposition included.
pub(super) fn lead(hit: &Hit) -> usize {
    if hit.support.preposition.is_some() { hit.support.preposition_at } else { hit.first }
}

fn is_of_children(before: &[Token]) -> bool {
    let Some(at) = before.iter().rposition(|t| t.is(CHILDREN)) else { return false };
    let accompanied = at.checked_sub(1).and_then(|i| before.get(i)).is_some_and(|t| t.is(&["s", "se", "a", "jejich", "pro", "u", "k", "ke", "za"]));
    !accompanied
}

fn is_verdict(before: &[Token]) -> bool {
    before.iter().rev().take(2).any(|t| t.is(&["odsouzen", "odsouzena", "soud", "soudu", "soudem"]))
}
