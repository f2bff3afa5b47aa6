-- What an agent's days cost, by model, read from the index alone.
create index model_call_spend on model_call (agent, called_at) include (cost_usd, model_asked) where cost_usd > 0;
drop index model_call_paid;
