-- The reviewers' door: typed views over the journal, one row per fact of a kind (or per element of one). Everything in them is read from
-- journal.body; that it is what was hashed is checked by verify and by the service's own re-reading.

-- Raw bytes as text, or null where they are no text.
create function audit_text(bytes bytea) returns text language plpgsql immutable as $$
begin
  return convert_from(bytes, 'UTF8');
exception when others then
  return null;
end $$;
revoke execute on function audit_text(bytea) from public;

create view audit_signal as
select account, seq, recorded_at, signal_id, kind = 'signal-received' as valid,
       body ->> 'source' as source,
       body ->> 'deliveryId' as delivery_id,
       body ->> 'bodySha256' as body_sha256,
       (body ->> 'receivedAt')::timestamptz as received_at,
       (body #>> '{signal,eventTime}')::timestamptz as event_time,
       (body #>> '{signal,expiresAt}')::timestamptz as expires_at,
       body #>> '{signal,senderSignalId}' as sender_signal_id,
       body #>> '{signal,strategy}' as strategy,
       body #>> '{signal,pair}' as pair,
       body #>> '{signal,action}' as action,
       body #>> '{signal,orderType}' as order_type,
       (body #>> '{signal,limitPrice}')::numeric as limit_price,
       (body #>> '{signal,entryZone,low}')::numeric as entry_zone_low,
       (body #>> '{signal,entryZone,high}')::numeric as entry_zone_high,
       (body #>> '{signal,stopLoss}')::numeric as stop_loss,
       body #> '{signal,takeProfits}' as take_profits,
       body #>> '{signal,size,unit}' as size_unit,
       (body #>> '{signal,size,value}')::numeric as size_value,
       (body #>> '{signal,confidence}')::numeric as confidence,
       body #>> '{signal,timeframe}' as timeframe,
       body #>> '{signal,reasoning}' as reasoning,
       body -> 'problems' as problems,
       audit_text(raw) as raw_body
from journal where kind in ('signal-received', 'signal-invalid');
comment on view audit_signal is 'One row per authentic delivery that was taken: a valid signal, or an invalid one with its problems.';
comment on column audit_signal.valid is 'false: authentic, but no valid signal; see problems';
comment on column audit_signal.received_at is 'When it arrived here, UTC; recorded_at is when it was written';
comment on column audit_signal.event_time is 'When the sender says the signal arose';
comment on column audit_signal.pair is 'As sent, after the source''s quote mapping; not resolved';
comment on column audit_signal.limit_price is 'Quote currency per base unit';
comment on column audit_signal.raw_body is 'The webhook''s body as received, tokens removed; null if it is no UTF-8';

create view audit_decision as
select account, seq, recorded_at, signal_id,
       body ->> 'outcome' as outcome,
       (body #>> '{decision,approved}')::boolean as approved,
       (body #>> '{decision,ruleSetVersion}')::bigint as rule_set_version,
       (body #>> '{input,now}')::timestamptz as decided_at,
       (body #>> '{input,receivedAt}')::timestamptz as received_at,
       body #>> '{input,signal,strategy}' as strategy,
       body #>> '{input,pair,symbol}' as pair,
       body #>> '{input,pairProblem}' as pair_problem,
       (body #>> '{input,snapshot,bid}')::numeric as bid,
       (body #>> '{input,snapshot,ask}')::numeric as ask,
       (body #>> '{input,snapshot,mid}')::numeric as mid,
       (body #>> '{input,snapshot,spreadBps}')::numeric as spread_bps,
       (body #>> '{input,snapshot,takenAt}')::timestamptz as snapshot_taken_at,
       body #>> '{input,snapshot,origin}' as price_origin,
       body #>> '{input,snapshotProblem}' as snapshot_problem,
       body #>> '{input,account,tradingState}' as trading_state,
       (body #>> '{input,account,equity}')::numeric as equity,
       body #>> '{decision,plan,side}' as side,
       body #>> '{decision,plan,type}' as order_type,
       (body #>> '{decision,plan,volume}')::numeric as volume,
       (body #>> '{decision,plan,limitPrice}')::numeric as limit_price,
       (body #>> '{decision,plan,notional}')::numeric as notional
from journal where kind = 'signal-decided';
comment on view audit_decision is 'One row per judgement on a signal, with the market it was made from.';
comment on column audit_decision.outcome is 'The signal''s outcome as far as the decision settles it; PENDING when an order or a cancellation follows';
comment on column audit_decision.spread_bps is 'Basis points of the mid price';
comment on column audit_decision.price_origin is '"kraken", or what a simulated exchange says of itself';
comment on column audit_decision.volume is 'Planned, base units';
comment on column audit_decision.notional is 'Volume times reference price, quote units';

create view audit_rule_result as
select j.account, j.seq, j.recorded_at, j.signal_id, r.position::integer as position,
       r.result ->> 'code' as rule,
       r.result ->> 'verdict' as verdict,
       r.result ->> 'limit' as rule_limit,
       r.result ->> 'actual' as actual,
       r.result ->> 'explanation' as explanation
from journal j
cross join lateral jsonb_array_elements(j.body #> '{decision,results}') with ordinality as r(result, position)
where j.kind = 'signal-decided';
comment on view audit_rule_result is 'One row per rule and decision: every rule answers every signal.';
comment on column audit_rule_result.position is 'Place of the rule in its decision, from 1';
comment on column audit_rule_result.verdict is 'PASS, DENY or NOT_APPLICABLE';
comment on column audit_rule_result.rule_limit is 'What was allowed, with its unit';
comment on column audit_rule_result.actual is 'What this signal would have been, with its unit';

create view audit_order as
select account, seq, recorded_at, signal_id, order_id,
       body #>> '{intent,clientOrderId}' as client_order_id,
       body #>> '{intent,strategy}' as strategy,
       body #>> '{intent,plan,pair}' as pair,
       body #>> '{intent,plan,side}' as side,
       body #>> '{intent,plan,type}' as order_type,
       body #>> '{intent,plan,timeInForce}' as time_in_force,
       (body #>> '{intent,plan,postOnly}')::boolean as post_only,
       (body #>> '{intent,plan,volume}')::numeric as volume,
       (body #>> '{intent,plan,limitPrice}')::numeric as limit_price,
       (body #>> '{intent,plan,notional}')::numeric as notional,
       (body #>> '{intent,midAtDecision}')::numeric as mid_at_decision,
       (body #>> '{intent,approvedAt}')::timestamptz as approved_at,
       (body #>> '{intent,deadline}')::timestamptz as deadline,
       (body #>> '{intent,validateOnly}')::boolean as validate_only
from journal where kind = 'order-intended';
comment on view audit_order is 'One row per order that was to be placed: committed before a byte went to Kraken.';
comment on column audit_order.client_order_id is 'Kraken''s cl_ord_id';
comment on column audit_order.volume is 'Base units';
comment on column audit_order.limit_price is 'Quote per base unit; null for a market order';
comment on column audit_order.deadline is 'Kraken is to refuse the order after this instant';
comment on column audit_order.validate_only is 'Validate mode: Kraken checks it and places nothing';

create view audit_order_event as
select account, seq, recorded_at, signal_id, order_id, kind as event,
       body ->> 'txid' as txid,
       body ->> 'how' as how,
       coalesce(body ->> 'error', body ->> 'proof', body ->> 'cause', body ->> 'why', body ->> 'reason') as reason,
       body ->> 'status' as status
from journal
where kind in ('order-placed', 'order-refused', 'order-not-placed', 'order-in-doubt', 'order-quarantined', 'order-progressed', 'order-ended');
comment on view audit_order_event is 'One row per change in an order''s life after its intent.';
comment on column audit_order_event.txid is 'Kraken''s order id, with order-placed';
comment on column audit_order_event.how is 'How it is known that Kraken has it: ANSWERED, FOUND, SETTLED';
comment on column audit_order_event.reason is 'Kraken''s error, the proof of absence, the cause of doubt, as the event has it';

create view audit_kraken_reply as
select account, seq, recorded_at, signal_id, order_id,
       (body ->> 'callId')::uuid as call_id,
       body ->> 'purpose' as purpose,
       body ->> 'endpoint' as endpoint,
       body ->> 'request' as request,
       (body ->> 'nonce')::numeric as nonce,
       body ->> 'keyFingerprint' as key_fingerprint,
       (body ->> 'startedAt')::timestamptz as started_at,
       (body ->> 'finishedAt')::timestamptz as finished_at,
       extract(epoch from (body ->> 'finishedAt')::timestamptz - (body ->> 'startedAt')::timestamptz)::numeric * 1000 as duration_ms,
       body ->> 'outcome' as outcome,
       (body ->> 'httpStatus')::integer as http_status,
       body ->> 'detail' as detail,
       raw,
       audit_text(raw) as reply
from journal where kind = 'kraken-called';
comment on view audit_kraken_reply is 'One row per private call to Kraken: what was asked, what came back, byte for byte.';
comment on column audit_kraken_reply.request is 'The form body without nonce and signature';
comment on column audit_kraken_reply.outcome is 'REPLY, NOT_SENT or NO_REPLY';
comment on column audit_kraken_reply.raw is 'The answer''s bytes as received';
comment on column audit_kraken_reply.reply is 'The same as text, null if it is no UTF-8';

create view audit_market_read as
select account, seq, recorded_at,
       (body ->> 'callId')::uuid as call_id,
       body ->> 'endpoint' as endpoint,
       body ->> 'request' as request,
       (body ->> 'startedAt')::timestamptz as started_at,
       (body ->> 'finishedAt')::timestamptz as finished_at,
       (body ->> 'httpStatus')::integer as http_status,
       body ->> 'origin' as origin,
       audit_text(raw) as reply
from journal where kind = 'market-read';
comment on view audit_market_read is 'One row per public call whose answer fed a decision.';

create view audit_fill as
select account, seq, recorded_at, signal_id, order_id, kind = 'order-ended' as final,
       (body #>> '{execution,volume}')::numeric
         - coalesce(lag((body #>> '{execution,volume}')::numeric) over (partition by account, order_id order by seq), 0) as volume,
       (body #>> '{execution,cost}')::numeric
         - coalesce(lag((body #>> '{execution,cost}')::numeric) over (partition by account, order_id order by seq), 0) as cost,
       (body #>> '{execution,fee}')::numeric
         - coalesce(lag((body #>> '{execution,fee}')::numeric) over (partition by account, order_id order by seq), 0) as fee,
       (body #>> '{execution,volume}')::numeric as total_volume,
       (body #>> '{execution,cost}')::numeric as total_cost,
       (body #>> '{execution,fee}')::numeric as total_fee,
       (body #>> '{execution,averagePrice}')::numeric as average_price,
       (body ->> 'callId')::uuid as call_id
from journal where kind in ('order-progressed', 'order-ended');
comment on view audit_fill is 'One row per look at an order that showed progress or its end: what was new (volume, cost, fee) and the sums so far.';
comment on column audit_fill.volume is 'New since the look before, base units; 0 when only the end was new';
comment on column audit_fill.cost is 'New, quote units';
comment on column audit_fill.fee is 'New, quote units';
comment on column audit_fill.average_price is 'Of everything filled so far, quote per base unit';
comment on column audit_fill.call_id is 'The call that showed it: see audit_kraken_reply';

create view audit_operator_action as
select account, seq, recorded_at, kind as action,
       coalesce(body ->> 'actor', body #>> '{ruleSet,author}') as actor,
       body ->> 'scope' as scope,
       coalesce(body ->> 'reason', body #>> '{ruleSet,reason}') as reason,
       (body #>> '{ruleSet,version}')::bigint as rule_set_version,
       body #> '{ruleSet,rules}' as rules
from journal
where kind in ('trading-halted', 'trading-resumed', 'account-armed', 'account-disarmed', 'rules-activated');
comment on view audit_operator_action is 'One row per thing that a person, or the service itself, did to trading: halt, resume, arm, disarm, rules.';
comment on column audit_operator_action.actor is 'Who: a user''s name, or the service';

create view audit_refused_delivery as
select account, seq, recorded_at,
       body ->> 'source' as source,
       body ->> 'deliveryId' as delivery_id,
       body ->> 'remoteAddress' as remote_address,
       body ->> 'cause' as cause,
       (body ->> 'receivedAt')::timestamptz as received_at,
       coalesce((body ->> 'count')::bigint, 1) as deliveries
from journal where kind in ('delivery-refused', 'deliveries-refused');
comment on view audit_refused_delivery is 'One row per delivery that was turned away before it was believed, or per count of them in a flood.';

do $$
declare
  door text := 'audit_signal, audit_decision, audit_rule_result, audit_order, audit_order_event, audit_kraken_reply, audit_market_read,'
    ' audit_fill, audit_operator_action, audit_refused_delivery';
begin
  if exists (select from pg_roles where rolname = '${reviewerRole}') then
    execute 'grant select on ' || door || ' to "${reviewerRole}"';
    execute 'grant execute on function audit_text(bytea) to "${reviewerRole}"';
  end if;
end $$;
