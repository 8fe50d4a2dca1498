-- Swaps of shifts that operators asked each other for: `body` is the whole swap, the columns before
-- it repeat what is searched. `ends_at` is when the last of its shifts ends, `due_at` when it is to be
-- looked at again by itself. Written by turns; read by turns, the timer loop and the console. A row
-- never dies: it tells why somebody else served.
create table swap (
    id text not null primary key,
    ends_at text not null,
    due_at text,
    body text not null
);
create index swap_ends on swap (ends_at, id);
create index swap_due on swap (due_at, id) where due_at is not null;
