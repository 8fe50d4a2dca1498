//! What every page of the console shares: language, who is signed in, where one stands.
//! The page around the content is `console.html`; the content is each page's own.

use crate::domain::Lang;

/// A place in the console's menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    /// Counters and what needs attention.
    Overview,
    /// The list of contacts and one contact.
    Contacts,
    /// Who is on duty, and the rosters.
    Duty,
    /// Who is away, who is reached where.
    People,
    /// The catalogue of services.
    Services,
    /// Outside the menu: signing in, an error.
    Outside,
}

impl Tab {
    /// The menu, in the order people see.
    pub(super) const MENU: [Self; 5] = [Self::Overview, Self::Contacts, Self::Duty, Self::People, Self::Services];

    /// Returns the address of the page.
    #[must_use]
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Overview | Self::Outside => "/console",
            Self::Contacts => "/console/contacts",
            Self::Duty => "/console/duty",
            Self::People => "/console/people",
            Self::Services => "/console/services",
        }
    }

    /// Returns the word in the menu.
    #[must_use]
    pub(super) const fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Overview => lang.pick("Přehled", "Overview"),
            Self::Contacts => lang.pick("Kontakty", "Contacts"),
            Self::Duty => lang.pick("Kdo má službu", "Who is on duty"),
            Self::People => lang.pick("Lidé", "People"),
            Self::Services => lang.pick("Katalog služeb", "Services"),
            Self::Outside => "",
        }
    }
}

/// What the page around the content needs.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    /// The language of the page.
    pub(super) lang: Lang,
    /// Where one stands.
    pub(super) tab: Tab,
    /// Who is signed in; empty when nobody is.
    pub(super) user: String,
    /// The word every form of this session sends back.
    pub(super) token: String,
    /// Path and query of this page without its language, for the language switch.
    pub(super) url: String,
    /// A short word about what has just been done.
    pub(super) notice: Option<&'static str>,
    /// The time on the wall, said where a clock can be moved (the demo).
    pub(super) clock: Option<String>,
}

impl Frame {
    /// The page around something that is outside the menu: signing in, a refusal.
    #[must_use]
    pub(super) fn outside(lang: Lang) -> Self {
        let url = "/console/sign-in".to_owned();
        Self { lang, tab: Tab::Outside, user: String::new(), token: String::new(), url, notice: None, clock: None }
    }

    /// Picks the wording of the page's language.
    #[must_use]
    pub(super) const fn t<'a>(&self, cs: &'a str, en: &'a str) -> &'a str {
        self.lang.pick(cs, en)
    }

    /// Returns the menu: address, word, whether one stands there.
    #[must_use]
    pub(super) fn menu(&self) -> [(&'static str, &'static str, bool); 5] {
        Tab::MENU.map(|tab| (tab.path(), tab.label(self.lang), tab == self.tab))
    }

    /// Tells whether the page is in Czech.
    #[must_use]
    pub(super) const fn is_czech(&self) -> bool {
        matches!(self.lang, Lang::Cs)
    }

    /// Returns the address of this page in the other language.
    #[must_use]
    pub(super) fn switched(&self) -> String {
        let other = self.lang.pick("en", "cs");
        let joint = if self.url.contains('?') { '&' } else { '?' };
        format!("{}{joint}lang={other}", self.url)
    }
}
