-- What a letter is called outside, and which of the line's own numbers it leaves from. `reference`
-- is written when the channel has the letter, or when it belongs to a call.
alter table letter add column own text;
alter table letter add column reference text;
