//! The fourteen regions of the Czech Republic (NUTS 3, ČSÚ code list CZ-NUTS).

use super::Lang;
use serde::{Deserialize, Serialize};

macro_rules! regions {
    ($($variant:ident $code:literal $cs:literal $en:literal),+ $(,)?) => {
        /// A region, written in data as its NUTS 3 code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Region {
            $(#[doc = $cs] #[serde(rename = $code)] $variant,)+
        }

        impl Region {
            /// Every region in the order of its code.
            pub const ALL: [Self; 14] = [$(Self::$variant),+];

            /// Returns the NUTS 3 code, such as `CZ042`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Returns the name in `lang`, in the nominative.
            #[must_use]
            pub const fn name(self, lang: Lang) -> &'static str {
                match self { $(Self::$variant => lang.pick($cs, $en)),+ }
            }
        }
    };
}

regions! {
    Praha "CZ010" "Praha" "Prague",
    Stredocesky "CZ020" "Středočeský kraj" "Central Bohemia",
    Jihocesky "CZ031" "Jihočeský kraj" "South Bohemia",
    Plzensky "CZ032" "Plzeňský kraj" "Plzeň Region",
    Karlovarsky "CZ041" "Karlovarský kraj" "Karlovy Vary Region",
    Ustecky "CZ042" "Ústecký kraj" "Ústí Region",
    Liberecky "CZ051" "Liberecký kraj" "Liberec Region",
    Kralovehradecky "CZ052" "Královéhradecký kraj" "Hradec Králové Region",
    Pardubicky "CZ053" "Pardubický kraj" "Pardubice Region",
    Vysocina "CZ063" "Kraj Vysočina" "Vysočina Region",
    Jihomoravsky "CZ064" "Jihomoravský kraj" "South Moravia",
    Olomoucky "CZ071" "Olomoucký kraj" "Olomouc Region",
    Zlinsky "CZ072" "Zlínský kraj" "Zlín Region",
    Moravskoslezsky "CZ080" "Moravskoslezský kraj" "Moravia-Silesia",
}

impl Region {
    /// Reads a NUTS 3 code in any case; an unknown code is `None`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|region| region.code().eq_ignore_ascii_case(code.trim()))
    }
}
