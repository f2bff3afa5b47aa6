-- What a person must be told, and what each channel was told of it.

create table alert (
    id           uuid        primary key,
    rule         text        not null,
    subject      text        not null, -- an agent, a source, or '' for the whole process
    agent        text,
    severity     text        not null,
    summary      text        not null,
    details      text        not null,
    opened_at    timestamptz not null,
    seen_at      timestamptz not null, -- when it was last said to be so, of what has no end of its own
    escalated_at timestamptz,
    resolved_at  timestamptz
);
create unique index alert_open_once on alert (rule, subject) where resolved_at is null;
create index alert_by_subject on alert (rule, subject, resolved_at desc);
create index alert_resolved on alert (resolved_at);

-- One for each channel and each turn of an alert's life.
create table notice (
    id              uuid        primary key,
    alert_id        uuid        not null references alert on delete cascade,
    turn            text        not null,
    channel         text        not null,
    severity        text        not null,
    summary         text        not null,
    details         text        not null,
    at              timestamptz not null,
    seq             bigint generated always as identity,
    state           text        not null, -- WAITING, SENT, REFUSED or GIVEN_UP
    attempts        integer     not null default 0,
    next_attempt_at timestamptz not null,
    lease_until     timestamptz,
    answer          text,                 -- of the channel, or why it has not taken it
    sent_at         timestamptz,
    constraint notice_once unique (alert_id, turn, channel)
);
create index notice_waiting on notice (next_attempt_at) where state = 'WAITING';

-- The figures that rules compare, read from the index alone.
create index entry_decided on entry (agent, decided_at) include (label) where decided_at is not null;
create index entry_delivered on entry (agent, delivered_at) where delivered_at is not null;
create index model_call_latest on model_call (agent, called_at) include (latency_ms, fault, from_cache, tokens_in, tokens_out);
