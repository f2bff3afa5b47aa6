-- A server, source or target that refuses calls for now: no process calls it before ends_at.
create table pause (
    key     text        primary key,
    ends_at timestamptz not null
);
