//! Why a letter did not arrive, as people read it. What is stored is a short English reason that stays
//! the same; a reason nobody here knows is the provider's own and stands behind an introduction.

use crate::domain::Lang;

/// What channels and the outbox say, and the same in Czech.
const REASONS: &[(&str, &str)] = &[
    ("the person has opted out", "adresát poslal STOP a zprávy od linky nechce"),
    ("the person has blocked the line", "adresát má linku zablokovanou"),
    ("the device cannot be reached", "zařízení není k zastižení"),
    ("the day's cost limit is reached", "dnešní limit útraty je vyčerpaný"),
    ("the channel is not switched on", "tento kanál není zapnutý"),
    ("the channel is busy", "kanál teď nic nepřijímá"),
    ("the channel takes no more at this moment", "kanál teď víc zpráv nepřijme"),
    ("the channel is being stopped", "kanál se právě vypíná"),
    ("the channel did not answer", "kanál neodpověděl"),
    ("nobody is on the phone there", "na telefonu tam nikdo není"),
    ("no number of ours sends messages", "linka nemá číslo, ze kterého by šlo psát"),
    ("nothing to write", "ve zprávě nic není"),
    ("no message arrives at such a number", "na takové číslo zprávy nechodí"),
    ("the account is not active", "účet u poskytovatele není aktivní"),
    ("too many calls at a time", "příliš mnoho hovorů najednou"),
    ("the credentials are wrong", "přihlašovací údaje k poskytovateli nesouhlasí"),
    ("the account may not do this", "účet u poskytovatele k tomu nemá oprávnění"),
    ("these are test credentials", "jsou nastavené jen zkušební přihlašovací údaje"),
    ("the account is not there", "poskytovatel takový účet nezná"),
    ("too many requests", "příliš mnoho požadavků najednou"),
    ("the provider broke down over it", "u poskytovatele nastala porucha"),
    ("the provider is out of service", "poskytovatel má výpadek"),
    ("an address of ours is not taken", "poskytovatel nepřijal adresu linky"),
    ("the calling number is not ours", "volající číslo nepatří lince"),
    ("the calling number is not taken", "poskytovatel nepřijal volající číslo"),
    ("the sender is not ours", "odesílající číslo nepatří lince"),
    ("the sender cannot send messages", "z odesílajícího čísla nejde psát"),
    ("no sender is named", "chybí odesílající číslo"),
    ("the sender's queue is full", "odesílající číslo má plnou frontu"),
    ("the account is suspended", "účet u poskytovatele je pozastavený"),
    ("the number cannot be called", "na toto číslo nejde volat"),
    ("not a phone number", "není to telefonní číslo"),
    ("the account may not call this country", "účet nesmí volat do této země"),
    ("the provider does not call this number", "poskytovatel na toto číslo nevolá"),
    ("a trial account reaches verified numbers only", "zkušební účet dosáhne jen na ověřená čísla"),
    ("the account may not write to this country", "účet nesmí psát do této země"),
    ("no way from this sender to that number", "z tohoto čísla tam zprávy poslat nejde"),
    ("not a mobile number", "není to mobilní číslo"),
    ("a landline takes no messages", "pevná linka zprávy nepřijímá"),
    ("nothing to say", "ve zprávě nic není"),
    ("too long", "zpráva je příliš dlouhá"),
    ("the phone is off or out of reach", "telefon je vypnutý nebo mimo dosah"),
    ("blocked on the way", "zpráva byla cestou zablokovaná"),
    ("the number does not exist", "číslo neexistuje"),
    ("a landline, or a network out of reach", "pevná linka, nebo nedostupná síť"),
    ("filtered as unwanted", "síť ji zadržela jako nevyžádanou"),
    ("lost for an unknown reason", "ztratila se z neznámého důvodu"),
    ("the network is congested", "síť je přetížená"),
    ("waited longer than it was worth", "čekala déle, než měla smysl"),
    ("the network did not answer in time", "síť neodpověděla včas"),
    ("refused by the provider", "poskytovatel ji odmítl"),
    ("the API is at another address", "rozhraní poskytovatele je na jiné adrese"),
    ("the call is over: busy", "volaný měl obsazeno"),
    ("the call is over: no-answer", "volaný telefon nezvedl"),
    ("the call is over: failed", "hovor se nepodařilo spojit"),
    ("the call is over: canceled", "hovor byl zrušený"),
    ("the call is over: completed", "hovor už skončil"),
    ("the address is no chat's number", "adresa není číslo chatu"),
    ("the message to be changed has no number", "původní zprávu nejde najít"),
    ("the message to be changed never left", "původní zpráva nikdy neodešla"),
    ("nobody is called here", "sem se nevolá"),
    ("the file is kept no more, or cannot be read", "soubor už linka neuchovává, nebo ho nejde přečíst"),
    ("the bot's token is refused", "token bota neplatí"),
    ("a file of no kind", "soubor neznámého druhu"),
    ("too large", "zpráva je příliš velká"),
    ("signed out", "účet linky je odhlášený"),
    ("neither a user nor a room", "adresa není uživatel ani místnost"),
    ("the line is not in this room", "linka v této místnosti není"),
    ("the person has left the room", "adresát z místnosti odešel"),
];

/// What may stand before a reason.
const BEFORE: [&str; 3] = ["the letter cannot be delivered: ", "nothing arrives at the address: ", "the channel refuses us: "];

/// Says a stored reason in a language.
#[must_use]
pub fn reason_in_words(reason: &str, lang: Lang) -> String {
    if lang == Lang::En {
        return reason.to_owned();
    }
    let plain = BEFORE.iter().find_map(|before| reason.strip_prefix(before)).unwrap_or(reason);
    // The provider's code stands behind it, for whoever looks it up there.
    let (words, code) = plain.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")).filter(|(_, code)| code.bytes().all(|digit| digit.is_ascii_digit())).unzip();
    let words = words.unwrap_or(plain);
    let code = code.map(|code| format!(" ({code})")).unwrap_or_default();
    match REASONS.iter().find(|(known, _)| *known == words) {
        Some((_, said)) => format!("{said}{code}"),
        None => format!("poskytovatel uvádí: {plain}"),
    }
}

#[cfg(test)]
mod tests {
    use super::reason_in_words;
    use crate::domain::Lang;

    #[test]
    fn a_reason_is_said_in_the_language_of_the_page() {
        let table = [
            ("the person has opted out", "adresát poslal STOP a zprávy od linky nechce"),
            ("the phone is off or out of reach (30003)", "telefon je vypnutý nebo mimo dosah (30003)"),
            ("the channel refuses us: the credentials are wrong", "přihlašovací údaje k poskytovateli nesouhlasí"),
            ("mailbox full (today)", "poskytovatel uvádí: mailbox full (today)"),
            ("refused by the provider (99999)", "poskytovatel ji odmítl (99999)"),
        ];
        for (reason, said) in table {
            assert_eq!(reason_in_words(reason, Lang::Cs), said);
            assert_eq!(reason_in_words(reason, Lang::En), reason);
        }
    }
}
