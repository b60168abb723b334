-- What operators did, all of it: a settled order is a fact of its own now, and a halt may cancel stops and exits too.
create or replace view audit_operator_action as
select account, seq, recorded_at, kind as action,
       coalesce(body ->> 'actor', body #>> '{ruleSet,author}', body #>> '{proposal,ruleSet,author}') as actor,
       body ->> 'scope' as scope,
       coalesce(body ->> 'reason', body #>> '{ruleSet,reason}', body #>> '{proposal,ruleSet,reason}') as reason,
       coalesce(body #>> '{ruleSet,version}', body #>> '{proposal,ruleSet,version}', body ->> 'version')::bigint as rule_set_version,
       coalesce(body #> '{ruleSet,rules}', body #> '{proposal,ruleSet,rules}') as rules,
       coalesce(body #>> '{ruleSet,activeFrom}', body #>> '{proposal,ruleSet,activeFrom}')::timestamptz as active_from,
       body #> '{proposal,loosened}' as loosened,
       (body #>> '{proposal,expiresAt}')::timestamptz as expires_at,
       body ->> 'how' as how,
       body ->> 'what' as what,
       (body ->> 'acceptedSurplus')::bigint as accepted_surplus,
       body -> 'heldBack' as held_back,
       body -> 'canceled' as canceled,
       body -> 'kept' as kept,
       (body ->> 'waiting')::integer as waiting,
       (body #>> '{sweep,stops}')::boolean as cancels_stops,
       (body #>> '{sweep,exits}')::boolean as cancels_exits,
       signal_id, order_id,
       case when kind = 'order-settled' then coalesce(body ->> 'txid', 'none') end as txid
from journal
where kind in ('trading-halted', 'trading-resumed', 'account-armed', 'account-disarmed', 'rules-activated', 'rules-proposed',
  'rules-proposal-closed', 'rules-scheduled', 'drill-set', 'halt-rehearsed', 'order-settled');
comment on view audit_operator_action is
  'One row per thing that a person, or the service itself, did to trading: halt, rehearsal, resume, arm, disarm, rules, settled order, drill.';
comment on column audit_operator_action.cancels_stops is 'Of a halt or its rehearsal with CANCEL_ALL: also the stops that protect positions';
comment on column audit_operator_action.cancels_exits is 'Of a halt or its rehearsal with CANCEL_ALL: also sells by signals that rest';
comment on column audit_operator_action.order_id is 'Of the order that was settled';
comment on column audit_operator_action.txid is 'What a settled order is at Kraken: its id there, or "none"';
