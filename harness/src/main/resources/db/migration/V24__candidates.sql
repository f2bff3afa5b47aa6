-- Which prompts and models a decision comes from. What people judged under another prompt says nothing about today's.

alter table entry add column asked text[];         -- 'prompt version model' of each; null before this column, and empty for a rule

alter table earned_label add column asked text[];  -- of the outputs that a live label rests on

-- What a candidate, another prompt or model, decided about an entry beside the decision that counts. It is never delivered.
create table candidate_decision (
    entry_id   uuid        not null references entry on delete cascade,
    candidate  text        not null,               -- a hash of its prompt and model
    claimed_at timestamptz not null,
    decided_at timestamptz,                        -- null while a process decides it, and if that died
    decision   json,                               -- null if it failed, and after deletion
    label      text,
    fault      text,
    same       boolean     not null default false, -- as the decision that counts
    dangerous  boolean     not null default false, -- by the agent's spec, if the decision that counts is right
    cost_usd   numeric(18, 9),                     -- null where a price is not known
    primary key (entry_id, candidate)
);

create index candidate_decision_by_time on candidate_decision (candidate, decided_at);
