-- What was seen to work, for the command check: rehearsals, test alerts, heartbeats, scorecards. The latest of each.

create table observation (
    kind    text        not null,
    subject text        not null, -- an agent or a channel; '' for the whole process
    seen_at timestamptz not null,
    ok      boolean     not null,
    detail  text        not null,
    took_ms bigint,
    primary key (kind, subject)
);
