-- Model calls that wait for the provider's batch endpoint.

create table batch (
    id          uuid        primary key, -- the provider is told it, too
    agent       text        not null,
    created_at  timestamptz not null,
    file_id     text,                    -- of the uploaded requests, by the provider's name
    provider_id text,                    -- null until the provider is known to have it
    ended_at    timestamptz              -- since when its answers are here
);

create index batch_open on batch (agent) where ended_at is null;

create table batch_call (
    id           uuid primary key,       -- the custom_id of its line, and the id of its model_call
    entry_id     uuid not null references entry on delete cascade,
    key          text not null,          -- a hash of the request
    state        text not null,          -- WAITING for a batch, SENT in one, or ANSWERED
    batch_id     uuid references batch,
    request      text,                   -- the body of the request; null once it is answered
    status       integer,                -- the HTTP status of the answer
    response     text,                   -- the body of the answer
    reservations uuid[] not null,        -- money that is held for it,
    scopes       text[] not null,        -- of these budgets,
    reserved_on  date                    -- on this day
);

create unique index batch_call_of_entry on batch_call (entry_id, key);
create index batch_call_of_batch on batch_call (batch_id);

-- The same import of what people did is recorded once, and the same reaction in Slack. A message in Slack is found by its receipt.
create unique index feedback_by_import on feedback (entry_id, coalesce(correct_label, '')) where source = 'IMPORT';
create unique index feedback_by_reaction on feedback (entry_id, verdict)
    where source = 'SLACK' and correct_label is null and note is null;
create index delivery_in_slack on delivery (receipt) where receipt like 'Slack message %';
