-- A year of an agent that runs each five minutes: 100,000 runs, 1,000,000 entries, 2,000,000 calls.
insert into run (id, agent, mode, outcome, skip_reason, fault, started_at, finished_at, owner, fetched, admitted, decided, delivered,
  failed, tokens_in, tokens_out, cost_usd, opened_at)
select (lpad(to_hex((extract(epoch from t) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(n % 4096), 3, '0') || '8000'
    || lpad(to_hex(n), 12, '0'))::uuid,
  'triage', 'SHADOW',
  case when n % 97 = 0 then 'FAILED' when n % 53 = 0 then 'SKIPPED' when n % 41 = 0 then 'COMPLETED_WITH_ERRORS' else 'COMPLETED' end,
  case when n % 97 <> 0 and n % 53 = 0 then 'SOURCE_DOWN' end,
  case when n % 97 = 0 then 'the agent threw NullPointerException in fetch'
    when n % 53 = 0 then 'connection refused: imap.example:993' end,
  t, t + interval '42 seconds', gen_random_uuid(), 10, 9, 9, 0, 1, 12000, 900, 0.0004 + 0.0002 * (n % 7), t
from (select n, now() - (100000 - n) * interval '300 seconds' as t from generate_series(1, 100000) n) s;

insert into entry (id, agent, item_id, item_version, item, state, mode, decision, label, decided_by, fault, run_id, attempts,
  admitted_at, decided_at, approved_at, set_aside_at, hold_reason)
select (substr(r.id::text, 1, 24) || lpad(to_hex(r.seq * 16 + k), 12, '0'))::uuid, r.agent, 'mail-' || r.seq || '-' || k, '1',
  '{"text": "hello, the export fails"}',
  case when r.seq % 311 = 0 and k = 1 then 'POISONED' when r.seq % 50 = 0 and k = 2 then 'HELD' else 'SHADOWED' end,
  case when r.seq % 50 = 0 and k = 2 then 'REVIEW' else 'SHADOW' end,
  '{"category": "BUG", "urgency": "TODAY", "summary": "The export fails.", "reason": "fails"}',
  (array['BUG', 'BUG', 'BUG', 'BUG', 'QUESTION', 'BILLING', 'SPAM'])[1 + ((r.seq + k) % 7)::int], 'MODEL',
  case when r.seq % 311 = 0 and k = 1 then 'the answer has no field "label"' end, r.id, 0,
  r.started_at + interval '1 second', r.started_at + k * interval '3 seconds', null,
  case when r.seq % 311 = 0 and k = 1 then r.started_at + interval '9 seconds' end,
  case when r.seq % 50 = 0 and k = 2 then 'REVIEW' end
from run r, generate_series(1, 10) k;

insert into model_call (id, run_id, entry_id, agent, model_asked, prompt_name, request, response, tokens_in, tokens_out, cost_usd, called_at,
  latency_ms)
select gen_random_uuid(), run_id, id, agent, 'gpt-4.1-mini', 'TriageAgent.Judge.judge', '{}', '{}', 1000, 90, 0.0001,
  decided_at - n * interval '1 second', 900
from entry, generate_series(1, 2) n;

insert into feedback (id, entry_id, verdict, given_at, source)
select gen_random_uuid(), id, case when item_id like '%7-4' then 'DOWN' else 'UP' end, decided_at + interval '1 hour', 'API'
from entry where item_id like '%3-4' or item_id like '%7-4';

vacuum analyze;
