//! What changes how a message is treated: urgent, a group, not from staff, a provider's report …
//! Personal data and restricted groups are decided where the text is masked.

use super::clause::{is_kin, is_relative};
use super::lexicon::{Criterion, Cue, Frame, Hit, Sense, Strength};
use super::need::Asked;
use super::words::Words;
use crate::domain::{Flag, Release, Topic, Who};
use chrono::NaiveDate;
use std::ops::Range;

/// Days ahead within which a release is urgent.
const URGENT_DAYS: i64 = 2;
/// Words looked through for thanks; a report is short.
const REPORT_MAX: usize = 60;
/// Words of a report that names no contact.
const SHORT_REPORT_MAX: usize = 12;
/// Rape, coercion, abuse, procuring a child, child pornography, abuse of a person in care, public menace (arson).
const RESTRICTING: [u32; 12] = [185, 186, 187, 188, 191, 192, 193, 198, 201, 202, 272, 273];
/// Clients from which a message is a group.
const BULK_MIN: u8 = 3;

/// A flag and the words it came from.
pub(super) type Raised = (Flag, Option<Range<usize>>);

/// The cues of one message.
pub(super) struct Cues<'a> {
    words: &'a Words<'a>,
    hits: &'a [Hit],
}

impl<'a> Cues<'a> {
    /// Looks at the findings of a text.
    pub(super) const fn of(words: &'a Words<'a>, hits: &'a [Hit]) -> Self {
        Self { words, hits }
    }

    fn all(&self, cue: Cue) -> impl Iterator<Item = &Range<usize>> {
        self.hits.iter().filter(move |hit| hit.sense == Sense::Flag(cue)).map(|hit| &hit.span)
    }

    fn first(&self, cue: Cue) -> Option<Range<usize>> {
        self.all(cue).next().cloned()
    }

    /// Stretches about an offence, which are not kept, and whether they restrict services.
    pub(super) fn offences(&self) -> Vec<(Range<usize>, bool)> {
        let restricted = self.all(Cue::Restricted).filter(|span| !self.is_victim(span)).map(|span| (span.clone(), true));
        restricted.chain(self.all(Cue::Offence).map(|span| (span.clone(), false))).chain(self.sections()).chain(self.files()).collect()
    }

    /// "§ 187": a section of the Criminal Code (Act 40/2009 Coll.); some of them restrict services.
    fn sections(&self) -> impl Iterator<Item = (Range<usize>, bool)> {
        let act = move |at: usize| matches!((self.words.before(at, 2), self.words.before(at, 1)), ("tr", "c" | "cin" | "z" | "zak"));
        let named = move |at: &usize| self.words.lead(*at).contains('§') || matches!(self.words.before(*at, 1), "par" | "paragraf" | "paragrafu") || act(*at) || self.words.word(at + 1) == "odst";
        let section = |at: usize| self.words.number(at).filter(|value| (100..=420).contains(value)).map(|value| (at..at + 1, RESTRICTING.contains(&value)));
        (0..self.words.len()).filter(named).filter_map(section)
    }

    /// "12 Nt 345/2026": the file of a court leads to the client.
    fn files(&self) -> impl Iterator<Item = (Range<usize>, bool)> {
        let number = move |at: usize| self.words.number(at);
        let register = move |at: usize| (1..=3).contains(&self.words.word(at).len()) && number(at).is_none() && self.words.at(at).is_some_and(|word| word.capital);
        let file = move |at: &usize| number(*at).is_some() && register(at + 1) && number(at + 2).is_some() && self.words.lead(at + 3) == "/" && number(at + 3).is_some_and(|year| (1990..2100).contains(&year));
        (0..self.words.len()).filter(file).map(|at| (at..at + 4, false))
    }

    /// "oběť znásilnění", "znásilnil ji": the client suffered it.
    fn is_victim(&self, span: &Range<usize>) -> bool {
        let before = (1..=3).any(|back| {
            let word = self.words.before(span.start, back);
            word.starts_with("obet") || matches!(word, "byla" | "byl") && self.words.word(span.start).ends_with(['a', 'n']) || back == 1 && word == "po" && self.words.before(span.start, 2).starts_with("je")
        });
        // "zneužívaná otcem"
        let passive = |word: &str| ["ana", "any", "an", "ena", "eny", "en"].iter().any(|ending| word.ends_with(ending));
        let suffered = (span.start..=span.end).map(|at| self.words.word(at)).any(|word| ["zneuz", "znasil", "tyr"].iter().any(|stem| word.starts_with(stem)) && passive(word));
        // "sexuální zneužití v dětství"
        let young = (span.end..span.end + 3).any(|at| matches!(self.words.word(at), "detstvi" | "mladi" | "dospivani"));
        let lived = (1..=4).any(|back| matches!(self.words.before(span.start, back), "zazila" | "zazil" | "prozila" | "prozil" | "trpela" | "trauma" | "traumatem" | "traumatu"));
        before || young || lived || suffered || matches!(self.words.word(span.end), "ji" | "ho" | "me")
    }

    /// The message is written by the client, the family or the public.
    pub(super) fn not_staff(&self) -> Option<Range<usize>> {
        let family = self.all(Cue::NotStaff).find(|span| !self.is_visited(span) && !self.is_of_client(span) && !self.is_of_office(span) && !self.is_named_before(span)).cloned().or_else(|| self.signature()).or_else(|| self.opening()).or_else(|| self.worried())?;
        let staff = self.all(Cue::Staff).next();
        let strong = self.all(Cue::NotStaff).any(|span| self.is_strong(span));
        (staff.is_none() || strong).then_some(family)
    }

    /// "k segře", "u kámoše": where the client goes, whoever writes.
    fn is_visited(&self, span: &Range<usize>) -> bool {
        let colloquial = ["segr", "kamos", "brach"].iter().any(|stem| self.words.word(span.start).starts_with(stem));
        // "volám za ségru" is on her behalf, "jde za ségrou" is to her
        let behalf = self.words.before(span.start, 1) == "za" && !["ou", "em"].iter().any(|ending| self.words.word(span.start).ends_with(ending));
        colloquial && !behalf && matches!(self.words.before(span.start, 1), "k" | "ke" | "u" | "za" | "od" | "s" | "se")
    }

    /// "těhotná, přítel sedí ve Valdicích": a relative of the client named before him.
    fn is_of_client(&self, span: &Range<usize>) -> bool {
        let named = |hit: &&Hit| matches!(hit.sense, Sense::Who(Criterion::Man | Criterion::Woman | Criterion::Pregnant)) && hit.span.end <= span.start;
        is_kin(self.words, span.start) && self.hits.iter().any(|hit| named(&hit) && !is_kin(self.words, hit.span.start) && !is_relative(self.words, self.hits, hit.span.start))
    }

    /// "chtěl by žít s bratrem, bratr má ale jen 1+kk": whom the client was said to go to.
    fn is_named_before(&self, span: &Range<usize>) -> bool {
        let stem: String = self.words.word(span.start).chars().take(4).collect();
        let earlier = |at: &usize| self.words.word(*at).starts_with(&stem) && matches!(self.words.before(*at, 1), "s" | "se" | "k" | "ke" | "u" | "za");
        is_kin(self.words, span.start) && (0..span.start).any(|at| earlier(&at)) && !(0..self.words.len()).any(|at| matches!(self.words.word(at), "jsem" | "mi" | "nam" | "nas"))
    }

    /// "Jsem z věznice Pardubice, paní potřebuje ubytování": who works there.
    fn is_of_office(&self, span: &Range<usize>) -> bool {
        let from = matches!(self.words.word(span.start), "jsem" | "sem") && matches!(self.words.word(span.start + 1), "z" | "ze");
        from && (span.end..self.words.len()).any(|at| matches!(self.words.word(at), "pan" | "pani" | "pana" | "panu" | "muze" | "zenu" | "muz" | "zena" | "chlapa"))
    }

    /// "syn (19) sedí ve Všehrdech": a message that opens with a relative, and no client in it.
    fn opening(&self) -> Option<Range<usize>> {
        let at = (0..self.words.len().min(4)).find(|at| !matches!(self.words.word(*at), "dobry" | "den" | "zdravim" | "ahoj" | "prosim"))?;
        let kin = matches!(self.words.word(at), "syn" | "bratr" | "bracha" | "manzel" | "pritel" | "dcera" | "sestra" | "segra" | "manzelka" | "pritelkyne" | "otec" | "tata" | "kamarad" | "kamos");
        let other = (at + 1..self.words.len()).any(|at| matches!(self.words.word(at), "klient" | "klientka" | "klienta" | "klientky" | "on" | "ona" | "jeho" | "jeji"));
        let own = |at: usize| matches!(self.words.word(at), "chci" | "chceme" | "nevim" | "nevime" | "mame" | "jsme" | "nam" | "mi" | "ja" | "my" | "bojim" | "bojime" | "potrebujeme" | "hledame" | "nas" | "muzu" | "muzeme" | "poradte" | "prosim" | "koho" | "nasi" | "poradite" | "pomuzete" | "mne" | "me");
        let speaks = (at + 1..self.words.len()).any(own);
        let held = self.hits.iter().any(|hit| matches!(hit.sense, Sense::Context(Frame::Release) | Sense::Topic(..)));
        (kin && !other && held && speaks).then_some(at..at + 1)
    }

    /// "nevím, kam se obrátit, syn po návratu jen leží": whose child it is.
    fn worried(&self) -> Option<Range<usize>> {
        let own = (0..self.words.len()).any(|at| matches!(self.words.word(at), "nevim" | "nevime" | "myslim" | "bojim" | "bojime" | "poradte" | "poradite"));
        let client = (0..self.words.len()).any(|at| ["klient", "odsouzen", "pan", "jeho", "jeji", "matk", "otec"].iter().any(|stem| self.words.word(at).starts_with(stem)) || matches!(self.words.word(at), "on" | "ona" | "pan" | "muz" | "zena"));
        let child = |at: &usize| matches!(self.words.word(*at), "syn" | "dcera" | "bracha" | "segra" | "vnuk") && (*at == 0 || !self.words.same_clause(at - 1, *at)) && !(1..=4).any(|next| matches!(self.words.word(at + next), "ho" | "mu" | "ji" | "nim" | "ni"));
        (own && !client).then(|| (0..self.words.len()).find(child))?.map(|at| at..at + 1)
    }

    /// "… potřebuje pracovat. Máma": a relative signs with what she is.
    fn signature(&self) -> Option<Range<usize>> {
        let last = self.words.len().checked_sub(1).filter(|last| *last > 2)?;
        let kin = matches!(self.words.word(last), "mama" | "mamka" | "matka" | "maminka" | "tata" | "otec" | "manzelka" | "sestra" | "bratr" | "babicka" | "pritelkyne" | "manzel" | "dcera" | "teta");
        (kin && self.words.lead(last).contains(['.', ',', '!', '?', '–', '\n'])).then_some(last..last + 1)
    }

    /// Words no worker writes even beside "klient".
    fn is_strong(&self, span: &Range<usize>) -> bool {
        let word = self.words.word(span.start);
        ["muj", "moj", "meh", "nas", "jsem", "pustil", "my"].iter().any(|stem| word.starts_with(stem)) && !matches!(self.words.word(span.start + 1), "klient" | "klienta" | "klientka" | "klientku")
    }

    /// A shelter reports its places: no question, no client.
    pub(super) fn provider_update(&self) -> Option<Range<usize>> {
        let text = self.words.text.trim();
        let letter = matches!(crate::domain::fold_word(text).as_str(), "p" | "c" | "v" | "plno" | "volno" | "full" | "free");
        if letter {
            return Some(0..self.words.len());
        }
        let told = self.all(Cue::ProviderUpdate).find(|span| self.opens_report(span)).cloned()?;
        let asks = text.contains('?') || self.hits.iter().any(|hit| matches!(hit.sense, Sense::Flag(Cue::NotStaff)));
        let client = (0..self.words.len()).any(|at| {
            let word = self.words.word(at);
            // "klienty nyní nepřijímáme"
            let all = matches!(word, "klienty" | "klientky" | "klientu" | "muze" | "zeny") && ["neprij", "neber"].iter().any(|stem| (0..self.words.len()).any(|at| self.words.word(at).starts_with(stem)));
            !all && ["klient", "odsouzen", "propust", "vystup", "hleda", "shan", "potreb", "prosim"].iter().any(|stem| word.starts_with(stem))
        });
        (!asks && !client && self.words.len() <= 25).then_some(told)
    }

    /// The report begins the message, or somebody says "máme".
    fn opens_report(&self, span: &Range<usize>) -> bool {
        let first = self.words.word(span.start);
        let strong = matches!(first, "volno" | "plno" | "obsazeno" | "mame" | "nemame" | "stop" | "stopstav" | "neprijimame" | "nevezmeme" | "neprijmeme" | "nikoho" | "full" | "jsme") || first.starts_with("uvoln") || first.starts_with("plnp") || first.starts_with("kapacit");
        let counted = span.start == 1 && self.words.number(0).is_some();
        span.start == 0 || counted || (strong && (span.start <= 6 || (0..4).any(|at| self.words.word(at) == "jsme"))) || matches!(self.words.before(span.start, 1), "mame" | "je" | "bude" | "zase" | "uz" | "stale" | "porad" | "ted")
    }

    /// Somebody reports how a contact ended: "#4821 vyřízeno, nastoupil".
    pub(super) fn outcome_report(&self) -> Option<Range<usize>> {
        let reports = self.all(Cue::OutcomeReport).filter(|span| !self.is_told_of_others(span));
        let reference = (0..self.words.len().min(6)).find(|at| self.is_reference(*at));
        let mut reports = reports.cloned();
        match reference {
            Some(at) => reports.next().or_else(|| self.settles(at)),
            None => reports.find(|span| self.speaks_to_line(span) || self.tells_of_client(span)),
        }
    }

    /// "ad 3017 – léčba domluvena": what a contact came to, and nothing asked.
    fn settles(&self, at: usize) -> Option<Range<usize>> {
        let said = |frame: Frame| self.hits.iter().find(|hit| hit.sense == Sense::Context(frame) && hit.span.start > at).map(|hit| hit.span.clone());
        let asks = said(Frame::Asks).is_some() || self.words.text.contains('?') || self.words.len() > 20;
        said(Frame::Settled).filter(|_| !asks)
    }

    /// A contact's number: three to six digits at the beginning or behind "#".
    fn is_reference(&self, at: usize) -> bool {
        let Some(word) = self.words.at(at) else { return false };
        let marked = word.lead.ends_with('#') || matches!(self.words.before(at, 1), "c" | "cislo" | "pripad" | "pripadu" | "kontakt" | "kontaktu" | "dotaz" | "dotazu" | "kod" | "ref" | "k" | "ad" | "klient" | "klientka" | "klienta" | "klientky");
        let plain = self.words.lead(at + 1).starts_with([' ', ':', ',', '-', '–', ' ']) || self.words.at(at + 1).is_none();
        word.number.is_some() && (3..=6).contains(&word.folded.len()) && (marked || (at == 0 && plain && self.words.number(at + 1).is_none()))
    }

    /// Thanks, or "what you gave us": a report although no number is named.
    fn speaks_to_line(&self, span: &Range<usize>) -> bool {
        let phrase = (span.start..span.end).any(|at| matches!(self.words.word(at), "jste"));
        let done = matches!(self.words.word(span.start), "vyrizeno" | "vyreseno" | "hotovo" | "klaplo" | "posunuto") && span.start <= 3;
        let thanks = (0..self.words.len().min(REPORT_MAX)).any(|at| matches!(self.words.word(at), "dekuji" | "dekujeme" | "diky" | "dekuju" | "dik"));
        let past = ["nastoupil", "nenastoupil", "dorazil", "nedorazil", "neprise", "neprisl", "ubytovan", "klapl", "vyslo", "dopadl", "umisten", "prijat", "ubytoval", "bydli", "spokojen"].iter().any(|stem| (span.start..span.end).any(|at| self.words.word(at).starts_with(stem)));
        let from_you = (0..self.words.len().min(REPORT_MAX)).any(|at| matches!(self.words.word(at), "od") && matches!(self.words.word(at + 1), "vas" | "linky"));
        let asks = self.words.text.contains('?');
        phrase || (done && !asks) || (past && (thanks || from_you) && !asks)
    }

    /// "domov ho odmítl", "nevzali ho" tell a story, they report nothing.
    fn is_told_of_others(&self, span: &Range<usize>) -> bool {
        let word = self.words.word(span.start);
        let weak = ["odmit", "dorazil", "nastoup", "zrus", "uzavr", "prijat", "umist", "ubytovan", "vratil", "dopadl", "predan", "preklad"].iter().any(|stem| word.starts_with(stem));
        weak && (0..self.words.len().min(6)).all(|at| !self.is_reference(at)) && !self.speaks_to_line(span) && !self.tells_of_client(span)
    }

    /// "klient nenastoupil", "klientka se ubytovala v azylovém domě": a short message that asks for nothing.
    fn tells_of_client(&self, span: &Range<usize>) -> bool {
        let client = ["klient", "odsouzen", "pan", "pani", "muz", "zena"].iter().any(|stem| self.words.word(0).starts_with(stem));
        let did = ["nastoupil", "nenastoupil", "dorazil", "nedorazil", "neprisel", "neprisla", "neprijel", "ubytoval", "se", "prijat", "neprijat"].iter().any(|stem| self.words.word(span.start).starts_with(stem));
        let sentence = matches!(self.words.word(span.end + 1), "vykonu" | "trestu" | "vtos" | "vazby" | "veznice");
        let more = self.hits.iter().filter(|hit| self.words.word(hit.span.start) != "domu").any(|hit| matches!(hit.sense, Sense::Context(Frame::Asks | Frame::Without | Frame::Release) | Sense::Topic(_, Strength::Need | Strength::Trouble)));
        let told = !self.words.text.contains('?') && self.words.len() <= SHORT_REPORT_MAX && (0..=4).contains(&span.start);
        client && did && told && !sentence && !more
    }

    /// The sender asks for a call or a person.
    pub(super) fn wants_person(&self) -> Option<Range<usize>> {
        self.all(Cue::WantsPerson).find(|span| self.is_wish(span)).cloned()
    }

    fn is_wish(&self, span: &Range<usize>) -> bool {
        let (first, before) = (self.words.word(span.start), self.words.before(span.start, 1));
        let others = (1..=3).any(|back| matches!(self.words.before(span.start, back), "mu" | "ji" | "jim" | "nim" | "ni" | "koho" | "klientovi" | "klientce" | "nemuze" | "neumi" | "nechce" | "odmita"));
        // "muž, operátor": a clause of its own asks for nobody else
        let bare = span.len() == 1 && matches!(first, "clovek" | "cloveka");
        if (bare || first.starts_with("operator")) && self.is_plain_request(span.start) {
            return true;
        }
        let told = (first.starts_with("operator") || first.starts_with("koordin")) && !(1..=5).any(|back| ["chci", "chtel", "chtela", "prosim", "mluvit", "spojit", "spojte", "prepoj", "s", "na"].contains(&self.words.before(span.start, back)));
        let personal = first.starts_with("osobn") && before == "se";
        // "kam s člověkem, co má TBC"
        let asks = (1..=2).any(|back| matches!(self.words.before(span.start, back), "komu" | "kam" | "kde"));
        let client = matches!(before, "kam" | "co" | "jak") || matches!(self.words.word(span.end), "co" | "ktery" | "kterej" | "kteremu" | "bez" | "po");
        !(bare || asks || others || told || personal || (first == "s" && client) || self.words.before(span.start, 2) == "koho")
    }

    /// The clause holds nothing but the word and courtesies, or the message ends with it.
    fn is_plain_request(&self, at: usize) -> bool {
        const COURTESIES: &[&str] = &["prosim", "prosimvas", "vas", "dekuji", "diky", "dobry", "den", "ahoj", "zdravim", "zivy", "zivyho", "ziveho", "nejaky", "nejakeho", "hned", "radsi", "rovnou", "na", "me", "mi", "i", "a", "please", "pls"];
        // "bydlení Brno muž operátor", but not "dělal jako operátor"
        let job = (1..=3).any(|back| ["jako", "u", "od"].contains(&self.words.before(at, back)) || ["prac", "del", "byl", "vyuc"].iter().any(|stem| self.words.before(at, back).starts_with(stem)));
        if at + 1 == self.words.len() && self.words.word(at).starts_with("operator") && !job {
            return true;
        }
        // "operátor Most", but not "operátor výroby" or "operátor mi říkal"
        let told = || {
            let next = self.words.word(at + 1);
            ["vyrob", "cnc", "stroj", "link", "mi", "nam", "rik", "rek", "slib", "neb", "neo", "nez", "uz", "se", "ma", "je"].iter().any(|stem| next.starts_with(stem)) && next != "most"
        };
        if at == 0 && self.words.len() <= 4 && matches!(self.words.word(at), "operator" | "operatora") && !told() {
            return true;
        }
        let clause = (at.saturating_sub(6)..at + 7).filter(|other| *other != at && self.words.same_clause(at, *other));
        clause.into_iter().all(|other| COURTESIES.contains(&self.words.word(other)))
    }

    /// The sender insults somebody.
    pub(super) fn abusive(&self) -> Option<Range<usize>> {
        self.first(Cue::Abusive)
    }

    /// The sender sells or buys something: no inquiry.
    pub(super) fn selling(&self) -> bool {
        let client = self.first(Cue::Staff).is_some();
        !client && self.all(Cue::Selling).any(|span| span.start <= 3)
    }

    /// Life in danger.
    pub(super) fn self_harm(&self) -> Option<Range<usize>> {
        self.all(Cue::SelfHarm)
            .find(|span| !(1..=2).any(|back| matches!(self.words.before(span.start, back), "neni" | "bez" | "nikdy" | "nehrozi" | "drive")))
            .cloned()
    }

    /// Released within two days, out without a bed, in danger, or said so.
    pub(super) fn urgent(&self, who: &Who, release: Option<Release>, topics: &[Asked], today: NaiveDate) -> Option<Raised> {
        if let Some(span) = self.all(Cue::Urgent).find(|span| !self.is_denied(span)) {
            return Some((Flag::Urgent, Some(span.clone())));
        }
        // "hned, dnes, Znojmo!"
        let alone = |at: &usize| matches!(self.words.word(*at), "hned" | "ted" | "dnes" | "dneska") && (*at == 0 || !self.words.same_clause(at - 1, *at)) && !self.words.same_clause(*at, at + 1);
        if let Some(at) = (0..self.words.len()).find(alone) {
            return Some((Flag::Urgent, Some(at..at + 1)));
        }
        let soon = matches!(release, Some(Release::On(day)) if (0..=URGENT_DAYS).contains(&(day - today).num_days()))
            || matches!(release, Some(Release::Window(from, to)) if (to - today).num_days() <= URGENT_DAYS && to >= today && from <= to);
        if soon {
            return Some((Flag::Urgent, None));
        }
        let out = who.released_already == Some(true);
        let housing = topics.iter().any(|asked| asked.topic == Topic::Housing);
        let homeless = self.first(Cue::Homeless).filter(|_| out && housing);
        homeless.map(|span| (Flag::Urgent, Some(span)))
    }

    /// "nespěchá", "není to urgentní".
    fn is_denied(&self, span: &Range<usize>) -> bool {
        (1..=2).any(|back| matches!(self.words.before(span.start, back), "neni" | "ne" | "nijak" | "nic")) || self.words.before(span.start, 1) == "jak"
    }

    /// Three clients or more.
    pub(super) fn bulk(&self, who: &Who) -> Option<Raised> {
        if let Some(span) = self.first(Cue::Bulk) {
            return Some((Flag::Bulk, Some(span)));
        }
        who.count.is_some_and(|count| count >= BULK_MIN).then_some((Flag::Bulk, None))
    }
}
