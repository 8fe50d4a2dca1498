-- Contact points of operators: proven by a code, or in trouble. `body` is the whole point.
-- Written by turns that send a code, read one, or learn that nothing arrives; read by turns and the
-- console. A row dies when its address has left the roster.
create table contact_point (
    channel text not null,
    handle text not null,
    operator text not null,
    troubled_at timestamptz,
    body jsonb not null,
    primary key (channel, handle)
);
create index contact_point_operator on contact_point (operator);
create index contact_point_troubled on contact_point (troubled_at) where troubled_at is not null;

-- What coordinators were warned of. Written and read by turns, read by the console. A row dies when
-- the matter is solved or over.
create table warned (
    key text not null primary key,
    line text not null,
    first_at timestamptz not null,
    again_at timestamptz
);
