//! The search: what may be offered to a client, in the order a worker should try it.
//!
//! Each topic is listed by itself – the client's own area first, wider ones when that is
//! sparse – and the lists are dealt out in turn, so that "housing and debts" shows both.

use super::index::Shelf;
use super::rank::{BORDER_KM, Question, age_unsaid};
use super::{CapacityState, Catalogue, Freshness, Service, constraint, wording};
use crate::domain::{ANSWER_SERVICES_MAX, Bilingual, Kind, Need, Place, Sex, Topic};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::HashSet;
use std::sync::Arc;

/// Squares of about 28 km looked through around the client's home: near the border, then
/// about 110 km, about 280 km.
const BORDER_SQUARES: i16 = 2;
const WIDER_SQUARES: [i16; 2] = [4, 10];

/// How far from the client's home a service lies, or how far a search went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// The municipality with extended powers.
    Orp,
    /// The district.
    District,
    /// The region.
    Region,
    /// The whole country.
    Country,
}

impl Scope {
    /// Every scope, the narrowest first.
    pub const ALL: [Self; 4] = [Self::Orp, Self::District, Self::Region, Self::Country];

    /// Returns the scope a search for `home` begins with: the finest that is known.
    #[must_use]
    pub const fn of(home: &Place) -> Self {
        match (&home.orp, &home.district) {
            (Some(_), _) => Self::Orp,
            (None, Some(_)) => Self::District,
            (None, None) => Self::Region,
        }
    }
}

/// One service that may be offered.
#[derive(Debug, Clone)]
pub struct Hit {
    /// The service.
    pub service: Arc<Service>,
    /// The topic it is shown for.
    pub topic: Topic,
    /// What may be said of free places now; an expired report is unknown.
    pub capacity: CapacityState,
    /// How many places, only together with [`CapacityState::Has`].
    pub count: Option<u16>,
    /// How far it is from the place asked about.
    pub distance_km: Option<f64>,
    /// How far it is in administrative steps.
    pub scope: Scope,
    /// How old our knowledge is.
    pub freshness: Freshness,
    /// The day the client comes, when the report of free places holds now but not until then.
    pub later: Option<NaiveDate>,
    /// Why it is shown and why here.
    pub why: Bilingual,
    /// The higher, the earlier; only for comparing hits of one topic.
    pub score: u32,
}

/// What a search found.
#[derive(Debug, Clone)]
pub struct Found {
    /// At most three services, the best first.
    pub hits: Vec<Hit>,
    /// The scope the question asked for.
    pub asked: Scope,
    /// How far the hits lie at the widest; the whole country when nothing was found.
    pub scope: Scope,
    /// There are more services behind these.
    pub more: bool,
    /// Fitting services left out because nobody has confirmed them for a year.
    pub withheld: usize,
    /// How many hits the person has already seen.
    pub skipped: usize,
    /// What became of the kind of service the person named.
    pub wish: Wish,
}

/// What became of the kind of service a person named, within the client's region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// No kind was named, or one that has nothing to do with what is needed.
    Unnamed,
    /// A service of this kind that is not full comes first.
    Met(Kind),
    /// Every fitting service of this kind is full; the best of them comes first.
    Full(Kind),
    /// No service of this kind fits.
    Missing(Kind),
}

impl Found {
    /// Tells whether some hit lies outside the area that was asked about.
    #[must_use]
    pub fn widened(&self) -> bool {
        self.scope > self.asked
    }
}

/// Searches for `need`. `position` is the client's home in degrees, `today` the day of `now` in
/// the line's zone, `skip` how many hits the person has already seen.
#[must_use]
pub fn search(
    catalogue: &Catalogue,
    need: &Need,
    position: Option<(f64, f64)>,
    now: DateTime<Utc>,
    today: NaiveDate,
    skip: usize,
) -> Found {
    let question = Question::new(need, position, now, today);
    let wanted = skip.saturating_add(ANSWER_SERVICES_MAX).saturating_add(1);
    let lists: Vec<Listing<'_>> = topics(need).into_iter().filter_map(|topic| Listing::of(catalogue, &question, topic, wanted)).collect();
    let withheld = lists.iter().flat_map(|list| &list.withheld).collect::<HashSet<_>>().len();
    let dealt = deal(&lists, wanted);
    let more = dealt.len() >= wanted;
    let shown = dealt.iter().skip(skip).take(ANSWER_SERVICES_MAX);
    let hits: Vec<Hit> = shown.filter_map(|(topic, candidate)| hit(catalogue, &question, *topic, candidate)).collect();
    let asked = question.home.map_or(Scope::Country, Scope::of);
    let scope = hits.iter().map(|hit| hit.scope).max().unwrap_or(Scope::Country);
    let wish = lists.iter().map(Listing::wish).find(|wish| *wish != Wish::Unnamed).unwrap_or(Wish::Unnamed);
    Found { hits, asked, scope, more, withheld, skipped: skip, wish }
}

/// What is looked for: every topic once; without one the kinds that were named tell it; a need
/// without any goes to the social curator, whose work is to find out.
fn topics(need: &Need) -> Vec<Topic> {
    let mut seen = HashSet::new();
    let mut said: Vec<Topic> = need.topics.iter().copied().filter(|topic| *topic != Topic::Other && seen.insert(*topic)).collect();
    if said.is_empty() {
        said = need.kinds.iter().filter_map(|kind| kind.topics().first()).copied().filter(|topic| seen.insert(*topic)).collect();
    }
    if said.is_empty() { vec![Topic::Curator] } else { said }
}

/// A service on a list: its number, its order and where it lies.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    penalty: u32,
    id: u128,
    number: u32,
    scope: Scope,
    /// Made for the need, and nothing is open that could make it useless for this client.
    sure: bool,
    full: bool,
    /// Of a kind the person named, and not far away.
    asked: bool,
}

/// The services of one topic in their order.
struct Listing<'a> {
    catalogue: &'a Catalogue,
    question: &'a Question<'a>,
    topic: Topic,
    shelf: &'a Shelf,
    ranked: Vec<Candidate>,
    withheld: HashSet<u32>,
}

impl<'a> Listing<'a> {
    /// Lists at least `wanted` services of `topic` where there are as many. The first `n` are
    /// the same for every `wanted`, so that pages neither repeat nor lose a service.
    fn of(catalogue: &'a Catalogue, question: &'a Question<'a>, topic: Topic, wanted: usize) -> Option<Self> {
        let mut list = Self { catalogue, question, topic, shelf: catalogue.shelf(topic)?, ranked: Vec::new(), withheld: HashSet::new() };
        match question.home {
            Some(home) => list.fill(home, wanted),
            None if question.need.destination.is_none() => list.take(list.shelf.country().iter().copied(), None),
            None => {}
        }
        Some(list)
    }

    /// Fills from the client's own area outwards: until it is not sparse, then page by page.
    fn fill(&mut self, home: &Place, wanted: usize) {
        let mut sorted = 0;
        for scope in Scope::ALL.into_iter().skip_while(|scope| *scope < Scope::of(home)) {
            let enough = self.is_enough(scope);
            if enough && (self.ranked.len() >= wanted || scope == Scope::Country) {
                break;
            }
            if enough {
                sorted = self.ranked.len();
            }
            self.widen(home, scope);
            self.sort(sorted);
        }
        self.drop_useless();
    }

    /// Sorts what stands behind the first `sorted`: the kind that was named leads. When every
    /// service of that kind is full, only the best of them does, so that free ones are not buried.
    fn sort(&mut self, sorted: usize) {
        let rest = self.ranked.get_mut(sorted..).unwrap_or_default();
        let open = rest.iter().any(|candidate| candidate.asked && !candidate.full);
        let best = rest.iter().filter(|candidate| candidate.asked).min_by_key(|candidate| (candidate.penalty, candidate.id)).map(|best| best.number);
        let leads = |candidate: &Candidate| if open { candidate.asked } else { sorted == 0 && Some(candidate.number) == best };
        rest.sort_unstable_by_key(|candidate| (!leads(candidate), candidate.penalty, candidate.id));
    }

    /// A house for families is no answer to a man of whose children nobody spoke when there is
    /// nothing else; behind others it may stand.
    fn drop_useless(&mut self) {
        let alone = self.question.need.who.sex == Some(Sex::Male) && self.question.need.who.couple != Some(true);
        let unsaid = |candidate: &Candidate| self.catalogue.numbered(candidate.number).is_some_and(|service| self.question.family_unsaid(service));
        if alone && self.ranked.iter().all(unsaid) {
            self.ranked.clear();
        }
    }

    /// The kind a person named, as far as it belongs to this topic.
    fn kind(&self) -> Option<Kind> {
        self.question.need.kinds.iter().copied().find(|kind| kind.topics().contains(&self.topic))
    }

    fn wish(&self) -> Wish {
        let Some(kind) = self.kind() else { return Wish::Unnamed };
        let mut asked = self.ranked.iter().filter(|candidate| candidate.asked).peekable();
        match (asked.peek().is_some(), asked.any(|candidate| !candidate.full)) {
            (_, true) => Wish::Met(kind),
            (true, false) => Wish::Full(kind),
            (false, false) => Wish::Missing(kind),
        }
    }

    /// Tells whether the search may stop before `next`: three services made for the need of
    /// which one is not full, and one of the kind that was named; before leaving the region one
    /// that is not full is enough.
    fn is_enough(&self, next: Scope) -> bool {
        let open = self.ranked.iter().any(|candidate| (candidate.sure || candidate.asked) && !candidate.full);
        let own = self.ranked.iter().filter(|candidate| candidate.sure).count();
        let wished = self.kind().is_none() || self.ranked.iter().any(|candidate| candidate.asked && !candidate.full);
        open && (next == Scope::Country || (wished && own >= ANSWER_SERVICES_MAX))
    }

    fn widen(&mut self, home: &Place, scope: Scope) {
        let stock = self.shelf;
        match scope {
            Scope::Orp => self.take(home.orp.iter().flat_map(|code| stock.orp(code)).copied(), Some(scope)),
            Scope::District => self.take(home.district.iter().flat_map(|code| stock.district(code)).copied(), Some(scope)),
            Scope::Region => self.widen_to_region(home),
            Scope::Country => self.widen_to_country(),
        }
    }

    fn widen_to_region(&mut self, home: &Place) {
        let stock = self.shelf;
        self.take(stock.region(home.region).iter().copied(), Some(Scope::Region));
        let catalogue = self.catalogue;
        let elsewhere = |number: &u32| catalogue.numbered(*number).is_some_and(|service| service.place.region != home.region);
        self.take(stock.country().iter().copied().filter(elsewhere), Some(Scope::Region));
        let question = self.question;
        let near =
            |number: &u32| catalogue.numbered(*number).and_then(|service| question.distance(service)).is_some_and(|km| km <= BORDER_KM);
        if let Some(position) = question.position {
            self.take(stock.around(position, BORDER_SQUARES).filter(near), Some(Scope::Country));
        }
    }

    /// The whole country: the nearest squares first, everything only when they are empty.
    fn widen_to_country(&mut self) {
        let stock = self.shelf;
        for rings in self.question.position.map(|_| WIDER_SQUARES).into_iter().flatten() {
            let Some(position) = self.question.position else { break };
            self.ranked.retain(|candidate| candidate.scope != Scope::Country);
            self.take(stock.around(position, rings), Some(Scope::Country));
            if self.is_enough(Scope::Country) {
                return;
            }
        }
        self.ranked.retain(|candidate| candidate.scope != Scope::Country);
        self.take(stock.all().iter().copied(), Some(Scope::Country));
    }

    /// Adds those of `numbers` that lie exactly in `ring` (anywhere for `None`) and may be offered.
    fn take(&mut self, numbers: impl Iterator<Item = u32>, ring: Option<Scope>) {
        for number in numbers {
            let Some(service) = self.catalogue.numbered(number) else { continue };
            let scope = self.question.scope_of(service);
            if ring.is_some_and(|ring| ring != scope) || constraint::refusal(service, self.question.need).is_some() {
                continue;
            }
            if self.is_useless(service, scope) {
                continue;
            }
            let age = Freshness::since(self.catalogue.heard_on(number), self.question.today);
            if age.is_stale() {
                self.withheld.insert(number);
                continue;
            }
            self.ranked.push(self.candidate(number, service, scope, age));
        }
    }

    /// Nobody travels far for a full house, or for one that may be for families only.
    fn is_useless(&self, service: &Service, scope: Scope) -> bool {
        let doubtful = || service.kind.is_lodging() && (self.question.is_full(service) || self.question.family_unsaid(service));
        doubtful() && self.question.is_far(service, scope)
    }

    fn candidate(&self, number: u32, service: &Service, scope: Scope, age: Freshness) -> Candidate {
        let full = self.question.is_full(service);
        let question = self.question;
        let unsaid = question.family_unsaid(service);
        let sure = service.topics.first() == Some(&self.topic) && !unsaid && !age_unsaid(&service.conditions, &question.need.who);
        let asked = question.need.kinds.contains(&service.kind) && !unsaid && !question.is_far(service, scope);
        let penalty = question.penalty(service, self.topic, scope, age);
        Candidate { penalty, id: service.id.as_u128(), number, scope, sure, full, asked }
    }
}

/// Deals the lists out in turn, each service once.
fn deal(lists: &[Listing<'_>], wanted: usize) -> Vec<(Topic, Candidate)> {
    let longest = lists.iter().map(|list| list.ranked.len()).max().unwrap_or(0);
    let turns = (0..longest).flat_map(|turn| lists.iter().filter_map(move |list| Some((list.topic, *list.ranked.get(turn)?))));
    let mut seen = HashSet::new();
    turns.filter(|(_, candidate)| seen.insert(candidate.number)).take(wanted).collect()
}

fn hit(catalogue: &Catalogue, question: &Question<'_>, topic: Topic, candidate: &Candidate) -> Option<Hit> {
    let service = Arc::clone(catalogue.numbered(candidate.number)?);
    let capacity = question.state_of(&service);
    let count = service.capacity.as_ref().and_then(|report| report.count).filter(|_| capacity == CapacityState::Has);
    let freshness = Freshness::of(service.heard_at(), question.today);
    let distance_km = question.distance(&service);
    let mut hit = Hit {
        topic,
        capacity,
        count,
        distance_km,
        scope: candidate.scope,
        freshness,
        later: question.later(&service),
        why: Bilingual::default(),
        score: u32::MAX - candidate.penalty,
        service,
    };
    hit.why = wording::why(&hit, question.need, question.today);
    Some(hit)
}
