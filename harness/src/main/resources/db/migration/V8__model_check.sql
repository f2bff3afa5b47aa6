create table model_check (
    model text primary key,
    checked_at timestamptz not null,
    findings json not null
);
