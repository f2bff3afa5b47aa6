-- Sources: how large items are, so that those of one page fit into memory; the newest tokens of APIs; what feeds have had.

alter table entry add column item_bytes integer; -- null: admitted by a release before this one

create table api_tokens (
    api        text primary key,
    encrypted  text, -- access and refresh token; null until the first exchange
    changed_at timestamptz not null default now()
);

create table feed (
    name    uuid primary key,    -- a hash of its address, which may contain a key
    read_at timestamptz not null -- when it was last asked
);

create table feed_entry (
    feed        uuid        not null,
    key         text        not null, -- a hash; an entry has several
    id          text        not null,
    appeared_at timestamptz not null,
    seen_at     timestamptz not null, -- within a day
    primary key (feed, key)
);
