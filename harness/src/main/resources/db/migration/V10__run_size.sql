-- What one run takes: entries that an agent's first run left, what waits for the next run, and floods of outputs.

alter table run
    add column waiting integer not null default 0; -- entries that it left to a later one

alter table entry
    add column deferred boolean not null default false, -- left by the first run, until its owner wants it decided
    add column flood_run uuid;                          -- the run that found it among far more outputs than usual
create index entry_deferred on entry (agent) where deferred;
create index entry_flood on entry (agent, flood_run) where flood_run is not null;
