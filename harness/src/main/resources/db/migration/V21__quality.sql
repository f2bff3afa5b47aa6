-- Results of evals that asked the model. One that was due has the time: it runs once, however many processes there are.

create table eval_run (
    id         uuid        primary key,
    agent      text        not null,
    due_at     timestamptz,          -- null if a person started it
    case_set   text,                 -- null for all cases
    started_at timestamptz not null,
    ended_at   timestamptz,
    outcome    text        not null, -- RUNNING, or the verdict of the report
    sentence   text,                 -- why, for people
    cases      integer,              -- null if nothing was measured, as are the counts
    correct    integer,
    dangerous  integer,
    cost_usd   numeric,
    result     json                  -- model, prompts, and each case with its decision
);

create unique index eval_run_due on eval_run (agent, due_at);
create index eval_run_ended on eval_run (agent, ended_at);
