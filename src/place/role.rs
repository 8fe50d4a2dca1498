//! Which part a place plays: where the client comes from, where he goes, where he
//! must not go. Read from the words around it, with a strength that says how
//! clearly they say so.

use super::{
    builder::PrisonHere,
    hit::Hit,
    preposition::Way,
    scan::Role,
    token::{Gap, Token},
    wording::{CALLING, CHILDREN, CONNECTORS, NEVER, OFFICES, PRISON, SENTENCE, STAYING, WEAK, is_of_children, is_over, is_verdict},
};

/// From here on a destination was said, below it is only the best there is.
pub(super) const SAID: u8 = 55;
/// Below this a place is never the destination.
pub(super) const POSSIBLE: u8 = 20;
/// Where somebody is registered is where he goes only if nothing else is said.
const REGISTERED: u8 = 52;
/// So is where he used to live.
const OVER: u8 = 45;

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

    /// "Kuřim → Brno": the arrow leads from the one to the other, whatever else is said.
    pub(super) fn arrowed(&self, hit: &Hit, next: Option<&Hit>) -> Option<(Role, u8)> {
        let arrow = |at: usize| self.tokens.get(at).is_some_and(|t| t.arrow);
        let leaves = next.is_some_and(|next| lead(next) == hit.end() && arrow(hit.end()));
        match (arrow(lead(hit)), leaves) {
            (true, true) => Some((Role::Mentioned, 0)),
            (true, false) => Some((Role::Destination, 95)),
            (false, true) => Some((Role::Origin, 95)),
            (false, false) => None,
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
        if self.is_left_again(hit) {
            return (Role::Mentioned, 30);
        }
        // "měl jít do Brna, ale změnil to na Blansko"
        let planned = self.before(hit, 3).windows(2).any(|pair| matches!(pair, [had, go] if had.is(&["mel", "mela", "meli"]) && go.is(&["jit", "jet", "byt"])));
        if planned {
            return (Role::Destination, OVER);
        }
        if self.tokens.get(lead(hit)).is_some_and(|t| t.is(&["bydliste", "trvale"])) {
            return (Role::Destination, REGISTERED);
        }
        let to = self.tokens.get(lead(hit)).is_some_and(|t| t.is(&["do"]));
        (Role::Destination, if to { 95 } else { 85 })
    }

    fn from(&self, hit: &Hit, prison: PrisonHere) -> (Role, u8) {
        let before = self.before(hit, 3);
        // "daleko od Prahy" names no aim, "ne moc daleko od Prahy" does
        if before.last().is_some_and(|t| t.is(&["daleko"])) && !before.iter().any(|t| t.is(&["ne", "neni", "nebyla", "neprilis", "moc"])) {
            return (Role::Mentioned, 0);
        }
        if before.iter().any(|t| t.is(&["kousek", "nedaleko", "daleko", "km", "blizko"]) || t.starts(&["kilomet", "minut"])) {
            return (Role::Destination, 65);
        }
        let we = before.last().is_some_and(|t| t.is(&["jsme", "jsem", "sme", "sem"]));
        let home =
            before.iter().any(|t| t.starts(&["pochaz", "rodak", "puvod", "domov"])) || before.last().is_some_and(|t| t.is(&["je", "byl"]));
        // "pan z Prahy 10": a quarter is no prison
        let quarter = self.tokens.get(hit.first).is_some_and(|t| t.key == "prahy") && self.tokens.get(hit.end()).is_some_and(|t| t.key.parse::<u8>().is_ok_and(|number| number <= 22) && t.gap == Gap::Blank);
        match prison {
            PrisonHere::Beside if quarter => (Role::Destination, 50),
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
        let family = before.iter().any(|t| t.is(CHILDREN) || t.starts(&["zen", "manzel", "pritel", "rodin", "matk", "mam", "rodic"]));
        if family && self.is_followed(hit) {
            return (Role::Destination, 72);
        }
        if before.iter().any(|t| t.starts(NEVER) || t.is(&["nar", "lecbe"])) || self.is_where_child_lives(hit) || is_of_children(before) || is_verdict(before) {
            return (Role::Mentioned, 0);
        }
        // "v Brně už byl, teď Znojmo"
        let after = self.after(hit, 3);
        let behind = self.tokens.get(hit.end()..).unwrap_or(&[]);
        let was_there = behind.iter().take(4).collect::<Vec<_>>().windows(2).any(|pair| matches!(pair, [was, there] if was.is(&["byl", "byla", "byli"]) && there.is(&["tam"])));
        if is_over(before) || is_over(after) || was_there || self.is_left_again(hit) {
            return (Role::Destination, OVER);
        }
        // "žena s dětmi žije ve Svitavách": where the family lives
        let family = before.iter().any(|t| t.is(&["zije", "ziji", "bydli"])) && before.iter().any(|t| t.is(CHILDREN) || t.is(&["detmi", "manzelka", "manzel", "rodice", "rodina", "matka", "otec", "sestra", "bratr"]));
        if family {
            return (Role::Destination, 45);
        }
        let with_person = before.iter().any(|t| t.is(&["u", "k", "ke", "za", "pro"]));
        let weak = before.iter().chain(after).any(|t| t.starts(WEAK) || t.is(CHILDREN));
        let stays = before.iter().chain(after).any(|t| t.starts(STAYING));
        let lives = before.iter().chain(after).any(|t| t.is(&["bydlet", "vraci", "vrati"]));
        let registered = before.iter().any(|t| t.starts(&["trval"]) || t.is(&["tp"]));
        let strength = match (weak && !with_person, stays) {
            _ if lives => 80,
            _ if registered => REGISTERED,
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

    /// "má ženu a děti v Táboře, jde za nimi".
    fn is_followed(&self, hit: &Hit) -> bool {
        let rest = self.tokens.get(hit.end()..).unwrap_or(&[]);
        let near: Vec<&Token> = rest.iter().take(9).take_while(|t| t.gap != Gap::Break).collect();
        near.windows(2).any(|pair| matches!(pair, [to, them] if to.is(&["za", "k", "ke"]) && them.is(&["nimi", "nim", "ni", "nima"])))
    }

    /// "vlakem do Kolína a odtud do Čáslavi".
    fn is_left_again(&self, hit: &Hit) -> bool {
        let rest = self.tokens.get(hit.end()..).unwrap_or(&[]);
        rest.iter().take(3).take_while(|t| t.gap != Gap::Break).any(|t| t.is(&["odtud", "odtamtud", "odsud", "odkud"]))
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
            return (Role::Destination, REGISTERED);
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
