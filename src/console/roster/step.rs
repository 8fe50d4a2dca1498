//! The steps in which a line asks people, on the page of its roster. The coordinator is the last of
//! them and stays; how often the rest is repeated stands among the settings.

use super::desk::Desk;
use crate::console::form::{Reading, Trouble, Typed};
use crate::console::inputs::{Field, Fields};
use crate::console::label::sentence;
use crate::console::section::{Item, Words};
use crate::domain::{Escalation, Lang, Step, Target};
use crate::routing::{Line, step_in_words};

/// A step that comes later helps nobody: two hours.
const MINUTES_MAX: u32 = 120;
/// Whom one can choose, as it is stored.
const TARGETS: [Target; 5] = [Target::OnDuty(1), Target::OnDuty(2), Target::OnDuty(3), Target::AllOnDuty, Target::Coordinator];

pub(super) const fn words(lang: Lang) -> Words {
    Words {
        code: "step",
        title: lang.pick("Koho se linka ptá", "Whom the line asks"),
        lead: lang.pick("Komu a po kolika minutách nabídne kontakt, dokud ho někdo nepřijme.", "To whom, and after how many minutes, a contact is offered until somebody takes it."),
        add: lang.pick("+ Přidat krok", "+ Add a step"),
        hint: lang.pick(
            "Minuty se počítají od první nabídky. Koordinátor je vždycky poslední; když ho vyberete, posune se jeho čas.",
            "Minutes count from the first offer. The coordinator is always the last; choosing the coordinator moves that time.",
        ),
        added: lang.pick("Krok je uložený. Kontakty, které už běží, dojdou po svém.", "The step is saved. Contacts under way go on as they began."),
        removed: lang.pick("Krok je odebraný. Kontakty, které už běží, dojdou po svém.", "The step is removed. Contacts under way go on as they began."),
    }
}

pub(super) fn items(desk: &Desk<'_>, line: &Line) -> Vec<Item> {
    let said = |step| sentence(&step_in_words(step, desk.lang));
    let round = line.escalation.round().iter().enumerate();
    let steps = round.map(|(at, step)| Item { key: at.to_string(), what: said(*step), ..Item::default() });
    let last = Step { after_minutes: line.escalation.round_minutes(), to: Target::Coordinator };
    steps.chain([Item { what: said(last), detail: end(&line.escalation, desk.lang), ..Item::default() }]).collect()
}

/// What is said beside the last step.
fn end(escalation: &Escalation, lang: Lang) -> String {
    let minutes = escalation.round_minutes();
    let rounds = u32::from(escalation.repeat) + 1;
    match (escalation.repeat, lang) {
        (0, _) => lang.pick("vždy poslední", "always the last").to_owned(),
        (repeat, Lang::Cs) => format!("předtím ještě {repeat}× znovu od začátku, takže až po {} min; vždy poslední", minutes.saturating_mul(rounds)),
        (repeat, Lang::En) => format!("before that {repeat}× again from the start, so after {} min; always the last", minutes.saturating_mul(rounds)),
    }
}

pub(super) fn fields(fields: Fields<'_>) -> Vec<Field> {
    let t = |cs, en| fields.lang.pick(cs, en);
    let target = |target: &Target| (target.to_string(), name(*target, fields.lang));
    let targets: Vec<(String, String)> = TARGETS.iter().map(target).collect();
    vec![
        fields.number("after", t("Po kolika minutách", "After how many minutes")).needed(),
        fields.choice("to", t("Koho se zeptá", "Whom to ask"), t("vyberte", "choose"), &targets).needed(),
    ]
}

/// A target without its time.
fn name(target: Target, lang: Lang) -> String {
    let said = step_in_words(Step { after_minutes: 0, to: target }, lang);
    said.strip_prefix(lang.pick("hned ", "at once ")).unwrap_or(&said).to_owned()
}

pub(super) fn add(desk: &Desk<'_>, line: &Line, typed: &Typed) -> Result<Line, Trouble> {
    let mut reading = Reading::of(typed, desk.lang);
    let after = typed.of("after").parse().ok().filter(|minutes| *minutes <= MINUTES_MAX);
    if after.is_none() {
        reading.problem("Čas je počet minut, 0 až 120.", "The time is a number of minutes, 0 to 120.");
    }
    let chosen = reading.chosen("to", "Vyberte prosím, koho se má linka zeptat.", "Please choose whom the line asks.");
    let to = chosen.and_then(|to| Target::try_from(to.to_owned()).ok());
    if chosen.is_some() && to.is_none() {
        reading.problem("Takhle se zeptat nejde.", "Nobody can be asked like that.");
    }
    let (after_minutes, to) = reading.done(after.zip(to))?;
    line.with_step(Step { after_minutes, to }).map_err(|refused| Trouble::refused(&refused, desk.lang))
}
