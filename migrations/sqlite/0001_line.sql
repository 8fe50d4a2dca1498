-- The whole line on SQLite. The same tables and columns stand in ../postgres; a test compares them.
-- Times are RFC 3339 text in UTC with at most six decimals, which sorts as it reads. Ids are sixteen bytes.

-- Every event that was accepted. Written by a turn, which claims the key; read by a turn that
-- meets the key again and by the thread of an address. `words` are masked. A row never dies:
-- it is what makes a repeat harmless.
create table event (
    seq integer primary key,
    key text not null unique,
    at text not null,
    kind text not null,
    channel text,
    handle text,
    contact blob,
    words text
);
create index event_heard on event (channel, handle, seq) where channel is not null;

-- Workers, by organisation and never by name. Written by a turn that meets or re-introduces one;
-- read by turns. A row dies with the erasure of the worker's data.
create table worker (
    id blob not null primary key,
    organisation text,
    lang text not null
) without rowid;

-- Which worker writes from which address. Written, read and dying as `worker`.
create table worker_address (
    channel text not null,
    handle text not null,
    worker blob not null references worker (id),
    primary key (channel, handle)
) without rowid;

-- Contacts: `body` is the whole contact, the columns before it repeat what is searched and sorted
-- (`words` folded).
-- Written by turns; read by turns and the console. A row dies at the end of its retention.
create table contact (
    number integer primary key,
    id blob not null unique,
    worker blob not null references worker (id),
    line text,
    region text,
    channel text not null,
    medium text not null,
    stage text not null,
    owner text,
    epoch integer not null,
    urgent boolean not null,
    opened_at text not null,
    changed_at text not null,
    answered_at text,
    promise_due text,
    closed_at text,
    outcome text,
    review text not null,
    words text not null,
    body text not null
);
create index contact_newest on contact (opened_at, number, stage, review, line, region, channel, urgent);
create index contact_stage on contact (stage, opened_at, number);
create index contact_review on contact (review, opened_at, number);
create index contact_line on contact (line, opened_at, number);
create index contact_region on contact (region, opened_at, number);
create index contact_channel on contact (channel, opened_at, number);
create index contact_open on contact (opened_at, number) where stage <> 'closed';
create index contact_worker_open on contact (worker, opened_at) where stage <> 'closed';
create index contact_worker_closed on contact (worker, closed_at) where stage = 'closed';
create index contact_owner on contact (owner, opened_at) where owner is not null and stage <> 'closed';

-- How many contacts carry a value. Written by the triggers below in the transaction of the change;
-- read by the console, which never counts, and by the choice of an index. A row never dies.
create table tally (
    kind text not null,
    value text not null,
    n integer not null,
    primary key (kind, value)
) without rowid;

create trigger contact_added after insert on contact begin
    insert into tally (kind, value, n) values
        ('stage', new.stage, 1), ('review', new.review, 1), ('channel', new.channel, 1),
        ('line', coalesce(new.line, ''), 1), ('region', coalesce(new.region, ''), 1)
    on conflict (kind, value) do update set n = n + excluded.n;
end;

create trigger contact_removed after delete on contact begin
    insert into tally (kind, value, n) values
        ('stage', old.stage, -1), ('review', old.review, -1), ('channel', old.channel, -1),
        ('line', coalesce(old.line, ''), -1), ('region', coalesce(old.region, ''), -1)
    on conflict (kind, value) do update set n = n + excluded.n;
end;

create trigger contact_moved after update of stage, review, line, region on contact
when old.stage <> new.stage or old.review <> new.review or old.line is not new.line or old.region is not new.region begin
    insert into tally (kind, value, n) values
        ('stage', old.stage, -1), ('stage', new.stage, 1), ('review', old.review, -1), ('review', new.review, 1),
        ('line', coalesce(old.line, ''), -1), ('line', coalesce(new.line, ''), 1),
        ('region', coalesce(old.region, ''), -1), ('region', coalesce(new.region, ''), 1)
    on conflict (kind, value) do update set n = n + excluded.n;
end;

-- The contact log: a row holds the entries of one turn, in their order. Written by turns, in the
-- commit of the change it tells of, and never altered; read by the console. `words` are folded for
-- the search. A row dies with its contact.
create table log (
    seq integer primary key,
    contact blob not null references contact (id),
    entries text not null,
    words text
);
create index log_contact on log (contact);

-- Letters to people. Written by turns; moved to `sending` by the outbox, onwards by turns; read by
-- the outbox, turns and the console. `seq` is the order in which letters leave for one address,
-- `rank` puts answers before notices. A row dies with its contact.
create table letter (
    seq integer primary key,
    id blob not null unique,
    cause text not null,
    channel text not null,
    handle text not null,
    contact blob references contact (id),
    operator text,
    sort text not null,
    rank integer not null,
    lang text not null,
    body text not null,
    created_at text not null,
    due_at text not null,
    expires_at text,
    delivery text not null,
    attempts integer not null,
    taken_at text,
    error text
);
create index letter_cause on letter (cause);
create index letter_thread on letter (channel, handle, seq);
create index letter_contact on letter (contact, seq) where contact is not null;
create index letter_pending on letter (channel, handle, seq) where delivery in ('queued', 'sending');
create index letter_due on letter (rank, due_at) where delivery = 'queued';
create index letter_expiring on letter (expires_at) where delivery = 'queued' and expires_at is not null;
create index letter_sending on letter (taken_at) where delivery = 'sending';
create index letter_trouble on letter (delivery, created_at) where delivery in ('unknown', 'failed');

-- Contacts offered to operators. Written and read by turns. A row dies with its contact.
create table offer (
    contact blob not null references contact (id),
    operator text not null,
    letter blob not null references letter (id),
    state text not null,
    at text not null,
    primary key (contact, operator, letter)
) without rowid;
create index offer_operator on offer (operator, state, at);

-- What is to happen later. Written by turns, read by the timer loop. A row dies when it has rung
-- or is no longer wanted.
create table timer (
    id blob not null primary key,
    contact blob not null references contact (id),
    epoch integer not null,
    kind text not null,
    body text not null,
    due_at text not null
) without rowid;
create index timer_due on timer (due_at);
create index timer_contact on timer (contact);

-- Operators who rest, and until when. Written and read by turns. A row dies when the rest is ended
-- by hand; one that has passed is void.
create table pause (
    operator text not null primary key,
    until text not null
);

-- Lines with their hours and roster. Written by the console, commands and imports; read when the
-- handbook is loaded. A row dies when the line is removed.
create table line (
    id text not null primary key,
    body text not null
);

-- Operators and coordinators. Written, read and dying as `line`.
create table operator (
    id text not null primary key,
    body text not null
);

-- Who is away when, and who stands in. Written, read and dying as `line`.
create table absence (
    id text not null primary key,
    body text not null
);

-- Which line serves another's regions when. Written, read and dying as `line`.
create table cover (
    id text not null primary key,
    body text not null
);

-- Every version of every row of `line`, `operator`, `absence` and `cover`: from when it was in force
-- and who made it; without a body the row was removed then. Written with the row, in the same
-- transaction, and never altered; read to say who was on duty in the past. A row never dies.
create table roster_version (
    seq integer primary key,
    kind text not null,
    id text not null,
    at text not null,
    author text not null,
    body text
);
create index roster_version_of on roster_version (kind, id, seq);

-- The catalogue. Written by the console and imports; read when the handbook is loaded. A row dies
-- when an import no longer has it.
create table service (
    id blob not null primary key,
    region text not null,
    body text not null
);

-- One row that rises with every change of `line`, `operator`, `absence`, `cover` or `service`, in the same transaction.
-- Read to see whether the loaded handbook is still the newest. The row never dies.
create table handbook (
    id integer not null primary key check (id = 1),
    version integer not null
);
insert into handbook (id, version) values (1, 0);

-- People who sign in to the console. Written by the command line and the console; read at sign-in.
-- A row dies when the user is removed.
create table console_user (
    name text not null primary key,
    password_hash text not null,
    role text not null,
    created_at text not null
);

-- Signed-in browsers of the console, by the hash of their token. Written at sign-in and use, read
-- with each request. A row dies at sign-out or when swept.
create table console_session (
    token_hash blob not null primary key,
    username text not null references console_user (name) on delete cascade,
    created_at text not null,
    seen_at text not null
);

-- Prisons that may use the worker's page. Written by the console and by failed sign-ins; read at
-- sign-in. A row dies when the prison is removed.
create table prison_login (
    code text not null primary key,
    name text not null,
    pin_hash text not null,
    failures integer not null,
    locked_until text
);

-- Signed-in browsers of the worker's page. Written at sign-in, read with each request. A row dies
-- when swept.
create table web_session (
    token_hash blob not null primary key,
    handle text not null,
    organisation text not null,
    created_at text not null
);
