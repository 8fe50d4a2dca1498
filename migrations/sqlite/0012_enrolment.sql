-- Codes that bring somebody in: as an operator of the roster, or as a worker of a prison. Written by the
-- console and a command, `uses` by turns; read when a code is sent. A code is kept as it is: of so few
-- signs a hash would hide nothing. A row never dies, so that an old code is told from a wrong one.
create table invitation (
    id text not null primary key,
    code text not null unique,
    operator text,
    prison text references prison_login (code),
    author text not null,
    made_at text not null,
    expires_at text not null,
    revoked_at text,
    uses integer not null,
    uses_max integer not null
) without rowid;

-- Wrong codes by the address they came from, and until when nothing from there is judged. Written by
-- turns. A row dies with a right code, or two days after the last wrong one.
create table invitation_guess (
    channel text not null,
    handle text not null,
    failures integer not null,
    last_at text not null,
    locked_until text,
    primary key (channel, handle)
) without rowid;
