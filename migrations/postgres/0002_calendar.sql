-- Addresses of calendar feeds; ../sqlite says more.
create table calendar_feed (
    kind text not null,
    id text not null,
    token_hash bytea not null unique,
    author text not null,
    created_at timestamptz not null,
    primary key (kind, id)
);
