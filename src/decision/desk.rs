//! The desk a decision is made at: the facts on one side, a growing list of effects
//! on the other. Its verbs only write effects down; what to do is decided elsewhere.

use crate::domain::{
    Ability, Address, Alarm, Author, Body, Choice, Contact, Effect, Entry, EntryId, Event, Expects, Happened, Lang, LetterId,
    Offer, OfferState, OperatorId, Point, Seed, Situation, Sort, Timer,
};
use super::prepared::Prepared;
use super::reading::Read;
use super::room;
use crate::handbook::{Handbook, Phrase};
use crate::routing::{ContactPoint, Duty, Line, Operator, duty, say_when};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// Facts, and what is to be done about them.
pub(super) struct Desk<'a> {
    pub(super) handbook: &'a Handbook,
    pub(super) situation: &'a Situation,
    pub(super) event: &'a Event,
    pub(super) read: Option<&'a Read>,
    pub(super) seed: Seed,
    effects: Vec<Effect>,
    named: u32,
    /// Where nothing arrives any more, as this event shows.
    barred: Vec<Address>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(prepared: &'a Prepared, situation: &'a Situation) -> Self {
        let Prepared { event, handbook, seed, read } = prepared;
        Self { handbook, situation, event, read: read.as_ref(), seed: *seed, effects: Vec::new(), named: 0, barred: Vec::new() }
    }

    /// Returns the effects, contacts and workers first: everything else refers to them.
    /// Of several versions of a contact only the last is kept.
    pub(super) fn effects(self) -> Vec<Effect> {
        let mut introduced = Vec::new();
        let mut kept: Vec<Effect> = Vec::new();
        let mut rest = Vec::new();
        for effect in self.effects {
            match effect {
                Effect::Introduce(_) => introduced.push(effect),
                Effect::Keep(contact) => {
                    kept.retain(|other| !matches!(other, Effect::Keep(older) if older.id == contact.id));
                    kept.push(Effect::Keep(contact));
                }
                effect => rest.push(effect),
            }
        }
        introduced.into_iter().chain(kept).chain(rest).collect()
    }

    pub(super) const fn now(&self) -> DateTime<Utc> {
        self.event.at
    }

    pub(super) fn after(&self, delay: TimeDelta) -> DateTime<Utc> {
        self.now().checked_add_signed(delay).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// Names the next thing this event causes.
    pub(super) fn name(&mut self) -> Uuid {
        self.named += 1;
        self.event.key.caused(self.now(), self.named)
    }

    pub(super) fn push(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Writes the contact as it stands now.
    pub(super) fn keep(&mut self, contact: &Contact) {
        let mut contact = contact.clone();
        contact.changed_at = self.now();
        self.push(Effect::Keep(Box::new(contact)));
    }

    pub(super) fn log(&mut self, contact: &Contact, author: Author, what: Happened) {
        let entry = Entry { id: EntryId(self.name()), contact: contact.id, at: self.now(), author, what };
        self.push(Effect::Log(entry));
    }

    pub(super) fn ability(&self, address: &Address) -> Option<&'a Ability> {
        self.handbook.ability(&address.channel)
    }

    pub(super) fn say(&self, phrase: Phrase, lang: Lang, names: &[(&str, &str)]) -> String {
        self.handbook.wording.phrases.say(phrase, lang, names)
    }

    /// Sends words to the worker and logs them.
    pub(super) fn tell_worker(&mut self, contact: &Contact, sort: Sort, text: &str) {
        self.ask_worker(contact, sort, Body::text(text));
    }

    /// Sends any body to the worker; words are logged as said or relayed.
    pub(super) fn ask_worker(&mut self, contact: &Contact, sort: Sort, body: Body) {
        let words = body.words().to_owned();
        let letter = self.send(&contact.address, Some(contact), None, contact.lang, sort, body);
        if words.is_empty() {
            return;
        }
        match sort {
            Sort::Relay => {
                let author = contact.owner.clone().map_or(Author::Line, Author::Operator);
                self.log(contact, author, Happened::Relayed { words, letter });
            }
            Sort::Answer | Sort::Offer | Sort::Notice => self.log(contact, Author::Line, Happened::Said { words, letter }),
        }
    }

    /// Sends words to an operator at the best address that can be written to.
    pub(super) fn tell_operator(&mut self, operator: &OperatorId, contact: Option<&Contact>, sort: Sort, text: &str) -> Option<LetterId> {
        self.ask_operator(operator, contact, sort, text, "", Vec::new())
    }

    /// Sends words with choices to an operator. Where the operator writes from at this
    /// moment, there the answer goes; else to the first contact point with written words.
    pub(super) fn ask_operator(
        &mut self,
        operator: &OperatorId,
        contact: Option<&Contact>,
        sort: Sort,
        text: &str,
        step: &str,
        choices: Vec<Choice>,
    ) -> Option<LetterId> {
        let address = room::of(self, contact, operator).or_else(|| self.written_address(operator))?;
        let lang = self.lang_of(operator);
        let body = Body::Text { text: text.to_owned(), step: step.to_owned(), choices, expects: Expects::Nothing, file: None };
        Some(self.send(&address, contact, Some(operator), lang, sort, body))
    }

    pub(super) fn set(&mut self, contact: &Contact, alarm: Alarm, due_at: DateTime<Utc>) {
        let timer = Timer { id: alarm.timer_of(contact.id), contact: contact.id, epoch: contact.epoch, alarm, due_at };
        self.push(Effect::Set(timer));
    }

    pub(super) fn offer(&mut self, contact: &Contact, operator: &OperatorId, letter: LetterId, state: OfferState) {
        let at = self.now();
        self.push(Effect::Offer(Offer { contact: contact.id, operator: operator.clone(), letter, state, at }));
    }

    /// The address this event came from, when somebody was heard.
    pub(super) fn heard_from(&self) -> Option<&'a Address> {
        self.event.from()
    }

    /// Tells whether files can be sent from where somebody was heard.
    pub(super) fn hears_files(&self) -> bool {
        self.heard_from().and_then(|from| self.ability(from)).is_some_and(|ability| ability.files)
    }

    /// The operator this event came from, when one was heard.
    pub(super) fn heard_operator(&self) -> Option<&'a OperatorId> {
        self.handbook.operator_at(self.event.from()?).map(|operator| &operator.id)
    }

    pub(super) fn operator(&self, id: &OperatorId) -> Option<&'a Operator> {
        self.handbook.operator(id)
    }

    pub(super) fn lang_of(&self, operator: &OperatorId) -> Lang {
        self.operator(operator).and_then(|operator| operator.languages.first().copied()).unwrap_or_default()
    }

    /// What colleagues call an operator.
    pub(super) fn called(&self, operator: &OperatorId) -> String {
        crate::routing::called(&self.handbook.book.operators, operator).to_owned()
    }

    fn written_address(&self, id: &OperatorId) -> Option<Address> {
        let points = self.every_written_point(id);
        let heard_here = self.heard_from().filter(|from| points.iter().any(|point| point == *from));
        heard_here.cloned().or_else(|| self.written_points(id).into_iter().next())
    }

    /// Every address of an operator that takes written words, in order of preference.
    pub(super) fn every_written_point(&self, id: &OperatorId) -> Vec<Address> {
        self.points(id, false)
    }

    /// The addresses that take written words and where they arrive, in order of preference; where
    /// nothing arrives anywhere, all of them: better tried in vain than not at all.
    pub(super) fn written_points(&self, id: &OperatorId) -> Vec<Address> {
        let (barred, open): (Vec<_>, Vec<_>) = self.every_written_point(id).into_iter().partition(|point| self.is_barred(id, point));
        if open.is_empty() { barred } else { open }
    }

    /// Tells whether nothing arrives at an operator's address.
    pub(super) fn is_barred(&self, id: &OperatorId, address: &Address) -> bool {
        self.barred.contains(address) || Point::of(&self.situation.points, id, address).is_some_and(|point| point.trouble.is_some())
    }

    /// Notes that nothing arrives at an address: what is decided from here on leaves it out.
    pub(super) fn bar(&mut self, address: &Address) {
        self.barred.push(address.clone());
    }

    /// Tells whether an operator has addresses and nothing arrives at any.
    pub(super) fn is_cut_off(&self, id: &OperatorId) -> bool {
        let points = self.every_written_point(id);
        !points.is_empty() && points.iter().all(|point| self.is_barred(id, point))
    }

    /// Where an operator is asked first: by the first step of the operator's own rule, else by the
    /// first address that takes written words.
    pub(super) fn first_point(&self, id: &OperatorId) -> Option<Address> {
        let points = self.written_points(id);
        let channel = self.operator(id).and_then(|operator| operator.reach.first()).map(|reach| reach.channel.as_str());
        let own = points.iter().find(|point| Some(point.channel.as_str()) == channel).cloned();
        own.or_else(|| points.into_iter().next())
    }

    /// The phone of an operator: one that rings, where there is one.
    pub(super) fn phone(&self, id: &OperatorId) -> Option<Address> {
        let phones = self.points(id, true);
        let rings = phones.iter().find(|phone| !self.is_barred(id, phone)).cloned();
        rings.or_else(|| phones.into_iter().next())
    }

    fn points(&self, id: &OperatorId, spoken: bool) -> Vec<Address> {
        let address = |point: &ContactPoint| Address::new(point.channel.clone(), point.handle.clone());
        let points = self.operator(id).map(|operator| operator.addresses.as_slice()).unwrap_or_default();
        points.iter().map(address).filter(|address| self.ability(address).is_some_and(|ability| ability.inline == spoken && ability.two_way)).collect()
    }

    /// The line responsible for a contact.
    pub(super) fn line(&self, contact: &Contact) -> Option<&'a Line> {
        let known = contact.line.as_ref().and_then(|id| self.handbook.line(id));
        known.or_else(|| self.handbook.line_for(contact.need.destination.as_ref(), self.now()))
    }

    /// Who coordinates a line now: the stand-in of a coordinator who is away; where nobody stands in,
    /// the coordinator all the same. When nothing reaches that person, another line's coordinator.
    pub(super) fn coordinator(&self, line: &'a Line) -> &'a OperatorId {
        let own = self.own_coordinator(line);
        if self.is_cut_off(own) { self.coordinator_after(own).unwrap_or(own) } else { own }
    }

    /// Who coordinates a contact: as of its line, and somebody else where the coordinator asks and there is another.
    pub(super) fn coordinator_of(&self, contact: &Contact) -> Option<&'a OperatorId> {
        let own = self.coordinator(self.line(contact)?);
        let other = || self.coordinators().into_iter().find(|one| *one != own && !self.is_cut_off(one));
        Some(if self.asks(own, contact) { other().unwrap_or(own) } else { own })
    }

    /// Tells whether an operator is the one who asks: nobody is to answer an own question.
    pub(super) fn asks(&self, id: &OperatorId, contact: &Contact) -> bool {
        let own = self.operator(id).map(|operator| operator.addresses.as_slice()).unwrap_or_default();
        own.iter().any(|point| point.handle == contact.address.handle)
    }

    fn own_coordinator(&self, line: &'a Line) -> &'a OperatorId {
        line.coordinator_at(self.now()).unwrap_or(&line.coordinator)
    }

    /// Who coordinates lines now, in the lines' order.
    pub(super) fn coordinators(&self) -> Vec<&'a OperatorId> {
        let mut all = Vec::new();
        for who in self.handbook.book.lines.iter().map(|line| self.own_coordinator(line)) {
            if !all.contains(&who) {
                all.push(who);
            }
        }
        all
    }

    /// The next coordinator who can be reached, when this one cannot.
    pub(super) fn coordinator_after(&self, who: &OperatorId) -> Option<&'a OperatorId> {
        let all = self.coordinators();
        let next = all.iter().position(|one| *one == who).map_or(0, |at| at + 1);
        all.into_iter().skip(next).find(|one| *one != who && !self.every_written_point(one).is_empty() && !self.is_cut_off(one))
    }

    /// Who has to hear of an operator: the coordinators of the operator's lines but the operator,
    /// else the next coordinator.
    pub(super) fn coordinators_of(&self, operator: &OperatorId) -> Vec<&'a OperatorId> {
        let lines = self.handbook.book.lines.iter().filter(|line| line.people().any(|person| person == operator));
        let mut all: Vec<&'a OperatorId> = lines.map(|line| self.coordinator(line)).filter(|one| *one != operator).collect();
        all.sort();
        all.dedup();
        if all.is_empty() { self.coordinator_after(operator).into_iter().collect() } else { all }
    }

    /// Tells whether an operator has as many contacts open as the operator's own limit allows.
    pub(super) fn is_full(&self, id: &OperatorId) -> bool {
        let max = self.operator(id).and_then(|operator| operator.contacts_max);
        let open = self.situation.loads.iter().find(|(operator, _)| operator == id).map_or(0, |(_, open)| *open);
        max.is_some_and(|max| open >= i64::from(max))
    }

    /// Who is on duty now, those who rest left out.
    pub(super) fn duty(&self, line: &Line) -> Duty {
        let mut duty = duty(line, self.now());
        duty.on_duty.retain(|person| !self.situation.paused.contains(&person.operator));
        duty
    }

    /// The duty a contact falls to: nobody who asks is among those who answer.
    pub(super) fn duty_of(&self, contact: &Contact) -> Option<Duty> {
        let mut duty = self.duty(self.line(contact)?);
        duty.on_duty.retain(|person| !self.asks(&person.operator, contact));
        Some(duty)
    }

    /// Says when something is, as seen from the line at this moment.
    pub(super) fn when(&self, line: Option<&Line>, at: DateTime<Utc>, lang: Lang) -> String {
        say_when(at, line.map_or(Line::ZONE, |line| line.zone), self.now(), lang)
    }

    /// Says a deadline: "nejpozději zítra v 9:00".
    pub(super) fn by_when(&self, line: Option<&Line>, at: DateTime<Utc>, lang: Lang) -> String {
        let when = self.when(line, at, lang);
        self.say(Phrase::DueBy, lang, &[("when", &when)])
    }
}
