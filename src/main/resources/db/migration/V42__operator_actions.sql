-- What operators did, all of it: a settled order is a fact of its own now, and drills, rehearsals and rules that wait were missing here.
create or replace view audit_operator_action as
select account, seq, recorded_at, kind as action,
       coalesce(body ->> 'actor', body #>> '{ruleSet,author}', body #>> '{proposal,ruleSet,author}') as actor,
       body ->> 'scope' as scope,
       coalesce(body ->> 'reason', body #>> '{ruleSet,reason}', body #>> '{proposal,ruleSet,reason}') as reason,
       coalesce((body #>> '{ruleSet,version}')::bigint, (body #>> '{proposal,ruleSet,version}')::bigint, (body ->> 'version')::bigint)
         as rule_set_version,
       coalesce(body #> '{ruleSet,rules}', body #> '{proposal,ruleSet,rules}') as rules,
       signal_id, order_id,
       case when kind = 'order-settled' then coalesce(body ->> 'txid', 'none') end as txid,
       coalesce(body ->> 'what', body ->> 'how') as detail
from journal
where kind in ('trading-halted', 'trading-resumed', 'account-armed', 'account-disarmed', 'rules-activated',
               'rules-proposed', 'rules-proposal-closed', 'rules-scheduled', 'order-settled', 'halt-rehearsed', 'drill-set');
comment on view audit_operator_action is
  'One row per thing that a person, or the service itself, did to trading: halt, rehearsal, resume, arm, disarm, rules, settled order, drill.';
comment on column audit_operator_action.order_id is 'Of the order that was settled';
comment on column audit_operator_action.txid is 'What a settled order is at Kraken: its id there, or "none"';
comment on column audit_operator_action.detail is 'Of a drill: what was set. Of rules that waited: CONFIRMED, REJECTED or EXPIRED';
