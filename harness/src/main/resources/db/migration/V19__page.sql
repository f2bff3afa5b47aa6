-- Who did what, and what the page's lists are read by.

create table audit_log (
    id       uuid        primary key,
    at       timestamptz not null,
    actor    text        not null, -- the name given at login, or what stands for a person
    via      text        not null, -- PAGE, API, COMMAND, SLACK or LINK
    action   text        not null,
    agent    text,
    run_id   uuid,                 -- no foreign keys: runs and entries may be deleted before this is
    entry_id uuid,
    detail   text
);
create index audit_log_of_entry on audit_log (entry_id, id desc) where entry_id is not null;
create index audit_log_of_run on audit_log (run_id, id desc) where run_id is not null;

create index run_by_outcome on run (outcome, id desc);
create index run_by_agent_and_outcome on run (agent, outcome, id desc);
create index run_by_start on run (started_at);
create index run_by_agent_and_start on run (agent, started_at);
create index run_by_agent_and_seq on run (agent, seq);
create index entry_approved on entry (agent, approved_at) where approved_at is not null;
create index entry_set_aside on entry (agent, set_aside_at) where set_aside_at is not null;
create index feedback_by_time on feedback (given_at);
create index audit_log_seen on audit_log (agent, id desc) where action = 'SAW_FAILURES';
