-- Work that comes back: starts of deciding that no end followed, approvals and returns by a person, and what expires.

alter table entry
    add column starts integer not null default 0,            -- of deciding, by runs that crashed, and by the open run
    add column started_run uuid,                             -- the run of the last start
    add column approved_at timestamptz,                      -- by a person: it may be delivered whatever the mode was
    add column returned_at timestamptz,                      -- by a person, from one of the states in entry_return
    add column set_aside_at timestamptz,                     -- when it became POISONED, UNDELIVERABLE, EXPIRED or REJECTED
    add column earlier_deliveries integer not null default 0; -- attempts before a person sent it again, which no longer count

-- What an entry was before a person returned it.
create table entry_return (
    entry_id uuid        not null references entry,
    at       timestamptz not null,
    state    text        not null,
    fault    text,
    attempts integer     not null,
    primary key (entry_id, at)
);

drop index entry_done;
create index entry_done on entry ((coalesce(delivered_at, decided_at, admitted_at)))
    where state in ('SHADOWED', 'DELIVERED', 'REJECTED', 'EXPIRED') and item is not null;
