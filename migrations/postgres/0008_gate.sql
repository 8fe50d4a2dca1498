-- Numbers by which a caller is known to ring from a prison. They are no proof of anything. Written by a
-- command, read when a call begins. A row dies when it is taken off the list.
create table prison_phone (
    number text not null primary key,
    code text not null references prison_login (code)
);

-- PINs by which operators prove on the phone who they are. Written by a command and by failed tries;
-- read when an operator calls. A row dies when the PIN is removed.
create table operator_pin (
    operator text not null primary key,
    pin_hash text not null,
    failures bigint not null,
    locked_until timestamptz
);

-- Numbers nobody answers: whole, or their beginning with `*` behind it. Written by a command and the
-- console; read when a call or a message comes in. A row dies when the number is let in again.
create table blocked (
    number text not null primary key,
    reason text not null,
    author text not null,
    at timestamptz not null
);

-- What leaves and costs money, by local day and kind: `part` of a message, `minute` of a call. Written
-- when it has left, read before the next leaves. A row never dies.
create table spend (
    day text not null,
    kind text not null,
    units bigint not null,
    primary key (day, kind)
);
