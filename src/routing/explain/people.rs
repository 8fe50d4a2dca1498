//! Who is on duty and how it came about: the plan, then each override, then each absence, in the
//! order in which the resolver applies them.

use super::genitive::genitive;
use super::{View, both};
use crate::domain::{Bilingual, Lang};
use crate::routing::absence::chain;
use crate::routing::roster::{self, Place};
use crate::routing::{Absence, Change, Duty, OnDuty, OperatorId, Override, Rotation, Turn, called, say, say_time};
use chrono::TimeDelta;

impl View<'_> {
    /// Says who is on duty; where rotations, overrides or absences had a say, how as well.
    pub(super) fn people(&self, duty: &Duty) -> Vec<Bilingual> {
        let shown = self.wall.look(self.at);
        let shifts: Vec<Place<'_>> = roster::shifts(self.line, &self.wall, &shown).collect();
        let turns: Vec<(&Rotation, Place<'_>)> = roster::turns(self.line, &self.wall, &shown).collect();
        let places: Vec<Place<'_>> = shifts.iter().cloned().chain(turns.iter().map(|(_, place)| place.clone())).collect();
        let (changes, places) = self.changes(places);
        let absences = self.absences(&places, duty);
        if turns.is_empty() && changes.is_empty() && absences.is_empty() {
            return vec![both(|lang| self.on_shift(duty, lang.pick("Směna", "On shift"), lang))];
        }
        let mut why = self.plan(&shifts, &turns);
        why.extend(changes);
        let told = absences.len() == 1 && duty.on_duty.len() == 1;
        why.extend(absences);
        if !told {
            why.push(both(|lang| self.on_shift(duty, lang.pick("Slouží", "On duty"), lang)));
        }
        why
    }

    fn on_shift(&self, duty: &Duty, head: &str, lang: Lang) -> String {
        let row: Vec<(u8, String)> = duty.on_duty.iter().map(|person| (person.order, self.person(person, lang))).collect();
        if row.is_empty() {
            let coordinator = self.whole_name(&self.line.coordinator);
            return lang
                .pick("Směnu teď nikdo nemá, kontakt přebírá KDO.", "Nobody has a shift now, the contact goes to KDO.")
                .replacen("KDO", coordinator, 1);
        }
        format!("{head}: {}.", in_row(&row, lang))
    }

    fn person(&self, person: &OnDuty, lang: Lang) -> String {
        let name = called(self.operators, &person.operator);
        let until = if person.until.signed_duration_since(self.at) > TimeDelta::hours(20) {
            say::stamp(person.until, self.line.zone, lang)
        } else {
            say_time(person.until, self.line.zone)
        };
        format!("{name} {} {until}", lang.pick("do", "until"))
    }

    /// Says what is planned, before anything changes it.
    fn plan(&self, shifts: &[Place<'_>], turns: &[(&Rotation, Place<'_>)]) -> Vec<Bilingual> {
        if shifts.is_empty() && turns.is_empty() {
            return vec![Bilingual::new("Podle rozpisu teď směnu nikdo nemá.", "By the plan nobody has a shift now.")];
        }
        let people = roster::ranked(shifts.to_vec());
        let row: Vec<(u8, String)> = people.iter().map(|place| (place.order, called(self.operators, place.operator).to_owned())).collect();
        let on_shift = (!row.is_empty()).then(|| both(|lang| format!("{}: {}.", lang.pick("Směna", "On shift"), in_row(&row, lang))));
        let turn = |(rotation, place): &(&Rotation, Place<'_>)| {
            let name = called(self.operators, place.operator);
            Bilingual::new(
                format!("Střídání {}, na řadě je {name}.", rhythm(rotation.turn, Lang::Cs)),
                format!("A rotation {}, the turn of {name}.", rhythm(rotation.turn, Lang::En)),
            )
        };
        on_shift.into_iter().chain(turns.iter().map(turn)).collect()
    }

    /// Says each override in force, also one that changes nothing, and what they leave.
    fn changes<'a>(&'a self, mut places: Vec<Place<'a>>) -> (Vec<Bilingual>, Vec<Place<'a>>) {
        let mut said = Vec::new();
        for one in self.line.overrides.iter().filter(|one| one.span().covers(self.at)) {
            let acted = roster::change(&mut places, &one.change, one.to);
            said.push(both(|lang| if acted { self.acted(one, lang) } else { self.idle(one, lang) }));
        }
        (said, places)
    }

    fn acted(&self, one: &Override, lang: Lang) -> String {
        let name = |id| called(self.operators, id);
        match (&one.change, lang) {
            (Change::Add { operator, .. }, Lang::Cs) => format!("Záskok: navíc slouží {}.", name(operator)),
            (Change::Add { operator, .. }, Lang::En) => format!("Override: {} serves as well.", name(operator)),
            (Change::Remove { operator }, Lang::Cs) => format!("Změna: {} teď neslouží.", name(operator)),
            (Change::Remove { operator }, Lang::En) => format!("Override: {} does not serve now.", name(operator)),
            (Change::Replace { operator, by }, Lang::Cs) => match genitive(name(operator)) {
                Some(whose) => format!("Záskok: místo {whose} slouží {}.", name(by)),
                None => format!("Záskok: slouží {}, v rozpisu je {}.", name(by), name(operator)),
            },
            (Change::Replace { operator, by }, Lang::En) => format!("Override: {} serves instead of {}.", name(by), name(operator)),
        }
    }

    /// An override that takes off somebody who is not there.
    fn idle(&self, one: &Override, lang: Lang) -> String {
        let off = one.change.taken_off().map_or("", |who| called(self.operators, who));
        match (one.change.put_on(), lang) {
            (Some(by), Lang::Cs) => format!("Záskok {off} → {} nic nemění: {off} teď směnu nemá.", called(self.operators, by)),
            (Some(by), Lang::En) => format!("The override {off} → {} changes nothing: {off} has no shift now.", called(self.operators, by)),
            (None, Lang::Cs) => format!("Odvolání ze směny ({off}) nic nemění: {off} teď směnu nemá."),
            (None, Lang::En) => format!("Taking {off} off changes nothing: {off} has no shift now."),
        }
    }

    /// Says each absence of somebody who would be there, along the chain of substitutes.
    fn absences(&self, places: &[Place<'_>], duty: &Duty) -> Vec<Bilingual> {
        let mut people: Vec<&OperatorId> = Vec::new();
        for place in places {
            if !people.contains(&place.operator) {
                people.push(place.operator);
            }
        }
        let chains = people.into_iter().map(|who| (who, chain(&self.line.absences, who, self.at)));
        chains.filter(|(_, links)| !links.is_empty()).map(|(who, links)| both(|lang| self.links(who, &links, duty, lang))).collect()
    }

    fn links(&self, who: &OperatorId, links: &[&Absence], duty: &Duty, lang: Lang) -> String {
        let name = |id: &OperatorId| called(self.operators, id).to_owned();
        let link = |link: &&Absence| {
            let away = format!("{} {} {}", name(&link.operator), lang.pick("má nepřítomnost", "is away"), say::until(link.to, self.line.zone, lang));
            match &link.substitute {
                Some(substitute) => format!("{away}, {} {}", lang.pick("zástup", "substitute"), name(substitute)),
                None => format!("{away}, {}", lang.pick("zástup není", "without a substitute")),
            }
        };
        let told = links.iter().map(link).collect::<Vec<_>>().join("; ");
        let there = crate::routing::absence::stand_in(&self.line.absences, who, self.at);
        match there.map(|there| (there, duty.on_duty.iter().find(|person| person.operator == *there))) {
            Some((_, Some(person))) => format!("{told} → {}.", self.person(person, lang)),
            Some((there, None)) => format!("{told} → {}.", name(there)),
            None => format!("{told}."),
        }
    }

    fn whole_name<'a>(&'a self, id: &'a OperatorId) -> &'a str {
        super::whole_name(self.operators, id)
    }
}

/// `Jana, jako další Petr a současně Eva`.
fn in_row(row: &[(u8, String)], lang: Lang) -> String {
    let mut text = String::new();
    let mut before: Option<u8> = None;
    for (order, name) in row {
        match before {
            None => {}
            Some(before) if before == *order => text.push_str(lang.pick(" a současně ", " together with ")),
            Some(_) => text.push_str(lang.pick(", jako další ", ", then ")),
        }
        text.push_str(name);
        before = Some(*order);
    }
    text
}

fn rhythm(turn: Turn, lang: Lang) -> String {
    match (turn, lang) {
        (Turn::Days(0 | 1), _) => lang.pick("denně", "by the day").to_owned(),
        (Turn::Weeks(0 | 1), _) => lang.pick("týdně", "by the week").to_owned(),
        (Turn::Days(days), Lang::Cs) => format!("po {days} dnech"),
        (Turn::Weeks(weeks), Lang::Cs) => format!("po {weeks} týdnech"),
        (Turn::Days(days), Lang::En) => format!("every {days} days"),
        (Turn::Weeks(weeks), Lang::En) => format!("every {weeks} weeks"),
    }
}
