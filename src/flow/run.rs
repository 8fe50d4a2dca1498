//! The engine: one input moves a conversation to its next question. Pure; the same
//! position and input give the same turn.

use super::act::{Act, EndReason, Turn};
use super::position::{Input, Position, Stage};
use super::shared::Does;
use super::step::{Answer, Next, Patience, Step};
use super::{Flow, FlowSet, Hand, Known, hear, option, say};
use crate::domain::{FLOW_STEPS_MAX, FLOW_TURNS_MAX, Flag, Lang, Medium, Understood};

/// Words from which a message's own language is believed.
const LANG_WORDS_MIN: usize = 3;

/// Moves a conversation by one input.
#[must_use]
pub fn advance(set: &FlowSet, position: Position, input: Input<'_>, known: &Known<'_>, hand: &Hand) -> Turn {
    let medium = position.medium;
    let Some(flow) = set.find(&position.flow, &position.version) else {
        return lost(position);
    };
    let mut run = Run { flow, position, known, hand, acts: Vec::new(), walked: Vec::new(), minds_privacy: false };
    run.turn(input);
    run.tell_privacy();
    Turn { position: run.position, acts: say::joined(run.acts, medium), walked: run.walked }
}

/// Says which option of the open question an input stands for, as the person read it.
#[must_use]
pub fn chosen(set: &FlowSet, position: &Position, input: &Input<'_>, known: &Known<'_>, hand: &Hand) -> Option<String> {
    let flow = set.find(&position.flow, &position.version)?;
    let run = Run { flow, position: position.clone(), known, hand, acts: Vec::new(), walked: Vec::new(), minds_privacy: false };
    let choices = run.step()?.choices(&run);
    let chosen = match input {
        Input::Key(key) => option::by_key(&choices, key.trim()),
        Input::Choice { step, value } if *step == position.question() => choices.iter().find(|choice| choice.value == *value),
        _ => None,
    };
    chosen.map(|choice| choice.label.clone())
}

/// Tells whether the open question waits for a message in the person's own words.
#[must_use]
pub fn awaits_words(set: &FlowSet, position: &Position) -> bool {
    let flow = set.find(&position.flow, &position.version);
    flow.and_then(|flow| flow.step(&position.step)).is_some_and(|step| step.awaits_words())
}

/// A conversation without a flow still promises an answer.
fn lost(mut position: Position) -> Turn {
    if position.ended {
        return Turn { position, acts: Vec::new(), walked: Vec::new() };
    }
    position.ended = true;
    let acts = vec![Act::Promise { body: position.words.clone() }, Act::Ended { reason: EndReason::Lost }];
    Turn { position, acts, walked: Vec::new() }
}

/// One turn under way.
pub struct Run<'a> {
    /// The flow that runs.
    pub flow: &'a Flow,
    /// Where the conversation stands.
    pub position: Position,
    /// The surroundings.
    pub known: &'a Known<'a>,
    /// This contact.
    pub hand: &'a Hand,
    /// What was asked of the host so far.
    pub acts: Vec<Act>,
    /// The sender must be told about personal data in this turn.
    pub(super) minds_privacy: bool,
    /// The links walked so far.
    pub walked: Vec<(String, String)>,
}

impl<'a> Run<'a> {
    fn turn(&mut self, input: Input<'_>) {
        if self.position.ended {
            return self.after_end(&input);
        }
        self.position.turns = self.position.turns.saturating_add(1);
        if self.position.turns > FLOW_TURNS_MAX {
            return self.give_up();
        }
        let next = match input {
            Input::Begin { said } => self.begin(said),
            Input::HungUp => Next::End(EndReason::HungUp),
            Input::Text(heard) => self.text(heard),
            Input::Key(key) => self.key(key.trim()),
            Input::Choice { step, value } => self.press(&step, &value),
            Input::Silence => self.answer(&Answer::Silence),
            Input::Recorded { seconds, reference } => self.answer(&Answer::Recorded { seconds, reference }),
            Input::Operator(outcome) => self.answer(&Answer::Operator(outcome)),
            Input::SignedIn { right } => self.signed_in(right),
        };
        self.follow(next);
    }

    /// A late button gets an answer, everything else belongs to a new conversation.
    fn after_end(&mut self, input: &Input<'_>) {
        if matches!(input, Input::Choice { .. }) {
            self.say_phrase("answered_already");
        }
    }

    fn begin(&mut self, said: Option<&Understood>) -> Next {
        let start = || Next::Goto(self.flow.start.get_ref().clone());
        let Some(heard) = said else { return start() };
        let start = start();
        self.choose_language(heard);
        hear::absorb(&mut self.position, heard);
        hear::keep_words(&mut self.position, heard);
        self.mind_privacy(heard);
        if let Some(way) = self.detour(heard, false) {
            return way;
        }
        match self.flow.shared.word(&heard.masked) {
            Some((Does::Operator, _)) => self.does(Does::Operator, None),
            Some((Does::Language, lang)) => {
                self.position.lang = lang.unwrap_or(self.position.lang);
                start
            }
            Some((Does::Repeat | Does::Menu | Does::More, _)) | None => start,
        }
    }

    fn text(&mut self, heard: &Understood) -> Next {
        self.mind_privacy(heard);
        let awaits_words = self.step().is_some_and(|step| step.awaits_words());
        let word = self.flow.shared.word(&heard.masked).filter(|(does, _)| self.heeds(*does));
        if let Some((does, lang)) = word.filter(|(_, lang)| !self.names_a_namesake(*lang)) {
            return self.does(does, lang);
        }
        if self.step().is_some_and(|step| step.claims(self, heard)) {
            return self.answer(&Answer::Text(heard));
        }
        if !awaits_words {
            self.choose_language(heard);
        }
        if let Some(way) = self.detour(heard, awaits_words) {
            if !awaits_words {
                hear::absorb(&mut self.position, heard);
            }
            hear::keep_words(&mut self.position, heard);
            return way;
        }
        self.answer(&Answer::Text(heard))
    }

    /// Tells whether a global word means anything here: whoever waits for an operator
    /// cannot walk away from the offer by a stray word.
    fn heeds(&self, does: Does) -> bool {
        if self.types_a_postcode() && matches!(does, Does::Operator | Does::Language | Does::More) {
            return false;
        }
        match does {
            Does::More => self.has_more(),
            Does::Operator | Does::Repeat | Does::Menu => !self.waits_for_operator(),
            Does::Language => true,
        }
    }

    /// "Český", when asked which Krumlov, is no wish to speak Czech.
    fn names_a_namesake(&self, lang: Option<Lang>) -> bool {
        lang == Some(self.position.lang) && matches!(self.position.stage, Stage::Which(_))
    }

    /// No postcode begins with 0, 8 or 9; behind the first digit these are digits too.
    fn types_a_postcode(&self) -> bool {
        matches!(&self.position.stage, Stage::Postcode(digits) if !digits.is_empty())
    }

    fn waits_for_operator(&self) -> bool {
        matches!(self.step(), Some(Step::Operator(_)))
    }

    fn key(&mut self, key: &str) -> Next {
        match self.flow.shared.key(key).filter(|does| self.heeds(*does)) {
            Some(does) => self.does(does, None),
            None if key.is_empty() => self.answer(&Answer::Silence),
            None => self.answer(&Answer::Key(key)),
        }
    }

    /// The conversation goes on with the question it had left.
    fn signed_in(&mut self, right: bool) -> Next {
        let phrase = match right {
            true => "signed_in",
            false if self.hand.locked_until.is_empty() => "not_signed_in",
            false => "locked_out",
        };
        self.say_phrase(phrase);
        Next::Again
    }

    fn press(&mut self, question: &str, value: &str) -> Next {
        let is_offered = self.step().is_some_and(|step| step.choices(self).iter().any(|choice| choice.value == value));
        if question == self.position.question() && is_offered {
            return self.answer(&Answer::Choice(value));
        }
        self.say_phrase("answered_already");
        Next::Again
    }

    /// Gives the current step an answer; a step that no longer exists fails.
    fn answer(&mut self, answer: &Answer<'_>) -> Next {
        match self.step() {
            Some(step) => step.take(self, answer),
            None => self.fail(),
        }
    }

    fn step(&self) -> Option<&'a Step> {
        self.flow.step(&self.position.step)
    }

    /// Messages that lead elsewhere, the gravest first. In the middle of an account
    /// only a threat to life does.
    fn detour(&mut self, heard: &Understood, mid_account: bool) -> Option<Next> {
        let here = self.position.step.clone();
        let (flag, target) = self.flow.ways.on.of(heard, mid_account)?;
        if flag == Flag::SelfHarm {
            self.position.urgent = true;
        }
        if *target.get_ref() == here && self.position.turns > 1 {
            return None;
        }
        Some(Next::Goto(target.get_ref().clone()))
    }

    fn does(&mut self, does: Does, lang: Option<Lang>) -> Next {
        match does {
            Does::Operator => self.person_way(),
            Does::Repeat => Next::Again,
            Does::Menu => self.way_back(),
            Does::Language => {
                let other = Lang::ALL.into_iter().find(|lang| *lang != self.position.lang);
                self.position.lang = lang.or(other).unwrap_or_default();
                Next::Again
            }
            Does::More => {
                self.position.page = self.position.page.saturating_add(1);
                Next::Again
            }
        }
    }

    fn person_way(&mut self) -> Next {
        let own = self.step().and_then(|step| step.person());
        let way = own.or(self.flow.ways.person.as_ref());
        way.map_or_else(|| self.fail(), |target| Next::Goto(target.get_ref().clone()))
    }

    /// Back by one question: from the region to the areas, from anywhere to the topics.
    fn way_back(&mut self) -> Next {
        if self.position.stage != Stage::Step {
            self.position.stage = Stage::Step;
            return Next::Again;
        }
        let ways = &self.flow.ways;
        let way = if self.position.need.destination.is_some() { ways.back.as_ref() } else { ways.asks.as_ref() };
        self.position.need.topics.clear();
        way.map_or(Next::Again, |target| Next::Goto(target.get_ref().clone()))
    }

    fn has_more(&self) -> bool {
        self.position.medium == Medium::Voice && self.step().is_some_and(|step| step.pages(self) > 1)
    }

    /// Follows the ways until a step waits.
    fn follow(&mut self, mut next: Next) {
        for _ in 0..FLOW_STEPS_MAX {
            next = match next {
                Next::Wait => return,
                Next::End(reason) => return self.end(reason),
                Next::Goto(target) => self.go(target),
                Next::Again => self.again(),
                Next::Missed => self.missed(),
                Next::Silent => self.silent(),
            };
        }
        self.give_up();
    }

    fn go(&mut self, target: String) -> Next {
        let from = std::mem::replace(&mut self.position.step, target.clone());
        self.walked.push((from, target));
        self.position.stage = Stage::Step;
        (self.position.noinput, self.position.nomatch, self.position.page) = (0, 0, 0);
        match self.step() {
            Some(step) => step.enter(self),
            None => self.fail(),
        }
    }

    fn again(&mut self) -> Next {
        match self.step() {
            Some(step) => {
                step.ask(self);
                Next::Wait
            }
            None => self.fail(),
        }
    }

    fn silent(&mut self) -> Next {
        let Some(patience) = self.patience() else { return Next::Wait };
        self.position.noinput = self.position.noinput.saturating_add(1);
        let count = self.position.noinput;
        self.say(patience.noinput.nth(self.position.lang, count));
        self.retry(count >= patience.noinput_max)
    }

    fn missed(&mut self) -> Next {
        let Some(patience) = self.patience() else { return Next::Wait };
        self.position.nomatch = self.position.nomatch.saturating_add(1);
        let count = self.position.nomatch;
        self.say(patience.nomatch.nth(self.position.lang, count));
        self.retry(count >= patience.nomatch_max)
    }

    fn retry(&mut self, is_enough: bool) -> Next {
        if is_enough {
            self.position.stage = Stage::Step;
            return self.fail();
        }
        Next::Again
    }

    fn patience(&self) -> Option<Patience<'a>> {
        self.step().and_then(|step| step.patience(&self.flow.shared))
    }

    /// The way out of a question that cannot be answered, and of a step that is gone.
    fn fail(&mut self) -> Next {
        let own = self.patience().and_then(|patience| patience.fail);
        let way = own.or(self.flow.shared.defaults.menu.fail.as_ref()).or(self.flow.ways.person.as_ref());
        match way {
            Some(target) if self.flow.step(target.get_ref()).is_some() => Next::Goto(target.get_ref().clone()),
            Some(_) | None => {
                self.promise();
                Next::End(EndReason::Lost)
            }
        }
    }

    fn give_up(&mut self) {
        self.say_phrase("too_long");
        self.promise();
        self.end(EndReason::TooLong);
    }

    fn promise(&mut self) {
        self.acts.push(Act::Promise { body: self.position.words.clone() });
    }

    fn end(&mut self, reason: EndReason) {
        self.position.ended = true;
        self.acts.push(Act::Ended { reason });
    }

    fn choose_language(&mut self, heard: &Understood) {
        let long = heard.masked.split_whitespace().count() >= LANG_WORDS_MIN;
        if let Some(lang) = heard.lang.filter(|_| long) {
            self.position.lang = lang;
        }
    }

    /// The sender of personal data is told once in a conversation.
    fn mind_privacy(&mut self, heard: &Understood) {
        if heard.has(Flag::PersonalData) {
            self.minds_privacy = !std::mem::replace(&mut self.position.told_privacy, true);
        }
    }
}
