//! Who serves when: the roster is changed and looked at, beside and under the running line.

use super::{World, prague};
use linka::app::{save_book, stored_book};
use linka::domain::{LineId, Swap};
use linka::routing::{Book, Line, duty};
use linka::store::{RosterEdit, RosterKind, RosterVersion};

impl World {
    /// Somebody changes a line; the change is in force at once.
    pub async fn changes_line(&self, id: &str, change: impl FnOnce(&mut Line)) {
        let app = self.app().await;
        let mut line = app.handbook().line(&LineId::new(id)).expect("a line").clone();
        change(&mut line);
        let edit = RosterEdit::save(RosterKind::Line, id, &line).expect("a line");
        app.store().write_roster(&[edit], self.0.clock.now(), "test").await.expect("a roster");
        app.reload().await.expect("a handbook");
    }

    /// The running line takes over what was written beside it.
    pub async fn takes_over(&self) {
        self.app().await.reload().await.expect("the stored handbook");
    }

    /// From now on operators are told of their shifts; most stories are about something else.
    pub async fn tells_of_shifts(&self) {
        self.app().await.keep_agenda().await.expect("an agenda");
        self.settle().await;
    }

    /// Somebody changes the roster; the running line takes it over.
    pub async fn roster(&self, change: impl FnOnce(&mut Book)) {
        let app = self.app().await;
        let mut book = Book::clone(&app.handbook().book);
        change(&mut book);
        save_book(app.store(), &book, app.clock().now(), "test").await.expect("the lines");
        app.reload().await.expect("the new lines");
        self.settle().await;
    }

    /// Somebody changes the roster beside the running line, which learns of it at its next look.
    pub async fn roster_changes_unseen(&self, change: impl FnOnce(&mut Book)) {
        let app = self.app().await;
        let mut book = stored_book(app.store(), None).await.expect("the roster");
        change(&mut book);
        save_book(app.store(), &book, self.0.clock.now(), "test").await.expect("a changed roster");
    }

    /// Somebody changes the roster, and it is in force.
    pub async fn roster_changes(&self, change: impl FnOnce(&mut Book)) {
        self.roster_changes_unseen(change).await;
        self.app().await.reload().await.expect("the roster");
        self.settle().await;
    }

    /// Somebody takes an absence or a cover away.
    pub async fn roster_loses(&self, kind: RosterKind, id: &str) {
        let app = self.app().await;
        app.store().write_roster(&[RosterEdit::remove(kind, id)], self.0.clock.now(), "test").await.expect("a changed roster");
        app.reload().await.expect("the roster");
    }

    /// Who is on duty on the line of Ústí at a time, by the roster in force now.
    pub async fn on_duty(&self, time: &str) -> Vec<String> {
        on_duty(&self.app().await.handbook().book, time)
    }

    /// Who was on duty then, by the roster that was in force then.
    pub async fn was_on_duty(&self, time: &str) -> Vec<String> {
        let book = stored_book(self.app().await.store(), Some(prague(time))).await.expect("the roster as it was");
        on_duty(&book, time)
    }

    /// Every swap whose shifts are not over.
    pub async fn swaps(&self) -> Vec<Swap> {
        self.app().await.store().swaps_since(self.0.clock.now()).await.expect("swaps")
    }

    /// Who made the versions of the line of Ústí, the newest first.
    pub async fn roster_authors(&self) -> Vec<String> {
        let app = self.app().await;
        let versions: Vec<RosterVersion<Line>> = app.store().roster_history(RosterKind::Line, "ustecky", 50).await.expect("a history");
        versions.into_iter().map(|version| version.author).collect()
    }
}

fn on_duty(book: &Book, time: &str) -> Vec<String> {
    let line = book.line(&LineId::new("ustecky")).expect("the line of Ústí");
    duty(line, prague(time)).on_duty.into_iter().map(|person| person.operator.to_string()).collect()
}
