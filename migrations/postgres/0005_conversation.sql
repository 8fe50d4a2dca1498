-- Files sent along with messages. Written before the event that names them; read by whoever the
-- file is passed to. A row dies 30 days after it was written.
create table attachment (
    id uuid not null primary key,
    format text not null,
    body bytea not null,
    at timestamptz not null
);
create index attachment_at on attachment (at);

-- Codes by which a worker joins another device to a conversation. Written when one is asked for,
-- read when one is sent back. A row dies with its use, or with the next code after its time.
create table link (
    code text not null primary key,
    worker uuid not null references worker (id),
    until timestamptz not null
);
