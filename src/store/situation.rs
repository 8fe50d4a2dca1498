//! Reading what a decision has to know, in the transaction that will write what it decides.

use super::dialect::on;
use super::error::Tried;
use super::letter::unknown;
use super::{Batch, StoreError, micros};
use crate::domain::{
    Address, Contact, ContactId, Lang, LetterId, Offer, OfferState, OperatorId, Situation, Timer, Worker, WorkerId,
};
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::types::{Json, Uuid};

/// What an event is about, so that only that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Nothing stored: only who rests and the next number.
    Nothing,
    /// The worker at this address, with the open contact or the one closed last.
    Worker(Address),
    /// An operator, with what the operator has and may take, and the letter that was answered.
    Operator {
        /// Who.
        operator: OperatorId,
        /// The letter that was answered, where the channel tells.
        letter: Option<LetterId>,
    },
    /// A letter and its contact.
    Letter(LetterId),
    /// A contact.
    Contact(ContactId),
    /// A timer's contact.
    Timer(Timer),
}

/// How long a closed contact is still the one a worker writes about, and an offer that has
/// gone is still worth an explanation.
const RECENT: TimeDelta = TimeDelta::days(7);

/// What there is to read around the contact `seen`, as columns.
macro_rules! around {
    ($now:literal) => {
        concat!(
            "exists (select 1 from offer where offer.contact = seen.id) as offers,
            exists (select 1 from letter where letter.contact = seen.id and operator is not null
                and delivery in ('queued', 'sending', 'unknown', 'sent')) as ringing,
            exists (select 1 from pause where until > ",
            $now,
            ") as paused,
            (select coalesce(max(number), 1000) + 1 from contact) as next_number"
        )
    };
}

/// The contact a worker writes about: the newest open one, else the one closed last.
const WORKER: &str = concat!(
    "select worker.id, worker.organisation, worker.lang, seen.body, ",
    around!("$4"),
    " from (select 1) as one
    left join worker_address on worker_address.channel = $1 and worker_address.handle = $2
    left join worker on worker.id = worker_address.worker
    left join contact as seen on seen.id = coalesce(
        (select id from contact where worker = worker_address.worker and stage <> 'closed'
            order by opened_at desc limit 1),
        (select id from contact where worker = worker_address.worker and stage = 'closed' and closed_at > $3
            order by closed_at desc limit 1))"
);

const AROUND: &str =
    concat!("select ", around!("$2"), " from (select 1) as one left join contact as seen on seen.id = $1");

const OFFERS: &str = "
    select contact, operator, letter, state, at from offer
    where contact = $1 order by at, operator, letter";

const OFFERED: &str = "
    select offer.contact, offer.operator, offer.letter, offer.state, offer.at, contact.body
    from offer join contact on contact.id = offer.contact
    where offer.operator = $1 and offer.state in ('open', 'gone') and offer.at > $2
    order by offer.at desc, contact.number desc limit 20";

const PAUSED: &str = "select operator from pause where until > $1 order by operator";

#[derive(Debug, sqlx::FromRow)]
struct Around {
    offers: bool,
    ringing: bool,
    paused: bool,
    next_number: i64,
}

#[derive(Debug, sqlx::FromRow)]
struct OfferRow {
    contact: Uuid,
    operator: String,
    letter: Uuid,
    state: String,
    at: DateTime<Utc>,
}

impl OfferRow {
    fn offer(self) -> Result<Offer, StoreError> {
        Ok(Offer {
            contact: ContactId(self.contact),
            operator: OperatorId(self.operator),
            letter: LetterId(self.letter),
            state: OfferState::from_name(&self.state).ok_or_else(|| unknown("state of an offer", &self.state))?,
            at: self.at,
        })
    }
}

#[derive(Debug, sqlx::FromRow)]
struct OfferedRow {
    #[sqlx(flatten)]
    offer: OfferRow,
    body: Json<Contact>,
}

#[derive(Debug, sqlx::FromRow)]
struct WorkerRow {
    id: Option<Uuid>,
    organisation: Option<String>,
    lang: Option<String>,
    body: Option<Json<Contact>>,
    #[sqlx(flatten)]
    around: Around,
}

impl Batch {
    /// Reads the stored facts around one event, as of `now`.
    ///
    /// # Errors
    /// When the database fails or holds a value this program does not know.
    pub async fn situation(&mut self, ask: &Ask, now: DateTime<Utc>) -> Result<Situation, StoreError> {
        let mut situation = Situation::default();
        match ask {
            Ask::Nothing => {}
            Ask::Worker(address) => return self.worker(address, now).await,
            Ask::Operator { operator, letter } => {
                if let Some(letter) = letter {
                    self.about(*letter, &mut situation).await?;
                }
                situation.held = self.held(operator).await?;
                situation.offered = self.offered(operator, now).await?;
            }
            Ask::Letter(letter) => self.about(*letter, &mut situation).await?,
            Ask::Contact(contact) => situation.contact = self.contact(*contact).await?,
            Ask::Timer(timer) => situation.contact = self.contact(timer.contact).await?,
        }
        let contact = situation.contact.as_ref().map(|contact| contact.id.0);
        let around: Around = on!(&mut self.writer, writing => sqlx::query_as(AROUND)
            .bind(contact)
            .bind(micros(now))
            .fetch_one(&mut *writing.tx).await)
        .tried("read what surrounds a contact")?;
        self.surround(around, now, &mut situation).await?;
        Ok(situation)
    }

    /// Most turns are a worker's: one statement tells all there is for most of them.
    async fn worker(&mut self, address: &Address, now: DateTime<Utc>) -> Result<Situation, StoreError> {
        let row: WorkerRow = on!(&mut self.writer, writing => sqlx::query_as(WORKER)
            .bind(address.channel.as_str())
            .bind(address.handle.as_str())
            .bind(recent(now))
            .bind(micros(now))
            .fetch_one(&mut *writing.tx).await)
        .tried("read a worker")?;
        let mut situation = Situation::default();
        if let (Some(id), Some(lang)) = (row.id, row.lang) {
            let lang = Lang::from_code(&lang).ok_or_else(|| unknown("language", &lang))?;
            let (id, organisation) = (WorkerId(id), row.organisation);
            situation.worker = Some(Worker { id, organisation, address: address.clone(), lang });
        }
        situation.contact = row.body.map(|Json(contact)| contact);
        self.surround(row.around, now, &mut situation).await?;
        Ok(situation)
    }

    async fn about(&mut self, letter: LetterId, situation: &mut Situation) -> Result<(), StoreError> {
        situation.letter = self.letter(letter).await?;
        if let Some(contact) = situation.letter.as_ref().and_then(|letter| letter.contact) {
            situation.contact = self.contact(contact).await?;
        }
        Ok(())
    }

    /// Reads only what there is.
    async fn surround(
        &mut self,
        around: Around,
        now: DateTime<Utc>,
        situation: &mut Situation,
    ) -> Result<(), StoreError> {
        situation.next_number = around.next_number;
        if let Some(contact) = situation.contact.as_ref().map(|contact| contact.id) {
            if around.offers {
                situation.offers = self.offers(contact).await?;
            }
            if around.ringing {
                situation.ringing = self.ringing(contact).await?;
            }
        }
        if around.paused {
            situation.paused = self.paused(now).await?;
        }
        Ok(())
    }

    async fn offers(&mut self, contact: ContactId) -> Result<Vec<Offer>, StoreError> {
        let rows: Vec<OfferRow> =
            on!(&mut self.writer, writing => sqlx::query_as(OFFERS).bind(contact.0).fetch_all(&mut *writing.tx).await)
                .tried("read a contact's offers")?;
        rows.into_iter().map(OfferRow::offer).collect()
    }

    /// The newest twenty, newest last.
    async fn offered(
        &mut self,
        operator: &OperatorId,
        now: DateTime<Utc>,
    ) -> Result<Vec<(Contact, Offer)>, StoreError> {
        let rows: Vec<OfferedRow> = on!(&mut self.writer, writing => sqlx::query_as(OFFERED)
            .bind(operator.as_str())
            .bind(recent(now))
            .fetch_all(&mut *writing.tx).await)
        .tried("read an operator's offers")?;
        rows.into_iter().rev().map(|row| Ok((row.body.0, row.offer.offer()?))).collect()
    }

    async fn paused(&mut self, now: DateTime<Utc>) -> Result<Vec<OperatorId>, StoreError> {
        let rows: Vec<(String,)> =
            on!(&mut self.writer, writing => sqlx::query_as(PAUSED).bind(micros(now)).fetch_all(&mut *writing.tx).await)
                .tried("read who rests")?;
        Ok(rows.into_iter().map(|(operator,)| OperatorId(operator)).collect())
    }
}

fn recent(now: DateTime<Utc>) -> DateTime<Utc> {
    micros(now.checked_sub_signed(RECENT).unwrap_or(now))
}
