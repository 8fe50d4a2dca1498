//! Reading what decisions have to know, in the transaction that will write what they decide: a few
//! statements for many events.

use super::ask::{Ask, Asked, Known};
use super::dialect::on;
use super::error::Tried;
use super::letter::unknown;
use super::rows::{Rows, filled, read_rows};
use super::{Batch, StoreError, micros};
use crate::domain::{Contact, ContactId, EventKey, Lang, Letter, LetterId, Offer, OfferState, OperatorId, Point, Situation, Worker, WorkerId};
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::types::{Json, Uuid};

/// How long a closed contact is still the one a worker writes about, and an offer that has
/// gone is still worth an explanation.
const RECENT: TimeDelta = TimeDelta::days(7);

/// The contact of a worker's message is the one of the message that is answered or changed, where it is the
/// worker's own, else the newest open one, else the one closed last. Whoever calls and is not known as a
/// caller may be known by messages from the same number.
const AROUND: Rows = Rows {
    before: "with asked (n, key, channel, handle, texts, letter, original, contact, call, now, recent) as (values ",
    columns: 11,
    after: ")
    select asked.n, worker.id as worker, worker.organisation, worker.lang, seen.worker as asks, seen.body,
        exists (select 1 from event where event.key = asked.key) as before,
        answered.id is not null as named,
        exists (select 1 from contact as other where other.worker = seen.worker and other.stage <> 'closed'
            and other.id <> seen.id) as beside,
        (select id from letter where letter.contact = asked.contact and letter.reference = asked.call
            and letter.operator is null order by letter.seq desc limit 1) as said,
        exists (select 1 from offer where offer.contact = seen.id) as offers,
        exists (select 1 from letter where letter.contact = seen.id and letter.operator is not null
            and letter.delivery in ('queued', 'sending', 'unknown', 'sent')) as ringing,
        exists (select 1 from contact where owner is not null and stage <> 'closed') as loaded,
        exists (select 1 from pause where until > asked.now) as paused,
        exists (select 1 from contact_point where troubled_at is not null) as troubled,
        exists (select 1 from opt_out) as stops,
        (select coalesce(max(number), 1000) + 1 from contact) as next_number
    from asked
    left join worker_address on worker_address.channel = asked.channel and worker_address.handle = asked.handle
    left join worker_address as texting on texting.channel = asked.texts and texting.handle = asked.handle
    left join worker on worker.id = coalesce(worker_address.worker, texting.worker)
    left join letter on letter.id = asked.letter
    left join event as original on original.key = asked.original
    left join contact as answered on answered.id = coalesce(letter.contact, original.contact)
        and (asked.handle is null or answered.worker = coalesce(worker_address.worker, texting.worker))
    left join contact as seen on seen.id = coalesce(asked.contact, answered.id,
        (select id from contact where worker = coalesce(worker_address.worker, texting.worker) and stage <> 'closed'
            order by opened_at desc limit 1),
        (select id from contact where worker = coalesce(worker_address.worker, texting.worker) and stage = 'closed'
            and closed_at > asked.recent order by closed_at desc limit 1))",
};

const OFFERS: Rows = Rows {
    before: "with wanted (id) as (values ",
    columns: 1,
    after: ") select contact, operator, letter, state, at from offer
        where contact in (select id from wanted) order by at, operator, letter",
};

/// Every offer that may be taken, and the newest of those that are gone.
const OFFERED: &str = "
    with theirs (contact, operator, letter, state, at) as (
        select * from (select contact, operator, letter, state, at from offer
            where operator = $1 and state = 'open' and at > $2 order by at desc limit 400) as open
        union all
        select * from (select contact, operator, letter, state, at from offer
            where operator = $1 and state = 'gone' and at > $2 order by at desc limit 20) as gone)
    select theirs.contact, theirs.operator, theirs.letter, theirs.state, theirs.at, contact.body
    from theirs join contact on contact.id = theirs.contact
    order by theirs.at desc, contact.number desc";

const OPEN_OF_WORKER: &str = "
    select body from contact where worker = $1 and stage <> 'closed' order by opened_at desc limit 50";

const FINISHED_OF_WORKER: &str = "
    select body from contact where worker = $1 and stage = 'closed' and closed_at > $2 order by closed_at desc limit 5";

const NUMBERED: &str = "select body from contact where number = $1";

const LOADS: &str = "
    select owner, count(*), count(case when stage = 'held' then body->>'call' end) from contact
    where owner is not null and stage <> 'closed' group by owner order by owner";

const PAUSED: &str = "select operator from pause where until > $1 order by operator";

#[derive(Debug, sqlx_macros::FromRow)]
#[expect(clippy::struct_excessive_bools, reason = "a row of a query, each column a question of its own")]
struct AroundRow {
    n: i64,
    worker: Option<Uuid>,
    organisation: Option<String>,
    lang: Option<String>,
    asks: Option<Uuid>,
    body: Option<Json<Contact>>,
    before: bool,
    named: bool,
    beside: bool,
    said: Option<Uuid>,
    offers: bool,
    ringing: bool,
    loaded: bool,
    paused: bool,
    troubled: bool,
    stops: bool,
    next_number: i64,
}

#[derive(Debug, sqlx_macros::FromRow)]
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

#[derive(Debug, sqlx_macros::FromRow)]
struct OfferedRow {
    #[sqlx(flatten)]
    offer: OfferRow,
    body: Json<Contact>,
}

/// What an operator has to do: open contacts, and those of them whose caller is on the line.
type Load = (OperatorId, i64, i64);

/// What is read for many events at once, before it is dealt out.
#[derive(Default)]
struct Shared {
    letters: Vec<Letter>,
    offers: Vec<Offer>,
    ringing: Vec<Letter>,
    loads: Vec<Load>,
    points: Vec<Point>,
}

impl Batch {
    /// Reads what is stored about each event, in their order.
    ///
    /// # Errors
    /// When the database fails or holds a value this program does not know.
    pub async fn read(&mut self, asked: &[Asked<'_>]) -> Result<Vec<Known>, StoreError> {
        let rows = self.around(asked).await?;
        let shared = self.shared(asked, &rows).await?;
        let mut known = Vec::with_capacity(asked.len());
        for (asked, row) in asked.iter().zip(rows) {
            known.push(self.known(asked, row, &shared).await?);
        }
        Ok(known)
    }

    /// One row for each event.
    async fn around(&mut self, asked: &[Asked<'_>]) -> Result<Vec<AroundRow>, StoreError> {
        let numbered: Vec<_> = (0_i64..).zip(asked).collect();
        let mut rows: Vec<AroundRow> = Vec::with_capacity(asked.len());
        for piece in filled(&numbered) {
            let found: Vec<AroundRow> = read_rows!(self, AROUND, piece, |query, asked| {
                let (n, asked) = asked;
                let address = asked.ask.address();
                query
                    .bind(n)
                    .bind(asked.key.as_str())
                    .bind(address.map(|address| address.channel.as_str()))
                    .bind(address.map(|address| address.handle.as_str()))
                    .bind(asked.ask.texts().map(|texts| texts.channel.as_str()))
                    .bind(asked.ask.letter().map(|letter| letter.0))
                    .bind(asked.ask.original().map(EventKey::as_str))
                    .bind(asked.ask.contact().map(|contact| contact.0))
                    .bind(asked.ask.call())
                    .bind(micros(asked.at))
                    .bind(recent(asked.at))
            })
            .tried("read what surrounds an event")?;
            rows.extend(found);
        }
        rows.sort_by_key(|row| row.n);
        rows.dedup_by_key(|row| row.n);
        Ok(rows)
    }

    /// Reads only what there is.
    async fn shared(&mut self, asked: &[Asked<'_>], rows: &[AroundRow]) -> Result<Shared, StoreError> {
        let letters: Vec<_> = asked.iter().filter_map(|asked| asked.ask.letter()).collect();
        let of = |there: fn(&AroundRow) -> bool| {
            let rows = rows.iter().filter(|row| there(row));
            rows.filter_map(|row| row.body.as_ref().map(|body| body.id)).collect::<Vec<_>>()
        };
        Ok(Shared {
            letters: self.letters(&letters).await?,
            offers: self.offers(&of(|row| row.offers)).await?,
            ringing: self.ringing(&of(|row| row.ringing)).await?,
            loads: if rows.iter().any(|row| row.loaded) { self.loads().await? } else { Vec::new() },
            points: if rows.iter().any(|row| row.troubled) { self.points_in_trouble().await? } else { Vec::new() },
        })
    }

    async fn known(&mut self, asked: &Asked<'_>, row: AroundRow, shared: &Shared) -> Result<Known, StoreError> {
        if row.before {
            return Ok(Known::Before(self.replies_to(asked.key).await?));
        }
        let said = row.said.map(LetterId);
        let mut situation = Situation { said, next_number: row.next_number, loads: shared.loads.iter().map(|(operator, open, _)| (operator.clone(), *open)).collect(), talking: talking(&shared.loads), points: shared.points.clone(), ..Situation::default() };
        if let (Some(id), Some(lang), Some(address)) = (row.worker, row.lang, asked.ask.address()) {
            let lang = Lang::from_code(&lang).ok_or_else(|| unknown("language", &lang))?;
            let (id, organisation) = (WorkerId(id), row.organisation);
            situation.worker = Some(Worker { id, organisation, address: address.clone(), lang });
        }
        if let Some(letter) = asked.ask.letter() {
            situation.letter = shared.letters.iter().find(|known| known.id == letter).cloned();
        }
        if let Some(Json(mut contact)) = row.body {
            contact.worker = row.asks.map_or(contact.worker, WorkerId);
            contact.beside = row.beside;
            situation.named = row.named.then(|| contact.clone());
            situation.offers = shared.offers.iter().filter(|offer| offer.contact == contact.id).cloned().collect();
            situation.ringing =
                shared.ringing.iter().filter(|letter| letter.contact == Some(contact.id)).cloned().collect();
            situation.contact = Some(contact);
        }
        if let (Ask::Worker { all, .. }, Some(worker)) = (&asked.ask, &situation.worker)
            && (row.beside || *all)
        {
            situation.asking = self.asking(worker.id, asked.at, *all).await?;
        }
        if let Ask::Operator { operator, number, .. } = &asked.ask {
            situation.named = self.numbered(*number).await?;
            situation.held = self.held(operator).await?;
            situation.offered = self.offered(operator, asked.at).await?;
            let may_mean = situation.held.iter().chain(situation.offered.iter().map(|(contact, _)| contact));
            let mut may_mean: Vec<_> = may_mean.chain(&situation.contact).map(|contact| contact.id).collect();
            may_mean.sort_unstable();
            may_mean.dedup();
            situation.offers = self.offers(&may_mean).await?;
            situation.ringing = self.ringing(&may_mean).await?;
        }
        if let Ask::Shift { operator, line, from } = &asked.ask {
            situation.held = self.held(operator).await?;
            situation.on_line = self.open_on(line).await?;
            situation.finished = self.finished_by(operator, *from).await?;
        }
        if asks_for_swaps(&asked.ask, situation.letter.as_ref()) {
            situation.swaps = self.swaps(asked.at).await?;
        }
        if let Ask::Link { code, .. } = &asked.ask {
            let (invited, addresses) = self.invited(code, asked.at).await?.unzip();
            let own = situation.worker.as_ref().map(|worker| worker.id);
            situation.addresses = match (addresses, own) {
                (Some(addresses), _) => addresses,
                (None, Some(worker)) => self.addresses_of(worker).await?,
                (None, None) => Vec::new(),
            };
            situation.invited = invited;
        }
        if let Some(address) = asked.ask.texts().filter(|_| row.stops) {
            situation.stopped = self.stopped(address).await?;
        }
        if let Ask::Keyword { address, .. } = &asked.ask {
            situation.waiting = self.waiting_to(address).await?;
        }
        if let (Ask::Failure(_), Some(contact)) = (&asked.ask, &situation.contact) {
            situation.addresses = self.addresses(contact.id).await?;
        }
        self.know_points(&asked.ask, &mut situation).await?;
        if let Some((address, code)) = &asked.code {
            situation.invitation = self.invitation(code).await?;
            situation.guesses = self.guesses(address).await?;
        }
        if row.paused {
            situation.paused = self.paused(asked.at).await?;
        }
        Ok(Known::Now(Box::new(situation)))
    }

    /// Adds the contact points an event is about to those in trouble.
    async fn know_points(&mut self, ask: &Ask, situation: &mut Situation) -> Result<(), StoreError> {
        let about = match ask {
            Ask::Operator { operator, .. } => Some(operator),
            Ask::Keyword { operator, .. } => operator.as_ref(),
            Ask::Failure(_) => {
                situation.warned = self.warned().await?;
                situation.letter.as_ref().and_then(|letter| letter.operator.as_ref())
            }
            Ask::Ahead => {
                situation.points = self.points().await?;
                situation.warned = self.warned().await?;
                None
            }
            Ask::Nothing | Ask::Worker { .. } | Ask::Link { .. } | Ask::Shift { .. } | Ask::Letter(_) | Ask::Contact(_) | Ask::Timer(_) | Ask::Swaps => None,
        };
        if let Some(operator) = about {
            let own = self.points_of(operator).await?;
            situation.points.retain(|point| !own.iter().any(|own| own.address == point.address));
            situation.points.extend(own);
        }
        Ok(())
    }

    async fn offers(&mut self, contacts: &[ContactId]) -> Result<Vec<Offer>, StoreError> {
        let mut offers = Vec::new();
        for piece in filled(contacts) {
            let found: Vec<OfferRow> =
                read_rows!(self, OFFERS, piece, |query, contact| query.bind(contact.0)).tried("read contacts' offers")?;
            for row in found {
                offers.push(row.offer()?);
            }
        }
        Ok(offers)
    }

    /// Those that may be taken and the newest twenty that are gone, newest last.
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

    /// The contact of a number somebody names.
    async fn numbered(&mut self, number: Option<i64>) -> Result<Option<Contact>, StoreError> {
        let Some(number) = number else { return Ok(None) };
        let row: Option<(Json<Contact>,)> =
            on!(&mut self.writer, writing => sqlx::query_as(NUMBERED).bind(number).fetch_optional(&mut *writing.tx).await).tried("look for a contact by its number")?;
        Ok(row.map(|(Json(contact),)| contact))
    }

    /// The open contacts of a worker, newest first; with those finished lately behind them, where `all` are
    /// asked for.
    async fn asking(&mut self, worker: WorkerId, now: DateTime<Utc>, all: bool) -> Result<Vec<Contact>, StoreError> {
        let mut rows: Vec<(Json<Contact>,)> =
            on!(&mut self.writer, writing => sqlx::query_as(OPEN_OF_WORKER).bind(worker.0).fetch_all(&mut *writing.tx).await).tried("read a worker's open contacts")?;
        let beside = rows.len() > 1;
        if all {
            let finished: Vec<(Json<Contact>,)> = on!(&mut self.writer, writing => sqlx::query_as(FINISHED_OF_WORKER)
                .bind(worker.0)
                .bind(recent(now))
                .fetch_all(&mut *writing.tx).await)
            .tried("read what a worker asked lately")?;
            rows.extend(finished);
        }
        Ok(rows.into_iter().map(|(Json(contact),)| Contact { worker, beside, ..contact }).collect())
    }

    async fn loads(&mut self) -> Result<Vec<Load>, StoreError> {
        let rows: Vec<(String, i64, i64)> =
            on!(&mut self.writer, writing => sqlx::query_as(LOADS).fetch_all(&mut *writing.tx).await).tried("count open contacts")?;
        Ok(rows.into_iter().map(|(operator, open, calls)| (OperatorId(operator), open, calls)).collect())
    }

    async fn paused(&mut self, now: DateTime<Utc>) -> Result<Vec<OperatorId>, StoreError> {
        let rows: Vec<(String,)> =
            on!(&mut self.writer, writing => sqlx::query_as(PAUSED).bind(micros(now)).fetch_all(&mut *writing.tx).await)
                .tried("read who rests")?;
        Ok(rows.into_iter().map(|(operator,)| OperatorId(operator)).collect())
    }
}

fn talking(loads: &[Load]) -> Vec<OperatorId> {
    loads.iter().filter(|(.., calls)| *calls > 0).map(|(operator, ..)| operator.clone()).collect()
}

/// A letter to an operator that is about no contact may ask for a swap.
const fn asks_for_swaps(ask: &Ask, letter: Option<&Letter>) -> bool {
    match (ask, letter) {
        (Ask::Operator { .. } | Ask::Swaps, _) => true,
        (Ask::Letter(_) | Ask::Failure(_), Some(letter)) => letter.contact.is_none() && letter.operator.is_some(),
        _ => false,
    }
}

fn recent(now: DateTime<Utc>) -> DateTime<Utc> {
    micros(now.checked_sub_signed(RECENT).unwrap_or(now))
}
