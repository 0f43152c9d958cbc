-- Trace id and span id of the request that a hold was made for, if its trace is sampled: what happens to the hold later is
-- linked to it. Null takes no room. An instance of the version before goes on, and leaves it null.
alter table hold add column trace bytea;
