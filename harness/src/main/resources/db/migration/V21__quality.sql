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

-- Which labels of an agent go live, where it has to earn that: drydock.agents.NAME.live-labels=earned.

create table earned_label (
    agent        text        not null,
    label        text        not null,
    live         boolean     not null,
    moved_at     timestamptz not null,
    judged       integer     not null, -- what the last move rests on
    agreed       integer     not null,
    why          text        not null, -- for people
    counted_from timestamptz,          -- what was decided earlier no longer counts, because the label fell back
    primary key (agent, label)
);

-- Each move, for an audit.
create table earned_label_move (
    id       uuid        primary key,
    agent    text        not null,
    label    text        not null,
    live     boolean     not null,
    moved_at timestamptz not null,
    judged   integer     not null,
    agreed   integer     not null,
    why      text        not null
);

create index earned_label_move_of_agent on earned_label_move (agent, moved_at);
