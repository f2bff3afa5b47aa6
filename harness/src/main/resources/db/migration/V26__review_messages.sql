-- The messages in Slack that ask for reviews and that nobody has answered yet.

create table review_message (
    entry_id   uuid        primary key, -- the entry; 00000000-… for the one message that counts all others
    claimed_at timestamptz not null,    -- by the process that posts it
    channel    text,                    -- null until it is posted
    ts         text,                    -- by which Slack tells messages of a channel apart
    waiting    integer                  -- what the counting message says
);
