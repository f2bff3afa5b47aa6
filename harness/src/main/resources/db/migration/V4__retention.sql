-- What is old is forgotten. Of an entry that is done its key stays for good, so that no item is ever worked on twice.

alter table entry
    alter column item drop not null,   -- null: forgotten, and with it decision, fault and run
    alter column run_id drop not null;

-- These make it cheap to find what is due to be forgotten.
create index entry_done on entry ((coalesce(delivered_at, decided_at, admitted_at)))
    where state in ('SHADOWED', 'DELIVERED', 'REJECTED') and item is not null;
create index run_finished on run (finished_at);

-- What an agent's days cost, read from the index alone.
create index model_call_paid on model_call (agent, called_at) include (cost_usd) where cost_usd > 0;

-- The last day that was noticed to cost an agent far more than usual, so that it is told once, over all processes.
create table spend_spike (
    agent text primary key,
    day   date not null
);
