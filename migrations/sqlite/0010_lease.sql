-- Who alone listens where one listener is allowed, and until when. Written and read by the listeners
-- of every node. A row dies when it is let go.
create table lease (
    name text not null primary key,
    holder text not null,
    until text not null
) without rowid;

-- Whoever replies to a message names it as its channel does.
create index letter_called on letter (channel, reference) where reference is not null;
