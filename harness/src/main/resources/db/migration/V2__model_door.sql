-- The door to the models: what each call says of itself, what a day has cost, answers to be used again, and the tools
-- that change the world.

alter table model_call
    alter column run_id drop not null, -- a call may be made outside of any run
    alter column entry_id drop not null,
    alter column cost_usd type numeric(18, 9),
    add column agent            text,
    add column route            text,                    -- why this model was asked
    add column attempt          integer not null default 1,
    add column prompt_name      text,
    add column prompt_version   text,                    -- a hash of its text
    add column tokens_cached    bigint,                  -- of tokens_in
    add column tokens_reasoning bigint,                  -- of tokens_out
    add column tokens_cut       bigint not null default 0, -- what was left out, for the model takes no more
    add column from_cache       boolean not null default false;
create index model_call_by_time on model_call (called_at);

alter table run
    alter column cost_usd type numeric(18, 9),
    add column trace_id text;

alter table entry
    add column tokens_cut bigint not null default 0; -- what the model was not shown of the item

-- A day's spending, of all agents (scope '') or of one.
create table spend (
    day          date           not null,
    scope        text           not null,
    spent_usd    numeric(18, 9) not null,
    reserved_usd numeric(18, 9) not null default 0,
    primary key (day, scope)
);

-- The worst case of a call under way; void after expires_at, for then its process is gone.
create table reservation (
    id         uuid           not null,
    scope      text           not null,
    day        date           not null,
    amount_usd numeric(18, 9) not null,
    expires_at timestamptz    not null,
    primary key (id, scope)
);
create index reservation_expired on reservation (expires_at);

create table cached_answer (
    key        text        primary key, -- a hash of all that was asked
    response   json        not null,
    expires_at timestamptz not null
);
create index cached_answer_expired on cached_answer (expires_at);

-- Calls of tools that change the world: proposed, approved or made.
create table side_effect (
    id         uuid        primary key,
    entry_id   uuid        not null references entry,
    agent      text        not null,
    call_key   text        not null, -- a hash of tool and arguments: the same call of one entry is one row
    tool       text        not null,
    arguments  json        not null,
    risk       text        not null,
    state      text        not null,
    result     text,
    proposed_at timestamptz not null,
    settled_at  timestamptz,
    constraint side_effect_once unique (entry_id, call_key)
);
create index side_effect_done on side_effect (agent, risk, settled_at);
