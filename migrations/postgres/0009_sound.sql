-- Which key a file is sealed with; empty for files kept before there was one. The key itself is
-- never in the database.
alter table attachment add column sealed_by text;

-- Spoken messages the phone network has recorded. Written when the network tells of one, before it is
-- fetched; read by the gateway until it is fetched and deleted there, and by whoever forgets it. A row
-- dies when its file is forgotten and nothing is left at the provider.
create table recording (
    reference text not null primary key,
    contact uuid not null references contact (id),
    channel text not null,
    handle text not null,
    seconds bigint not null,
    state text not null,
    attempts bigint not null,
    file uuid,
    at timestamptz not null,
    due_at timestamptz not null,
    forget_at timestamptz not null
);
create index recording_due on recording (due_at) where state <> 'deleted';
create index recording_forget on recording (forget_at);
