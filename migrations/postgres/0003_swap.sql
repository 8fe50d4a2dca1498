-- Swaps of shifts that operators asked each other for; the comment stands in ../sqlite.
create table swap (
    id text not null primary key,
    ends_at timestamptz not null,
    due_at timestamptz,
    body jsonb not null
);
create index swap_ends on swap (ends_at, id);
create index swap_due on swap (due_at, id) where due_at is not null;
