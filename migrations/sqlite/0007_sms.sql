-- Who wants no more short messages, and from which of the line's numbers ('' where there is but one).
-- Written by turns, read before a message leaves. A row dies when messages are wanted again.
create table opt_out (
    channel text not null,
    handle text not null,
    own text not null,
    since text not null,
    primary key (channel, handle, own)
) without rowid;

-- `throttled` counts attempts at which there was too much at once; they are none. `asks` counts how
-- often a channel was asked what became of a letter, up to 4.
alter table letter add column throttled integer not null default 0;
alter table letter add column asks integer not null default 0;
create index letter_silent on letter (channel, asks, taken_at)
    where asks < 4 and (delivery = 'unknown' or (delivery = 'sent' and reference is not null));
