-- What an agent did on a day that is over, so that pages do not read millions of rows again.

create table day_figures (
    agent     text        not null,
    kind      text        not null,
    starts_at timestamptz not null,
    figures   json        not null,
    primary key (agent, kind, starts_at)
);
create index day_figures_by_time on day_figures (starts_at);

create index entry_admitted on entry (agent, admitted_at);

-- What figures need to know of a request, so that they do not read its text. Null in calls of earlier releases.
alter table model_call
    add column request_hash uuid,
    add column repair boolean; -- asks again after an answer that could not be used
