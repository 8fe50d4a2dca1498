//! How surely one mention of a topic is a wish: by what governs it in its clause and by whose it is.
//! It weighs one mention at a time; which of them count is chosen by `need`.

use super::super::clause::{Clauses, is_kin};
use super::super::lexicon::{Frame, Strength};
use super::super::words::Words;
use super::{ASIDE, ASKED, HINT, LACKED, NAMED};
use crate::domain::Topic;
use std::ops::Range;

/// The words around the mentions of one message.
pub(super) struct Scale<'a> {
    /// The words of the message.
    pub words: &'a Words<'a>,
    /// Its clauses.
    pub clauses: &'a Clauses<'a>,
}

impl Scale<'_> {
    /// Weighs one mention.
    pub(super) fn weight(&self, topic: Topic, strength: Strength, span: &Range<usize>) -> u8 {
        let weight = match strength {
            // "kdy byla venku bez práce"
            Strength::Need if self.is_lack(span) && matches!(self.words.before(span.start, 1), "byl" | "byla" | "venku") && (1..=3).any(|back| matches!(self.words.before(span.start, back), "byl" | "byla")) => return HINT,
            Strength::Need if self.is_lack(span) => return LACKED,
            Strength::Need => return ASKED,
            Strength::Thing if topic == Topic::Documents && self.is_number_told(span) => 0,
            Strength::Thing | Strength::Hint if topic == Topic::Benefits && (self.is_amount(span) || self.is_source(span)) => 0,
            Strength::Hint => return self.hint(topic, span),
            // "bez insolvence" is a blessing, "bez bytu" a need
            Strength::Thing if topic == Topic::Debts => self.blessing(span),
            Strength::Thing => self.thing(topic, span),
            // what was done to her weighs the same whatever verb tells it
            Strength::Trouble if topic == Topic::Crisis => match self.trouble(span) {
                ASIDE if self.clauses.governor(span).is_none_or(|found| found.frame != Frame::Before) => NAMED,
                weight => weight,
            },
            // "má dluhy", "má psychické problémy": beside a wish it is one more
            Strength::Trouble if self.is_burden(topic, span) => NAMED,
            Strength::Trouble => self.trouble(span),
        };
        // "tady PMS Tábor", "paní doktorka doporučuje": who writes or speaks
        let office = matches!(self.words.before(span.start, 1), "tady" | "zde") && span.start < 5 || topic == Topic::Health && matches!(self.words.before(span.start, 1), "pan" | "pani");
        if office {
            return 0;
        }
        // "s matkou alkoholičkou", "manžel pije": a relative's; what he does to her is hers
        let attached = span.start > 0 && strength == Strength::Trouble && self.clauses.is_relative(span.start - 1);
        let beside = match topic {
            Topic::Crisis => false,
            Topic::Family => attached,
            // "matka v Kladně, kurátor OSPOD": a list goes on, whoever was named in it
            _ => attached || self.clauses.is_beside(span.start) && (strength == Strength::Trouble || self.clauses.governor(span).is_some() || self.names_relative(span)),
        };
        if beside { weight.min(HINT) } else { weight }
    }

    /// "o bydlení se postará rodina": a relative in the clause itself.
    fn names_relative(&self, span: &Range<usize>) -> bool {
        (span.start.saturating_sub(5)..span.end + 5).any(|at| self.words.same_clause(at, span.start) && is_kin(self.words, at))
    }

    /// "potřebuje pracák": a hint that is asked for in so many words.
    fn hint(&self, topic: Topic, span: &Range<usize>) -> u8 {
        let solid = matches!(topic, Topic::Work | Topic::Benefits) || topic == Topic::Transport && self.words.word(span.start).starts_with("cest");
        // "ven za týden, kam?"
        if topic == Topic::Housing && self.words.word(span.start) == "kam" && self.clauses.is_question(span) && !self.words.same_clause(span.start, span.end) {
            return ASKED;
        }
        // "nemá bydlení, doklady, peníze": the list goes on
        if solid && self.is_listed(span) && self.clauses.carries_thing(span) && self.clauses.carried(span).is_some_and(|found| found.frame == Frame::Without) {
            return LACKED;
        }
        // "neví jak s pojišťovnou a úřadem práce"
        let far = if span.len() > 1 { 6 } else { 3 };
        let asked = self.clauses.governor(span).is_some_and(|found| found.frame == Frame::Asks && found.far < far && !found.behind);
        if solid && asked { NAMED } else { HINT }
    }

    /// "chybí jen zaměstnání", "pouze kontakt na kurátora": nothing else is wanted.
    pub(super) fn is_only(&self, span: &Range<usize>) -> bool {
        (1..=4).any(|back| {
            let word = self.words.before(span.start, back);
            matches!(word, "jen" | "jenom" | "pouze" | "jedine" | "akorat") && self.words.same_clause(span.start - back, span.start)
        })
    }

    /// "důchod 11 tis.": an income, not a wish.
    fn is_amount(&self, span: &Range<usize>) -> bool {
        let number = (span.end..span.end + 3).find(|at| self.words.number(*at).is_some());
        number.is_some_and(|at| matches!(self.words.word(at + 1), "tis" | "tisic" | "stupne" | "stupen" | "kc" | "korun" | "czk" | "000") || self.words.number(at).is_some_and(|value| value >= 1000))
    }

    /// "platí si z důchodu": what he lives on.
    fn is_source(&self, span: &Range<usize>) -> bool {
        matches!(self.words.before(span.start, 1), "z" | "ze") && self.words.word(span.start).starts_with("duchod")
    }

    /// "OP [číslo dokladu]": the card is told, not asked for.
    fn is_number_told(&self, span: &Range<usize>) -> bool {
        self.words.at(span.end).is_some_and(|word| word.folded.is_empty())
    }

    /// A way out of debts: who goes without it needs none.
    fn blessing(&self, span: &Range<usize>) -> u8 {
        if self.clauses.governor(span).is_some_and(|found| found.frame == Frame::Without) { 0 } else { self.thing(Topic::Debts, span) }
    }

    /// A thing is asked for, missing, had, refused or only told of.
    fn thing(&self, topic: Topic, span: &Range<usize>) -> u8 {
        let found = self.clauses.governor(span);
        let asked = self.clauses.is_question(span);
        // "přišel z léčby", "byt má od města"
        if matches!(self.words.before(span.start, 1), "z" | "ze" | "od") && found.is_none_or(|found| found.frame != Frame::Asks) {
            return ASIDE;
        }
        // "bydlení u maminky": a roof is there, unless for the time being
        let at_relative = |at: usize| self.words.word(at) == "u" && self.clauses.is_relative(at + 1) && self.words.same_clause(span.start, at);
        if topic == Topic::Housing && (span.end..span.end + 4).any(at_relative) {
            return if self.clauses.is_lost(span) { ASKED } else { 0 };
        }
        if topic == Topic::Health && self.is_ward(span) || topic == Topic::Housing && self.is_returned_to(span) {
            return 0;
        }
        // "muže s nařízenou léčbou"
        if topic != Topic::Housing && self.describes_client(span) {
            return if matches!(topic, Topic::Benefits | Topic::Work) { HINT } else { ASIDE };
        }
        if topic == Topic::Work && self.is_route(span) && found.is_none_or(|found| found.frame != Frame::Asks || found.far > 2) {
            return ASIDE;
        }
        if self.clauses.is_settled_behind(span, true) || self.is_there(span) {
            return 0;
        }
        // "nábytek do sociálního bytu": for the flat he has
        if topic == Topic::Housing && self.is_furnished(span) {
            return HINT;
        }
        // "na ubytovně ho okradli": where somebody is, unless nothing else is said
        if topic == Topic::Housing && self.is_whereabouts(span) && !self.clauses.is_lost(span) && found.is_none_or(|found| !matches!(found.frame, Frame::Asks | Frame::Without | Frame::Has)) {
            return HINT;
        }
        match found.map(|found| found.frame) {
            Some(Frame::Without) if topic == Topic::Family => HINT,
            Some(Frame::Asks) => ASKED,
            Some(Frame::Without) => LACKED,
            Some(Frame::Has | Frame::Settled) if self.clauses.is_lost(span) => ASKED,
            Some(Frame::Has | Frame::Refuses) => 0,
            Some(Frame::Settled) if !asked && !self.is_described(span) => 0,
            _ if asked => ASKED,
            Some(Frame::Before) => 0,
            Some(Frame::Tells) => ASIDE,
            Some(Frame::Settled | Frame::Lost | Frame::Release | Frame::ReleasePast | Frame::OtherDate) => NAMED,
            // "invalidní důchod I. stupně" describes the client
            None if self.is_pension(span) => HINT,
            None if self.is_gone_to(span) => ASIDE,
            // "byt po babičce, jen nábytek", "byt v Trutnově, potřebuje doprovod"
            None if self.words.word(span.start) == "byt" && self.words.word(span.end) == "po" => 0,
            // "práce u stavební firmy", "po rozvodu"
            None if topic == Topic::Work && self.words.word(span.end) == "u" || topic == Topic::Legal && self.words.before(span.start, 1) == "po" => ASIDE,
            None if self.words.word(span.start) == "byt" && matches!(self.words.word(span.end), "v" | "ve") => ASIDE,
            None => self.bare_thing(span),
        }
    }

    /// "místo v práci je, ale ubytko ne".
    fn is_there(&self, span: &Range<usize>) -> bool {
        let end = (span.end..span.end + 6).take_while(|at| self.words.same_clause(span.start, *at)).last();
        let last = end.filter(|last| !self.words.same_clause(*last, last + 1));
        last.is_some_and(|last| matches!(self.words.word(last), "je" | "jsou" | "mame")) && !self.clauses.is_question(span)
    }

    /// "noclehárna, kde má lůžko" is wished for.
    fn is_described(&self, span: &Range<usize>) -> bool {
        (span.end..span.end + 2).any(|at| matches!(self.words.word(at), "kde" | "ktera" | "ktery" | "ktere" | "kterou" | "co"))
    }

    /// A thing in a clause without a verb goes on with what was said before it.
    fn bare_thing(&self, span: &Range<usize>) -> u8 {
        let too = matches!(self.words.word(span.end), "taky" | "take" | "tez" | "rovnez" | "taktez");
        match self.clauses.carried(span).map(|found| found.frame) {
            Some(Frame::Asks) => ASKED,
            Some(Frame::Has | Frame::Settled | Frame::Refuses) if too => 0,
            // "má práci, doklady, pojištění": the list goes on
            Some(Frame::Has | Frame::Settled) if self.is_listed(span) && self.clauses.carries_thing(span) => 0,
            Some(Frame::Has | Frame::Settled | Frame::Tells) if self.is_listed(span) => ASIDE,
            _ => NAMED,
        }
    }

    /// "jde do Otrokovic na ubytovnu": where somebody goes, maybe without help.
    fn is_gone_to(&self, span: &Range<usize>) -> bool {
        let moves = |at: usize| matches!(self.words.word(at), "jde" | "pujde" | "jdou" | "nastoupi" | "odchazi" | "stehuje") && self.words.same_clause(at, span.start);
        matches!(self.words.before(span.start, 1), "na" | "do") && (1..=5).filter_map(|back| span.start.checked_sub(back)).any(moves)
    }

    /// "do práce nejede autobus", "v zaměstnání": a place, not a wish.
    fn is_route(&self, span: &Range<usize>) -> bool {
        let place = ["prac", "zamest"].iter().any(|stem| self.words.word(span.start).starts_with(stem));
        place && span.len() == 1 && matches!(self.words.before(span.start, 1), "do" | "v" | "ve" | "po" | "pri")
    }

    /// "bez práce", "nemá kde spát": a lack beside others, no wish that puts them in the shade.
    fn is_lack(&self, span: &Range<usize>) -> bool {
        matches!(self.words.word(span.start), "nema" | "nemaji" | "nemam" | "bez" | "ani" | "zadne" | "zadny" | "no")
    }

    /// "klienta na subutexu", "muž s dluhy": tells who he is.
    fn is_of_client(&self, span: &Range<usize>) -> bool {
        ["klient", "odsouz", "muz", "zen", "pan", "clovek", "chlap", "kluk"].iter().any(|stem| self.words.before(span.start, 2).starts_with(stem))
    }

    /// "invalidní důchod I. stupně".
    fn is_pension(&self, span: &Range<usize>) -> bool {
        (span.start..span.end).any(|at| ["duchod", "invalidit"].iter().any(|stem| self.words.word(at).starts_with(stem)))
    }

    /// "muž s nařízenou léčbou", "ženu s důchodem".
    fn describes_client(&self, span: &Range<usize>) -> bool {
        let noun = |back: usize| ["klient", "odsouz", "muz", "zen", "pan", "chlap", "kluk"].iter().any(|stem| self.words.before(span.start, back).starts_with(stem));
        (1..=2).any(|back| matches!(self.words.before(span.start, back), "s" | "se") && noun(back + 1) && self.words.same_clause(span.start - back, span.start))
    }

    /// "vrací se do prázdného bytu": he has it.
    fn is_returned_to(&self, span: &Range<usize>) -> bool {
        let home = matches!(self.words.word(span.start), "bytu" | "domu" | "domku");
        let back = |at: usize| ["vrac", "vrat"].iter().any(|stem| self.words.word(at).starts_with(stem)) && self.words.same_clause(at, span.start);
        home && (1..=2).any(|before| self.words.before(span.start, before) == "do") && (2..=6).filter_map(|before| span.start.checked_sub(before)).any(back)
    }

    /// "babička je v nemocnici": where somebody is.
    fn is_ward(&self, span: &Range<usize>) -> bool {
        let ward = ["nemocnic", "spital"].iter().any(|stem| self.words.word(span.start).starts_with(stem));
        ward && span.start > 0 && matches!(self.words.before(span.start, 1), "v" | "ve" | "z" | "ze")
    }

    /// "stůl do bytu", "sestra do domku": behind a thing that is brought there.
    fn is_furnished(&self, span: &Range<usize>) -> bool {
        let home = matches!(self.words.word(span.end.saturating_sub(1)), "bytu" | "domu" | "domku" | "podnajmu" | "garsonky");
        let into = (1..=2).find(|back| self.words.before(span.start, *back) == "do").and_then(|back| span.start.checked_sub(back));
        home && into.is_some_and(|into| self.clauses.names_topic(&(into.saturating_sub(4)..into), &[Topic::MaterialAid, Topic::Health, Topic::Transport]))
    }

    /// "v azyláku", "na ubytovně": a place where somebody is.
    fn is_whereabouts(&self, span: &Range<usize>) -> bool {
        const PLACES: &[&str] = &["ubytovne", "byte", "azylaku", "azylu", "nocleharne", "podnajmu", "hostelu", "penzionu", "garsonce", "pokoji", "dome"];
        let last = self.words.word(span.end.saturating_sub(1));
        let wished = matches!(self.words.before(span.start, 2), "spat" | "bydlet" | "byt" | "bejt" | "zustat" | "prespat" | "misto" | "luzko" | "pobyt");
        matches!(self.words.before(span.start, 1), "v" | "ve" | "na") && PLACES.contains(&last) && !wished
    }

    /// The clause holds hardly more than the thing.
    fn is_listed(&self, span: &Range<usize>) -> bool {
        let opens = span.start > 0 && !self.words.same_clause(span.start - 1, span.start) && !self.words.lead(span.start).contains(['.', '–', ':', '\n']);
        opens && (!self.words.same_clause(span.start, span.end) || matches!(self.words.word(span.end), "i" | "a"))
    }

    /// A burden the client has, told before it and not carried: "má dluhy", not "dluhy má vyřešené".
    fn is_burden(&self, topic: Topic, span: &Range<usize>) -> bool {
        let hard = ["problem", "potiz"].iter().any(|stem| (span.start..=span.end).any(|at| self.words.word(at).starts_with(stem)));
        let heavy = matches!(topic, Topic::Debts | Topic::Addiction) || hard;
        let has = self.clauses.governor(span).is_some_and(|found| found.frame == Frame::Has && !found.behind && found.far < 3 && (matches!(self.words.word(found.at), "ma" | "maji") || topic == Topic::Addiction && matches!(self.words.word(found.at), "bere" | "berou")));
        let before = (1..=2).any(|back| matches!(self.words.before(span.start, back), "s" | "se" | "na" | "po"));
        heavy && has && !self.clauses.is_beside(span.start) && !before && !self.clauses.is_settled_behind(span, false)
    }

    /// A trouble is asked about, told of, or gone.
    fn trouble(&self, span: &Range<usize>) -> u8 {
        let with = matches!(self.words.before(span.start, 1), "s" | "se" | "na");
        match self.clauses.governor(span) {
            // "bez elektřiny kvůli dluhu"
            Some(found) if found.frame == Frame::Without && self.words.before(span.start, 1) == "kvuli" => NAMED,
            Some(found) if matches!(found.frame, Frame::Without | Frame::Settled | Frame::Refuses) => 0,
            _ if self.clauses.is_settled_behind(span, false) => 0,
            Some(found) if found.frame == Frame::Asks && (found.far < 3 || found.behind) => ASKED,
            _ if with && self.is_of_client(span) => ASIDE,
            _ if self.clauses.is_question(span) => ASKED,
            Some(found) if found.frame == Frame::Has && matches!(self.words.word(found.at), "mam" | "have") => NAMED,
            Some(found) if matches!(found.frame, Frame::Has | Frame::Before) || found.frame == Frame::Tells && !found.behind => ASIDE,
            _ if self.words.before(span.start, 1) == "po" => HINT,
            _ if with => ASIDE,
            Some(_) | None => NAMED,
        }
    }
}
