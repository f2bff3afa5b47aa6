-- Reviews on the page: what a click changed, while it can be undone, and what was decided before a person edited it.

-- What an entry was before it was approved or rejected on the page.
create table undo (
    entry_id    uuid        primary key references entry on delete cascade,
    click       uuid        not null, -- one click may change several entries
    at          timestamptz not null, -- its tool calls were settled at the same time
    until       timestamptz not null, -- then it is sent, and can no longer be undone
    state       text        not null,
    hold_reason text,
    fault       text,
    flood_run   uuid,
    answers     json
);
create index undo_of_click on undo (click);
create index undo_until on undo (until);

alter table entry
    add column original_decision json, -- before a person edited it; null if nobody did
    add column original_label    text;

-- The queue, without the outputs of a run that are approved or rejected at once.
create index entry_to_review on entry (id)
    where state = 'HELD' and (hold_reason is null or hold_reason not in ('FLOOD', 'HOLLOW'));
