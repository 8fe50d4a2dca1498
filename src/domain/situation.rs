//! What the decision has to know of the stored world to decide one event.

use super::{Address, Contact, Guesses, Invitation, Letter, LetterId, Offer, OperatorId, Point, Swap, Warned, Worker};

/// The stored facts around one event; read in the same transaction that writes its effects.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Situation {
    /// The worker at the address that was heard.
    pub worker: Option<Worker>,
    /// The worker whose code was sent from this address.
    pub invited: Option<Worker>,
    /// The invitation whose code was sent.
    pub invitation: Option<Invitation>,
    /// Wrong codes that came from the address that was heard.
    pub guesses: Option<Guesses>,
    /// Where else the worker can be reached: read when a letter did not arrive, or a code was sent.
    pub addresses: Vec<Address>,
    /// The line's numbers from which the person who was heard wants no messages; an empty one where the
    /// channel has but one.
    pub stopped: Vec<String>,
    /// Letters that wait to leave to where a keyword came from.
    pub waiting: Vec<Letter>,
    /// The contact the event is about: the worker's open (or last) one, the timer's, the letter's.
    pub contact: Option<Contact>,
    /// Offers of that contact, and of all an operator may mean, in every state, oldest first.
    pub offers: Vec<Offer>,
    /// Letters of those contacts that still ring a phone or wait in the queue for operators.
    pub ringing: Vec<Letter>,
    /// The letter the event is about.
    pub letter: Option<Letter>,
    /// What was said last in the worker's call, where a caller answers.
    pub said: Option<LetterId>,
    /// Open contacts of the operator who was heard.
    pub held: Vec<Contact>,
    /// The contact that was named, in any state: by an operator's number; by the message a worker answers or
    /// changes.
    pub named: Option<Contact>,
    /// Open contacts of the worker who was heard, newest first, where there are several; with those finished
    /// lately behind them, where the worker asks for all.
    pub asking: Vec<Contact>,
    /// Open contacts of the line whose shift begins or ends, oldest first.
    pub on_line: Vec<Contact>,
    /// How many contacts that operator finished during the shift.
    pub finished: i64,
    /// Contacts offered to that operator, newest last, with the state of the offer.
    pub offered: Vec<(Contact, Offer)>,
    /// How many contacts each operator has open; nobody who has none.
    pub loads: Vec<(OperatorId, i64)>,
    /// Operators who have taken a caller who is still on the line.
    pub talking: Vec<OperatorId>,
    /// Operators who were sent so many letters lately that more come as one.
    pub crowded: Vec<OperatorId>,
    /// Operators who rest at this instant.
    pub paused: Vec<OperatorId>,
    /// Swaps of shifts that are not over, in every state.
    pub swaps: Vec<Swap>,
    /// Contact points of operators where nothing arrives now; of the operator the event is about, all
    /// that are known.
    pub points: Vec<Point>,
    /// What coordinators were warned of.
    pub warned: Vec<Warned>,
    /// The number the next contact gets.
    pub next_number: i64,
}
