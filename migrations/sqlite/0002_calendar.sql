-- Addresses of calendar feeds, by the hash of their secret word: at most one of a line (`kind` is
-- `line`) and one of an operator. Written by the console, read with each fetch. A row dies when the
-- address is revoked; a new address takes its place.
create table calendar_feed (
    kind text not null,
    id text not null,
    token_hash blob not null unique,
    author text not null,
    created_at text not null,
    primary key (kind, id)
) without rowid;
