-- A reaction in Slack counts once for each person.

alter table feedback add column given_by text; -- who reacted, by Slack's id; null for other feedback

drop index feedback_by_reaction;
create unique index feedback_by_reaction on feedback (entry_id, verdict, coalesce(given_by, ''))
    where source = 'SLACK' and correct_label is null and note is null;
