-- Which key a file is sealed with; empty for files kept before there was one. The key itself is
-- never in the database.
alter table attachment add column sealed_by text;

-- Spoken messages the phone network has recorded. Written when the network tells of one, before it is
-- fetched; read by the gateway until it is fetched and deleted there, and by whoever forgets it. A row
-- dies when its file is forgotten and nothing is left at the provider.
create table recording (
    reference text not null primary key,
    contact blob not null references contact (id),
    channel text not null,
    handle text not null,
    seconds integer not null,
    state text not null,
    attempts integer not null,
    file blob,
    at text not null,
    due_at text not null,
    forget_at text not null
) without rowid;
create index recording_due on recording (due_at) where state <> 'deleted';
create index recording_forget on recording (forget_at);
