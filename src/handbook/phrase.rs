//! The line's wordings outside the declared conversations: read from
//! `flows/_operator.toml`, checked whole before they are taken.

use super::HandbookError;
use crate::domain::{Bilingual, Lang};
use std::collections::BTreeMap;

macro_rules! phrases {
    ($($variant:ident $key:literal [$($name:literal)*]),+ $(,)?) => {
        /// One wording, by its place in the file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Phrase {
            $(#[doc = concat!("`", $key, "`")] $variant,)+
        }

        impl Phrase {
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }

            /// The names a wording may leave open.
            const fn names(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($name),*]),+ }
            }
        }
    };
}

phrases! {
    Offer "offer" ["number" "from" "need" "question"],
    OfferUrgent "offer_urgent" ["number" "from" "need" "question"],
    OfferPromised "offer_promised" ["number" "from" "need" "question" "due"],
    OfferCoordinator "offer_coordinator" ["number" "from" "need" "question"],
    OfferHanded "offer_handed" ["number" "from" "need" "question" "who"],
    Crowd "crowd" [],
    Offers "offers" ["list"],
    ListedUrgent "listed_urgent" ["number" "need"],
    OffersMore "offers_more" ["number" "all"],
    OfferAsk "offer_ask" [],
    OfferHow "offer_how" ["number"],
    ButtonTake "button_take" [],
    ButtonDecline "button_decline" [],
    VoiceMoment "voice_moment" [],
    VoiceTrouble "voice_trouble" [],
    VoiceGoodbye "voice_goodbye" [],
    FallbackJoining "fallback_joining" [],
    FallbackNobody "fallback_nobody" [],
    GateTooOften "gate_too_often" [],
    GateKey "gate_key" ["key"],
    GateNoKey "gate_no_key" [],
    GatePin "gate_pin" [],
    GatePinAgain "gate_pin_again" [],
    GatePinLocked "gate_pin_locked" ["until"],
    SignInPin "sign_in_pin" [],
    CostReached "cost_reached" ["cost"],
    RingOver "ring_over" [],
    StillRinging "still_ringing" [],
    WorkerCutOff "worker_cut_off" ["number"],
    WorkerCutOffUnseen "worker_cut_off_unseen" [],
    CutOff "cut_off" ["number"],
    CutOffUnseen "cut_off_unseen" ["number"],
    CalledAgain "called_again" ["number"],
    Rejoin "rejoin" [],
    RejoinYes "rejoin_yes" [],
    RejoinNo "rejoin_no" [],
    CallBack "call_back" ["number"],
    CallingBack "calling_back" ["number"],
    CallBackNowhere "call_back_nowhere" ["number"],
    CallBackMissed "call_back_missed" ["number"],
    CallBackNone "call_back_none" [],
    CallBackWhom "call_back_whom" [],
    SpokenContact "spoken_contact" ["number" "key"],
    SpokenChoice "spoken_choice" ["label" "key"],
    AskOutcomeSpoken "ask_outcome_spoken" [],
    NoPhone "no_phone" [],
    Taken "taken" ["number"],
    TakenCall "taken_call" ["number"],
    TooLate "too_late" ["number" "who"],
    NoLonger "no_longer" ["number"],
    RoomTaken "room_taken" ["number" "who" "took"],
    RoomGone "room_gone" ["number"],
    RoomLost "room_lost" ["line"],
    AlreadyYours "already_yours" ["number"],
    AlreadyTaken "already_taken" ["number" "who" "example"],
    NotOffered "not_offered" ["number"],
    CallsNow "calls_now" ["number"],
    DeclinedHanded "declined_handed" ["number" "who"],
    Declined "declined" ["number"],
    FromWorker "from_worker" ["number" "words"],
    FromWorkerEdited "from_worker_edited" ["number" "words"],
    FromWorkerDeleted "from_worker_deleted" ["number"],
    FromWorkerUnreadable "from_worker_unreadable" ["number"],
    Unsupported "unsupported" [],
    LargeFile "large_file" [],
    Unreadable "unreadable" [],
    RoomOpen "room_open" [],
    NotAlone "not_alone" [],
    NoFiles "no_files" [],
    FileFromWorker "file_from_worker" ["number" "file"],
    FilesUnseen "files_unseen" ["number" "files"],
    FileUndeliverable "file_undeliverable" ["number"],
    RecordingOutOfReach "recording_out_of_reach" ["number"],
    NoContact "no_contact" [],
    WhichContact "which_contact" ["numbers" "example"],
    NotYours "not_yours" ["number"],
    NothingOffered "nothing_offered" [],
    Noted "noted" ["number"],
    NoteEmpty "note_empty" [],
    HandOverAsked "hand_over_asked" ["number" "who"],
    HandOverLine "hand_over_line" ["number" "line"],
    HandOverUnknown "hand_over_unknown" ["name" "example"],
    HandOverWhom "hand_over_whom" ["number" "example"],
    HandOverDeclined "hand_over_declined" ["number" "who"],
    HandedOver "handed_over" ["number" "who"],
    AskOutcome "ask_outcome" ["number"],
    Closed "closed" ["number" "outcome"],
    Silent "silent" ["number" "minutes"],
    PromiseNear "promise_near" ["number" "due"],
    PromiseLate "promise_late" ["number" "due"],
    Adrift "adrift" ["number"],
    NotDelivered "not_delivered" ["number"],
    WorkerOptedOut "worker_opted_out" ["number"],
    WorkerBlocked "worker_blocked" ["number"],
    WorkerNewKeys "worker_new_keys" ["number"],
    WorkerUnblocked "worker_unblocked" ["number"],
    WorkerOptedIn "worker_opted_in" ["number"],
    Filtered "filtered" ["point"],
    OptedOut "opted_out" [],
    StoppedWrites "stopped_writes" [],
    OptedIn "opted_in" [],
    SmsHelp "sms_help" [],
    OneWay "one_way" ["call"],
    OneWayCall "one_way_call" ["number"],
    Unreachable "unreachable" ["number"],
    MaskedReply "masked_reply" [],
    Query "query" ["number" "note"],
    Code "code" ["code"],
    CodeRight "code_right" [],
    CodeWrong "code_wrong" ["left"],
    CodeVoid "code_void" [],
    CodeExpired "code_expired" [],
    CodeElsewhere "code_elsewhere" ["point"],
    CodeCall "code_call" [],
    CodeSpoken "code_spoken" ["code"],
    CodeSpokenAgain "code_spoken_again" ["code"],
    CodeUnheard "code_unheard" [],
    PointBlocked "point_blocked" ["who" "point" "elsewhere"],
    PointOptedOut "point_opted_out" ["who" "point" "elsewhere"],
    PointFailing "point_failing" ["who" "point" "elsewhere"],
    PointNewKeys "point_new_keys" ["who" "point"],
    PointElsewhere "point_elsewhere" [],
    PointUntilStart "point_until_start" [],
    PointSpoken "point_spoken" [],
    PointLast "point_last" [],
    OutOfReach "out_of_reach" ["who" "words"],
    Forecast "forecast" ["list"],
    ForecastItem "forecast_item" ["lines" "text"],
    ForecastAgain "forecast_again" ["lines" "text"],
    ForecastMore "forecast_more" ["n"],
    WhoIsOn "who" ["lines"],
    WhoNobody "who_nobody" ["line" "next"],
    WhoGap "who_gap" ["line"],
    Shifts "shifts" ["list"],
    ShiftsNone "shifts_none" [],
    WhichColleague "which_colleague" ["names" "example"],
    Swaps "swaps" ["list"],
    SwapForm "swap_form" [],
    SwapUnknown "swap_unknown" ["name" "names"],
    SwapSelf "swap_self" [],
    SwapNotYours "swap_not_yours" ["day" "list"],
    SwapNotTheirs "swap_not_theirs" ["who" "day" "list"],
    SwapBegun "swap_begun" ["shift" "list"],
    SwapWhichLine "swap_which_line" ["day" "lines" "example"],
    SwapRefused "swap_refused" ["reasons"],
    SwapUnreachable "swap_unreachable" ["who"],
    SwapSent "swap_sent" ["who" "shift"],
    SwapAsked "swap_asked" ["who" "line" "shift" "counter"],
    SwapAskedHelp "swap_asked_help" ["who" "line" "shift"],
    SwapReminder "swap_reminder" ["who"],
    SwapAsk "swap_ask" [],
    SwapHow "swap_how" ["day"],
    ButtonAgree "button_agree" [],
    ButtonRefuse "button_refuse" [],
    SwapAgreed "swap_agreed" ["who" "hands"],
    SwapAgreedOwn "swap_agreed_own" ["who" "hands"],
    SwapAgreedByConsole "swap_agreed_by_console" ["by" "hands"],
    SwapDeclined "swap_declined" ["who" "shift"],
    SwapDeclinedOwn "swap_declined_own" ["who"],
    SwapDeclinedByConsole "swap_declined_by_console" ["by" "shift"],
    SwapClash "swap_clash" ["reasons"],
    SwapHolds "swap_holds" ["hands"],
    SwapHoldsStill "swap_holds_still" ["hands"],
    SwapWasDeclined "swap_was_declined" ["who"],
    SwapWasWithdrawn "swap_was_withdrawn" ["who"],
    SwapWasExpired "swap_was_expired" ["shift"],
    SwapGone "swap_gone" [],
    SwapTakenBack "swap_taken_back" ["who" "shift"],
    SwapTakenBackOwn "swap_taken_back_own" ["who" "shift"],
    SwapExpired "swap_expired" ["who" "shift"],
    SwapExpiredOwn "swap_expired_own" ["who" "shift"],
    SwapWhich "swap_which" ["list" "example"],
    SwapNone "swap_none" [],
    SwapNothingSent "swap_nothing_sent" [],
    SwapOrContact "swap_or_contact" ["day" "number" "words"],
    Contacts "contacts" ["list"],
    ContactsNone "contacts_none" [],
    ShiftSoon "shift_soon" ["line" "from" "to"],
    ShiftBegins "shift_begins" ["line" "to" "open"],
    ShiftOpen "shift_open" ["list"],
    ShiftNothing "shift_nothing" [],
    ShiftEnds "shift_ends" ["line" "finished"],
    ShiftLeft "shift_left" ["list"],
    ShiftKept "shift_kept" [],
    ShiftPassed "shift_passed" ["number" "due"],
    ButtonPass "button_pass" [],
    ButtonKeep "button_keep" [],
    Paused "paused" ["until"],
    PauseHow "pause_how" [],
    ButtonMinutes "button_minutes" ["minutes"],
    ButtonResume "button_resume" [],
    Resumed "resumed" [],
    ResumedLater "resumed_later" ["shift"],
    ResumedOff "resumed_off" [],
    Replies "replies" ["list"],
    Fading "fading" ["number"],
    Faded "faded" ["number"],
    EditedCommand "edited_command" [],
    Help "help" [],
    UnknownCommand "unknown_command" ["word"],
    Whisper "whisper" ["need"],
    WhisperWritten "whisper_written" ["need"],
    WhisperUrgent "whisper_urgent" ["need"],
    TakenByPhone "taken_by_phone" ["number"],
    NobodyOnDuty "nobody_on_duty" [],
    Somebody "somebody" [],
    NeedUnknown "need_unknown" [],
    WorkerTaken "worker_taken" ["number"],
    WorkerOperator "worker_operator" [],
    WorkerOperatorOf "worker_operator_of" ["number"],
    WorkerRelay "worker_relay" ["who" "words"],
    WorkerRelayEdited "worker_relay_edited" ["who" "words"],
    WorkerRelayDeleted "worker_relay_deleted" ["who"],
    WorkerWent "worker_went" ["number" "need" "example"],
    WorkerElsewhere "worker_elsewhere" ["number"],
    WorkerElsewhereHow "worker_elsewhere_how" [],
    ButtonAnother "button_another" [],
    WorkerTurned "worker_turned" ["number" "need"],
    WorkerOver "worker_over" ["number"],
    WorkerPressedLate "worker_pressed_late" [],
    WorkerSearching "worker_searching" ["number"],
    WorkerHeld "worker_held" ["number"],
    WorkerPromised "worker_promised" ["number" "due"],
    Questions "questions" ["list"],
    QuestionsChoose "questions_choose" [],
    QuestionsHow "questions_how" ["example"],
    QuestionsNone "questions_none" [],
    QuestionsOver "questions_over" [],
    QuestionUnknown "question_unknown" [],
    Question "question" ["number" "need" "state"],
    QuestionAsking "question_asking" [],
    QuestionWaiting "question_waiting" [],
    QuestionHeld "question_held" [],
    QuestionPromised "question_promised" ["due"],
    QuestionClosed "question_closed" ["outcome"],
    QuestionOver "question_over" [],
    QuestionLabel "question_label" ["number" "need"],
    WorkerHelp "worker_help" [],
    WorkerSeen "worker_seen" ["number" "time"],
    WorkerFading "worker_fading" ["number"],
    WorkerPassed "worker_passed" ["number" "due"],
    WorkerAdded "worker_added" ["number"],
    WorkerWait "worker_wait" ["number" "due"],
    WorkerClosed "worker_closed" ["number"],
    WorkerMissed "worker_missed" ["number" "due"],
    WorkerReopened "worker_reopened" ["number" "due"],
    WorkerLate "worker_late" ["number"],
    WorkerFile "worker_file" ["who" "file"],
    WorkerFilePassed "worker_file_passed" ["number"],
    WorkerFileUnseen "worker_file_unseen" [],
    WorkerFileKept "worker_file_kept" ["number"],
    WorkerFilesEnough "worker_files_enough" ["number"],
    WorkerEmpty "worker_empty" [],
    WorkerUnsupported "worker_unsupported" [],
    WorkerNoFiles "worker_no_files" [],
    WorkerCut "worker_cut" ["characters"],
    WorkerMasked "worker_masked" [],
    LinkCode "link_code" ["code"],
    LinkWrong "link_wrong" [],
    LinkSame "link_same" [],
    LinkDone "link_done" [],
    LinkJoined "link_joined" ["medium"],
    LinkNone "link_none" [],
    LinkLeft "link_left" [],
    LinkSignedOff "link_signed_off" [],
    EnrolOperator "enrol_operator" ["who" "lines" "offers"],
    EnrolLines "enrol_lines" ["lines"],
    EnrolOffersHere "enrol_offers_here" [],
    EnrolOffersElsewhere "enrol_offers_elsewhere" [],
    EnrolJoined "enrol_joined" ["point"],
    EnrolOperatorKnown "enrol_operator_known" [],
    EnrolWorker "enrol_worker" ["organisation"],
    EnrolWorkerGoesOn "enrol_worker_goes_on" ["organisation"],
    EnrolWorkerKnown "enrol_worker_known" ["organisation"],
    EnrolUnknown "enrol_unknown" [],
    EnrolExpired "enrol_expired" [],
    EnrolRevoked "enrol_revoked" [],
    EnrolUsed "enrol_used" [],
    EnrolLocked "enrol_locked" [],
    EnrolElsewhere "enrol_elsewhere" [],
    LeaveDone "leave_done" [],
    LeaveLast "leave_last" [],
    LeaveHeld "leave_held" ["numbers"],
    LeftLast "left_last" ["who" "point"],
    DueBy "due_by" ["when"],
}

/// Every wording, complete.
#[derive(Debug, Clone)]
pub struct Phrases(BTreeMap<Phrase, Bilingual>);

impl Phrases {
    /// Takes the wordings of a file; a missing, unknown or wrongly filled one refuses the whole file.
    ///
    /// # Errors
    /// [`HandbookError::Wording`] with every mistake on a line of its own.
    pub fn check(mut read: BTreeMap<String, Bilingual>) -> Result<Self, HandbookError> {
        let mut mistakes = Vec::new();
        let mut phrases = BTreeMap::new();
        for phrase in Phrase::ALL {
            match read.remove(phrase.key()) {
                Some(wording) => {
                    mistakes.extend(wrong_names(*phrase, &wording));
                    phrases.insert(*phrase, wording);
                }
                None => mistakes.push(format!("[phrases.{}] is missing", phrase.key())),
            }
        }
        mistakes.extend(read.keys().map(|key| format!("[phrases.{key}] is not a wording the line uses")));
        if mistakes.is_empty() { Ok(Self(phrases)) } else { Err(HandbookError::Wording(mistakes)) }
    }

    /// Lists the wordings that leave nothing open: they are always said in the same words.
    pub fn fixed(&self) -> impl Iterator<Item = (&'static str, Lang, String)> + '_ {
        let closed = Phrase::ALL.iter().filter(|phrase| phrase.names().is_empty());
        closed.flat_map(|phrase| Lang::ALL.map(|lang| (phrase.key(), lang, self.say(*phrase, lang, &[]))))
    }

    /// Says a wording in `lang` with its names filled in.
    #[must_use]
    pub fn say(&self, phrase: Phrase, lang: Lang, names: &[(&str, &str)]) -> String {
        let wording = self.0.get(&phrase).map_or("", |wording| wording.get(lang));
        fill(wording, names)
    }
}

/// Fills `{name}` once from left to right, so that a value is never filled again.
fn fill(wording: &str, names: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(wording.len() + 64);
    let mut rest = wording;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        filled.push_str(names.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = after;
    }
    filled.push_str(rest);
    let filled = filled.split("  ").collect::<Vec<_>>().join(" ");
    // A value that ends with an ordinal ("od 15. 3.") and the sentence share one full stop.
    filled.replace("...", "…").replace("..", ".")
}

fn wrong_names(phrase: Phrase, wording: &Bilingual) -> Vec<String> {
    let mut mistakes = Vec::new();
    for lang in Lang::ALL {
        let text = wording.get(lang);
        if text.trim().is_empty() {
            mistakes.push(format!("[phrases.{}] {} is empty", phrase.key(), lang.code()));
        }
        for name in text.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name)) {
            if !phrase.names().contains(&name) {
                mistakes.push(format!("[phrases.{}] {}: {{{name}}} is not known here", phrase.key(), lang.code()));
            }
        }
    }
    mistakes
}

#[cfg(test)]
mod tests {
    use super::{Phrases, fill};
    use std::collections::BTreeMap;

    #[test]
    fn a_value_that_looks_like_a_name_stays_as_it_is() {
        assert_eq!(fill("#{number}: {words}", &[("number", "7"), ("words", "{number}")]), "#7: {number}");
    }

    #[test]
    fn every_missing_wording_is_named() {
        let refused = Phrases::check(BTreeMap::new()).unwrap_err().to_string();
        assert!(refused.contains("[phrases.offer] is missing"), "{refused}");
    }
}
