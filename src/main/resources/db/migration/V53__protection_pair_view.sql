-- The reviewers' door: that a pair's rules changed is among what happens to protection.
-- Wider: columns may only be added at the end of a view.

create or replace view audit_protection as
select account, seq, recorded_at, signal_id, order_id, kind as event,
       body ->> 'strategy' as strategy,
       coalesce(body #>> '{pair,symbol}', case jsonb_typeof(body -> 'pair') when 'string' then body ->> 'pair' end) as pair,
       (body ->> 'stop')::numeric as stop,
       body -> 'levels' as levels,
       (body #>> '{level,price}')::numeric as level_price,
       (body #>> '{level,upTo}')::numeric as level_up_to,
       (body ->> 'bid')::numeric as bid,
       (body ->> 'pricesTakenAt')::timestamptz as prices_taken_at,
       (body ->> 'snapshotId')::uuid as snapshot_id,
       (body ->> 'unprotected')::numeric as unprotected,
       body ->> 'why' as reason,
       body -> 'rules' as pair_rules
from journal where kind in ('protection-wanted', 'protection-ended', 'protection-failed', 'stop-moved', 'target-reached',
  'protection-pair-changed');
comment on view audit_protection is
  'One row per thing that happened to the protection of a position: wanted, its stop moved, the rules of its pair changed, a take-profit reached, failed, ended.';
comment on column audit_protection.pair_rules is 'With protection-pair-changed: what Kraken has for the pair from there on';
