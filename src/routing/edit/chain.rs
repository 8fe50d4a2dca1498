//! Checks and edits of the steps in which a line asks people.

use crate::domain::Lang;
use crate::routing::{Escalation, Line, Refusal, Step, Target};

/// Most steps of a chain; whoever comes after twenty is too late.
const STEPS_MAX: usize = 20;
/// Most repetitions of a chain.
pub(in crate::routing) const REPEAT_MAX: u8 = 9;

impl Line {
    /// Adds a step, in its place by time; a step to the coordinator moves the last one.
    ///
    /// # Errors
    /// When it would be asked after the coordinator or stands there already, or there are too many.
    pub fn with_step(&self, new: Step) -> Result<Self, Vec<Refusal>> {
        let (mut round, mut end) = (self.escalation.round().to_vec(), self.escalation.round_minutes());
        match new.to {
            Target::Coordinator => end = new.after_minutes,
            Target::OnDuty(_) | Target::AllOnDuty => {
                let at = round.iter().position(|step| step.after_minutes > new.after_minutes).unwrap_or(round.len());
                round.insert(at, new);
            }
        }
        self.with_chain(Escalation { steps: ended(round, end), ..self.escalation.clone() })
    }

    /// Takes the `n`-th step away; `None` where there is none, and for the coordinator, who stays.
    #[must_use]
    pub fn without_step(&self, n: usize) -> Option<Self> {
        let (mut round, end) = (self.escalation.round().to_vec(), self.escalation.round_minutes());
        if n >= round.len() {
            return None;
        }
        round.remove(n);
        let escalation = Escalation { steps: ended(round, end), ..self.escalation.clone() };
        Some(Self { escalation, ..self.clone() })
    }

    /// Has the steps before the coordinator done again so often.
    ///
    /// # Errors
    /// When that is too often, or the coordinator comes too soon for a second round.
    pub fn with_repeat(&self, repeat: u8) -> Result<Self, Vec<Refusal>> {
        self.with_chain(Escalation { repeat, ..self.escalation.clone() })
    }

    fn with_chain(&self, escalation: Escalation) -> Result<Self, Vec<Refusal>> {
        let refusals = chain(&escalation);
        if refusals.is_empty() { Ok(Self { escalation, ..self.clone() }) } else { Err(refusals) }
    }
}

/// The steps of a round with the coordinator behind them.
fn ended(round: Vec<Step>, after_minutes: u32) -> Vec<Step> {
    round.into_iter().chain([Step { after_minutes, to: Target::Coordinator }]).collect()
}

/// Refuses a chain that is too long, runs backwards, asks somebody after the coordinator or the same
/// people twice at once, or begins again before it has ended.
#[must_use]
pub fn chain(escalation: &Escalation) -> Vec<Refusal> {
    let (round, end) = (escalation.round(), escalation.round_minutes());
    let mut refusals = Vec::new();
    if escalation.steps.len() > STEPS_MAX {
        refusals.push(Refusal::new(format!("kroků může být nejvýš {STEPS_MAX}"), format!("there may be {STEPS_MAX} steps at most")));
    }
    if escalation.repeat > REPEAT_MAX {
        refusals.push(Refusal::new(format!("opakovat se dá nejvýš {REPEAT_MAX}×"), format!("a chain is repeated {REPEAT_MAX} times at most")));
    }
    if round.iter().any(|step| step.to == Target::Coordinator) {
        refusals.push(Refusal::new("po koordinátorovi už se linka nikoho neptá", "nobody is asked after the coordinator"));
    }
    let pairs = || round.iter().zip(round.iter().skip(1));
    refusals.extend(pairs().find(|(before, next)| next.after_minutes < before.after_minutes).map(|(before, next)| {
        Refusal::new(
            format!("krok „{}“ je dřív než krok „{}“ před ním", said(*next, Lang::Cs), said(*before, Lang::Cs)),
            format!("the step `{}` is due before the one above it, `{}`", said(*next, Lang::En), said(*before, Lang::En)),
        )
    }));
    refusals.extend(round.iter().enumerate().find(|(at, step)| round.iter().skip(at + 1).any(|other| other == *step)).map(|(_, step)| {
        Refusal::new(format!("krok „{}“ už tu je", said(*step, Lang::Cs)), format!("the step `{}` stands here twice", said(*step, Lang::En)))
    }));
    let tight = |step: &&Step| step.after_minutes > end || (escalation.repeat > 0 && step.after_minutes == end);
    refusals.extend(round.iter().find(tight).map(|step| {
        let coordinator = Step { after_minutes: end, to: Target::Coordinator };
        Refusal::new(
            format!("krok „{}“ by nepřišel na řadu, dřív je „{}“", said(*step, Lang::Cs), said(coordinator, Lang::Cs)),
            format!("the step `{}` would never come, `{}` is before it", said(*step, Lang::En), said(coordinator, Lang::En)),
        )
    }));
    refusals
}

/// Says a step: `po 3 min druhý ve službě`.
#[must_use]
pub fn said(step: Step, lang: Lang) -> String {
    let who = match step.to {
        Target::OnDuty(1) => lang.pick("první ve službě", "the first on duty").to_owned(),
        Target::OnDuty(2) => lang.pick("druhý ve službě", "the second on duty").to_owned(),
        Target::OnDuty(place) => match lang {
            Lang::Cs => format!("{place}. ve službě"),
            Lang::En => format!("number {place} on duty"),
        },
        Target::AllOnDuty => lang.pick("všichni ve službě", "everybody on duty").to_owned(),
        Target::Coordinator => lang.pick("koordinátor", "the coordinator").to_owned(),
    };
    match (step.after_minutes, lang) {
        (0, _) => format!("{} {who}", lang.pick("hned", "at once")),
        (minutes, Lang::Cs) => format!("po {minutes} min {who}"),
        (minutes, Lang::En) => format!("after {minutes} min {who}"),
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::Lang;
    use crate::routing::tests::line;
    use crate::routing::{Escalation, Line, Refusal, Step, Target};
    use chrono_tz::Tz;

    fn told(line: &Line) -> Vec<String> {
        line.escalation.steps.iter().map(|step| super::said(*step, Lang::Cs)).collect()
    }

    fn refused(result: Result<Line, Vec<Refusal>>) -> Vec<String> {
        result.map_or_else(|refusals| refusals.into_iter().map(|refusal| refusal.text.cs).collect(), |line| told(&line))
    }

    #[test]
    fn a_step_finds_its_place_and_the_coordinator_stays_last() {
        let usual = line(Tz::Europe__Prague);
        let step = |after_minutes, to| Step { after_minutes, to };
        let table = [
            (step(5, Target::AllOnDuty), vec!["hned první ve službě", "po 3 min druhý ve službě", "po 5 min všichni ve službě", "po 8 min koordinátor"]),
            (step(0, Target::OnDuty(3)), vec!["hned první ve službě", "hned 3. ve službě", "po 3 min druhý ve službě", "po 8 min koordinátor"]),
            (step(8, Target::AllOnDuty), vec!["hned první ve službě", "po 3 min druhý ve službě", "po 8 min všichni ve službě", "po 8 min koordinátor"]),
            (step(12, Target::Coordinator), vec!["hned první ve službě", "po 3 min druhý ve službě", "po 12 min koordinátor"]),
            (step(9, Target::AllOnDuty), vec!["krok „po 9 min všichni ve službě“ by nepřišel na řadu, dřív je „po 8 min koordinátor“"]),
            (step(2, Target::Coordinator), vec!["krok „po 3 min druhý ve službě“ by nepřišel na řadu, dřív je „po 2 min koordinátor“"]),
            (step(3, Target::OnDuty(2)), vec!["krok „po 3 min druhý ve službě“ už tu je"]),
        ];
        for (new, expected) in table {
            assert_eq!(refused(usual.with_step(new)), expected, "{new:?}");
        }
        let many = (1..8).chain(10..21).fold(usual.with_step(step(99, Target::Coordinator)).unwrap(), |line, minute| line.with_step(step(minute, Target::AllOnDuty)).unwrap_or(line));
        assert_eq!((many.escalation.steps.len(), refused(many.with_step(step(50, Target::AllOnDuty)))), (20, vec!["kroků může být nejvýš 20".to_owned()]));
        let fewer = usual.without_step(0).unwrap().without_step(0).unwrap();
        assert_eq!(told(&fewer), ["po 8 min koordinátor"]);
        assert_eq!((fewer.without_step(0), usual.without_step(2)), (None, None), "the coordinator stays");
        let empty = Line { escalation: Escalation { steps: Vec::new(), ..Escalation::default() }, ..usual };
        assert_eq!(told(&empty.with_step(step(0, Target::OnDuty(1))).unwrap()), ["hned první ve službě", "hned koordinátor"]);
    }

    #[test]
    fn a_chain_is_repeated_only_where_there_is_time() {
        let usual = line(Tz::Europe__Prague);
        assert_eq!(usual.with_repeat(9).unwrap().escalation.repeat, 9);
        assert_eq!(refused(usual.with_repeat(10)), ["opakovat se dá nejvýš 9×"]);
        let tight = usual.with_step(Step { after_minutes: 8, to: Target::AllOnDuty }).unwrap();
        assert_eq!(refused(tight.with_repeat(1)), ["krok „po 8 min všichni ve službě“ by nepřišel na řadu, dřív je „po 8 min koordinátor“"]);
    }
}
