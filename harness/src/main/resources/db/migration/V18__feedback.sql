-- What people said of decisions. A correction is a candidate for an eval case.

create table feedback (
    id            uuid        primary key,
    entry_id      uuid        not null references entry,
    given_at      timestamptz not null,
    source        text        not null,               -- API or LINK
    verdict       text,                               -- UP or DOWN
    correct       json,                               -- fields of the decision, as they should have been
    correct_label text,
    dangerous     boolean     not null default false, -- whether the mistake was dangerous, by the agent's spec
    rating        smallint,                           -- 1 to 5
    note          text,
    candidate     text                                -- OPEN, ACCEPTED or REJECTED as an eval case; null without a correction
);

create index feedback_of_entry on feedback (entry_id);
create index feedback_open on feedback (id) where candidate = 'OPEN';

-- The link in a delivered message is recorded once, however often it is followed.
create unique index feedback_by_link on feedback (entry_id, verdict) where source = 'LINK';
