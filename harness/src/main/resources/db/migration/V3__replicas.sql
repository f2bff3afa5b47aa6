-- Several processes on one database: who works on an agent, and which of its due times a run answers.

-- Made for ShedLock, in UTC and by the database's own clock. https://github.com/lukas-krecan/ShedLock
create table shedlock (
    name       text      primary key,
    lock_until timestamp not null,
    locked_at  timestamp not null,
    locked_by  text      not null
);

alter table run
    drop column lease_until,
    add column seq bigint generated always as identity,       -- the order of runs, whatever the clocks say
    add column opened_at timestamptz not null default now(),  -- by the database's clock
    add column due_at timestamptz;                            -- null: somebody asked for it, or it makes up for another
create unique index run_once_when_due on run (agent, due_at);
create index run_crashed on run (agent, finished_at) where outcome = 'CRASHED';
drop index run_completed;
create index run_completed on run (agent, seq desc) where outcome in ('COMPLETED', 'COMPLETED_WITH_ERRORS');
