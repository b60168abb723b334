-- Acts that wait for a second operator, and their confirmation.
create or replace view audit_operator_action as
select account, seq, recorded_at, kind as action,
       coalesce(body ->> 'actor', body #>> '{ruleSet,author}', body #>> '{proposal,ruleSet,author}') as actor,
       body ->> 'scope' as scope,
       coalesce(body ->> 'reason', body #>> '{ruleSet,reason}', body #>> '{proposal,ruleSet,reason}') as reason,
       coalesce(body #>> '{ruleSet,version}', body #>> '{proposal,ruleSet,version}', body ->> 'version')::bigint as rule_set_version,
       coalesce(body #> '{ruleSet,rules}', body #> '{proposal,ruleSet,rules}') as rules,
       coalesce(body #>> '{ruleSet,activeFrom}', body #>> '{proposal,ruleSet,activeFrom}')::timestamptz as active_from,
       body #> '{proposal,loosened}' as loosened,
       coalesce(body #>> '{proposal,expiresAt}', body ->> 'expiresAt')::timestamptz as expires_at,
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
       case when kind = 'order-settled' then coalesce(body ->> 'txid', 'none') end as txid,
       body ->> 'act' as act,
       nullif(body ->> 'of', '') as act_of,
       body ->> 'proposedBy' as proposed_by
from journal
where kind in ('trading-halted', 'trading-resumed', 'account-armed', 'account-disarmed', 'rules-activated', 'rules-proposed',
  'rules-proposal-closed', 'rules-scheduled', 'drill-set', 'halt-rehearsed', 'order-settled',
  'act-proposed', 'act-confirmed');
comment on view audit_operator_action is
  'One row per thing that a person, or the service itself, did to trading: halt, rehearsal, resume, arm, disarm, rules, settled order, drill; and what waits for a second operator.';
comment on column audit_operator_action.act is 'What one operator asked for and another one must ask for as well: RESUME, ARM or SETTLE';
comment on column audit_operator_action.act_of is 'Of SETTLE: the order, and what it is at Kraken';
comment on column audit_operator_action.proposed_by is 'Of a confirmation: who asked first';
