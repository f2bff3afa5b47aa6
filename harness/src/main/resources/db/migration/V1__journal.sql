-- What happened: each cycle is a run, each item in each version an entry, each call of a model and each attempt at a
-- delivery a row of its own. Ids are UUIDv7, so that their order is the order of time. Documents are json, not jsonb: kept as written.

create table run (
    id          uuid primary key,
    agent       text        not null,
    mode        text        not null,
    outcome     text        not null,
    skip_reason text,
    fault       text,
    started_at  timestamptz not null,
    finished_at timestamptz,
    window_from timestamptz,
    window_to   timestamptz,
    owner       uuid        not null, -- the process that runs it
    lease_until timestamptz not null, -- past this, without a renewal, the process is taken for dead
    fetched     integer     not null default 0,
    admitted    integer     not null default 0,
    duplicates  integer     not null default 0,
    decided     integer     not null default 0,
    delivered   integer     not null default 0,
    failed      integer     not null default 0,
    tokens_in   bigint      not null default 0,
    tokens_out  bigint      not null default 0,
    cost_usd    numeric(14, 6)        -- null: not known
);
create unique index run_one_at_a_time on run (agent) where outcome = 'RUNNING';
create index run_by_agent on run (agent, id desc);
create index run_completed on run (agent, id desc) where outcome in ('COMPLETED', 'COMPLETED_WITH_ERRORS');

create table entry (
    id                uuid primary key,
    agent             text        not null,
    item_id           text        not null,
    item_version      text        not null,
    item              json       not null,
    state             text        not null,
    mode              text,                 -- the one in force when it was decided
    decision          json,
    label             text,
    decided_by        text,                 -- RULE or MODEL
    fault             text,                 -- why the last step failed
    attempts          integer     not null default 0, -- cycles that failed to decide it
    run_id            uuid        not null references run, -- the last one that worked on it
    admitted_at       timestamptz not null,
    decided_at        timestamptz,
    delivered_at      timestamptz,
    delivery_attempts integer     not null default 0,
    next_delivery_at  timestamptz,
    claim             uuid,                 -- who is delivering it, until lease_until
    lease_until       timestamptz,
    constraint entry_once unique (agent, item_id, item_version)
);
create index entry_by_agent on entry (agent, id desc);
create index entry_by_state on entry (state, id desc);
create index entry_by_agent_and_state on entry (agent, state, id desc);
create index entry_by_run on entry (run_id, id);
create index entry_due on entry (agent, next_delivery_at, id) where state = 'PENDING';

create table model_call (
    id             uuid primary key,
    run_id         uuid        not null references run,
    entry_id       uuid        not null references entry,
    model_asked    text,
    model_answered text,
    request        json       not null,
    response       json,
    tokens_in      bigint,
    tokens_out     bigint,
    cost_usd       numeric(14, 6),
    finish_reason  text,
    fault          text,
    called_at      timestamptz not null,
    latency_ms     bigint      not null
);
create index model_call_by_run on model_call (run_id, id);
create index model_call_by_entry on model_call (entry_id, id);

create table delivery (
    entry_id    uuid        not null references entry,
    attempt     integer     not null,
    outcome     text        not null,
    receipt     text,
    fault       text,
    started_at  timestamptz not null,
    finished_at timestamptz,
    primary key (entry_id, attempt)
);
