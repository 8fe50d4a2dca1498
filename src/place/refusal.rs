//! Which places a client refuses or must not go to. It reads the words around one hit;
//! what part the other places play is read by `role`.

use super::{
    hit::Hit,
    preposition::Way,
    role::{Scene, lead},
    scan::Role,
    token::{Gap, Token},
};

/// What will not be: "nebude bydlet v Brně", "nepůjde do Brna".
const NOT_GOING: &[&str] = &["nebude", "nebudou", "nepujde", "nepujdou", "nepojede", "nepojedou", "nevrati", "neplanuje", "neplanuji"];
/// Words that lead from what was refused to what is wanted.
const TURNING: &[&str] = &["ale", "nybrz", "but"];
const REFUSING: &[&str] = &["nesmi", "nechce", "nechci", "nemuze", "nemuzu", "nelze", "zakaz", "zakazan", "nehce", "odmita"];

impl Scene<'_> {
    /// "ani do Mostu, ani do Chomutova".
    pub(super) fn continues_refusal(&self, hit: &Hit, role: Role) -> bool {
        role == Role::Excluded && lead(hit).checked_sub(1).and_then(|at| self.tokens.get(at)).is_some_and(|t| t.is(&["ani", "a", "i"]))
    }

    /// The place is refused: "do Mostu nechce", "do Sokolova určitě ne", "tam nesmí".
    pub(super) fn is_refused(&self, hit: &Hit) -> bool {
        let before = self.before(hit, 5);
        let turn = before.iter().rposition(|t| t.is(TURNING)).map_or(0, |at| at + 1);
        let before = before.get(turn..).unwrap_or(&[]);
        let direct = before.last().is_some_and(|t| t.is(&["ne", "ani", "nikoli", "nikoliv"])) || self.is_listed_as_refused(hit);
        let from = hit.support.preposition.is_some_and(|p| p.way == Way::From);
        // "nemůže bydlet s námi ve Štětí": the family lives there
        let home = before.iter().any(|t| t.is(&["nami", "nas", "nam"]));
        let verb = !from && !home && refuses(before);
        let after = self.after(hit, 4);
        // "do Sokolova určitě ne"
        let adverbs = after.iter().take_while(|t| t.is(&["urcite", "rozhodne", "radsi", "radeji", "uz", "vubec", "nikdy", "spis", "asi", "teda", "tedy"])).count();
        let answered =
            after.get(adverbs).is_some_and(|t| t.is(&["ne"])) && self.tokens.get(hit.end() + adverbs + 1).is_none_or(|t| t.gap != Gap::Blank);
        // "do Mostu se vrátit nemůže"
        let reach = 2 + after.iter().take(2).filter(|t| t.is(&["se", "uz", "vratit", "jit", "jet"])).count();
        let refused_after = after.iter().take(reach).any(|t| t.starts(REFUSING)) && !names_somebody(after.iter().take(reach)) && (!hit.support.opening || self.ends_clause(hit.end()));
        direct || verb || answered || refused_after || self.is_refused_there(hit)
    }

    /// "Most nechce, radši Louny": nothing follows that he might not want instead of the place.
    fn ends_clause(&self, at: usize) -> bool {
        self.tokens.get(at + 1).is_none_or(|t| matches!(t.gap, Gap::Break | Gap::Comma | Gap::Bracket))
    }

    /// "vyloučeno: Most", "nevhodné – Most a okolí".
    fn is_listed_as_refused(&self, hit: &Hit) -> bool {
        let mut at = lead(hit);
        while let (Some(word), Some(before)) = (self.tokens.get(at), at.checked_sub(1).and_then(|i| self.tokens.get(i))) {
            if before.starts(&["vylouc", "nevhodn"]) {
                return true;
            }
            let listed = word.gap == Gap::Comma && before.capital;
            if !listed {
                return false;
            }
            at -= 1;
        }
        false
    }

    /// "bývalka bydlí v Mostě, tam nesmí".
    fn is_refused_there(&self, hit: &Hit) -> bool {
        let rest = self.tokens.get(hit.end()..).unwrap_or(&[]);
        let near = rest.iter().take(12).position(|t| t.is(&["tam"]));
        let Some(there) = near else { return false };
        let answer = rest.get(there + 1..).unwrap_or(&[]).iter().take(2);
        let breaks = rest.iter().take(there + 1).filter(|t| t.gap == Gap::Break).count();
        let soon = there < 6 && breaks <= 1 && answer.clone().any(|t| t.is(&["nesmi", "nechce", "nechci"]));
        let reasoned = there.checked_sub(1).and_then(|at| rest.get(at)).is_some_and(|t| t.is(&["tak", "takze", "proto", "ma"]));
        let forbidden = breaks == 0 && reasoned && answer.clone().any(|t| t.starts(&["nesmi", "nemuze", "zakaz"]));
        (soon || forbidden) && !names_somebody(rest.iter().take(there))
    }
}

/// The client refuses or must not; "rodina ho nechce" is about the family.
/// What is wanted after a refusal ("do Mostu nechce, chce do Teplic") is not refused.
fn refuses(words: &[Token]) -> bool {
    let refused = words.iter().rposition(|t| t.starts(REFUSING) || t.is(NOT_GOING));
    let wanted = words.iter().rposition(|t| t.is(&["chce", "chci", "radsi", "radeji", "spis", "jen", "jenom", "muze", "pujde", "jde", "vraci"]));
    // "nemůžu najít nic v Poličce"
    let searched = words.iter().any(|t| t.is(&["najit", "sehnat", "nalezt", "zjistit", "dohledat", "vzpomenout", "zajistit"]));
    !searched && refused.is_some_and(|at| wanted.is_none_or(|wanted| wanted < at)) && !names_somebody(words.iter())
}

fn names_somebody<'a>(mut words: impl Iterator<Item = &'a Token>) -> bool {
    words.any(|t| t.is(&["ho", "ji", "jej", "mu"]))
}
