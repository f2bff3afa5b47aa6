-- Tool calls of which nobody knows whether they were made, decisions that claim what was not done, and what the next attempt replays.

alter table entry
    add column hold_reason       text, -- why it is HELD
    add column answers           json, -- what the model answered up to its last tool call that changes the world
    add column approved_decision json; -- the decision that a person approved together with its tool calls

alter table side_effect
    add column idempotent boolean not null default false, -- making it again does no harm
    add column started_at timestamptz;
