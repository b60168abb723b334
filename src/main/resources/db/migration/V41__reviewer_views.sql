-- The reviewers' door, completed: every kind of fact is in a typed view. And the report's filter for a rule finds its rows by an index.

create index signal_summary_reasons on signal_summary using gin (reasons);

-- Wider: columns may only be added at the end of a view.

create or replace view audit_order as
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
       (body #>> '{intent,validateOnly}')::boolean as validate_only,
       coalesce(body #>> '{intent,protective,role}', 'SIGNAL') as role,
       (body #>> '{intent,protective,entryOrderId}')::uuid as protects_order_id,
       body #>> '{intent,protective,why}' as protective_reason,
       case body #>> '{intent,protective,role}' when 'STOP' then (body #>> '{intent,plan,referencePrice}')::numeric end as trigger_price,
       coalesce(
         (select (a.body ->> 'volume')::numeric from journal a
          where a.account = i.account and a.order_id = i.order_id and a.kind = 'order-amended' order by a.seq desc limit 1),
         (body #>> '{intent,plan,volume}')::numeric) as volume_in_force,
       coalesce(
         (select (a.body ->> 'stop')::numeric from journal a
          where a.account = i.account and a.order_id = i.order_id and a.kind = 'order-amended' and a.body ->> 'stop' is not null
          order by a.seq desc limit 1),
         case body #>> '{intent,protective,role}' when 'STOP' then (body #>> '{intent,plan,referencePrice}')::numeric end) as trigger_in_force
from journal i where kind = 'order-intended';
comment on column audit_order.volume is 'Base units, as it was placed; after an amendment see volume_in_force';
comment on column audit_order.role is 'SIGNAL: what a signal asked for. STOP, TAKE_PROFIT, CLOSE: protects a position';
comment on column audit_order.protects_order_id is 'The entry that a protecting order belongs to; the latest one for a stop';
comment on column audit_order.protective_reason is 'Why a protecting order was placed, in plain words';
comment on column audit_order.trigger_price is 'Of a stop, as it was placed; quote per base unit';
comment on column audit_order.volume_in_force is 'Base units, after all amendments';
comment on column audit_order.trigger_in_force is 'Of a stop, after all amendments; quote per base unit';

create or replace view audit_order_event as
select account, seq, recorded_at, signal_id, order_id, kind as event,
       body ->> 'txid' as txid,
       body ->> 'how' as how,
       coalesce(body ->> 'error', body ->> 'proof', body ->> 'cause', body ->> 'why', body ->> 'reason') as reason,
       body ->> 'status' as status,
       (body ->> 'presumed')::boolean as presumed,
       (body ->> 'check')::integer as look_number,
       (body ->> 'last')::boolean as last_look
from journal
where kind in ('order-placed', 'order-refused', 'order-not-placed', 'order-still-absent', 'order-in-doubt', 'order-quarantined',
  'order-progressed', 'order-ended');
comment on column audit_order_event.how is 'How it is known that Kraken has it: ANSWERED, FOUND, SETTLED, APPEARED';
comment on column audit_order_event.presumed is 'With order-not-placed. true: nothing shows it and nothing proves its absence; Kraken is asked on for a while';
comment on column audit_order_event.look_number is 'With order-still-absent: how often Kraken was asked since';
comment on column audit_order_event.last_look is 'With order-still-absent: it is not asked about any more';

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
       (body ->> 'waiting')::integer as waiting
from journal
where kind in ('trading-halted', 'trading-resumed', 'account-armed', 'account-disarmed', 'rules-activated', 'rules-proposed',
  'rules-proposal-closed', 'rules-scheduled', 'drill-set', 'halt-rehearsed');
comment on view audit_operator_action is
  'One row per thing that a person, or the service itself, did to trading: halt and its rehearsal, resume, arm, disarm, rules, drills.';
comment on column audit_operator_action.actor is 'Who: a user''s name, or the service; empty for a proposal that expired';
comment on column audit_operator_action.rules is 'The whole rule set: rule, parameter, value';
comment on column audit_operator_action.active_from is 'When the rules take effect';
comment on column audit_operator_action.loosened is 'With rules-proposed: what may let more through, one line each';
comment on column audit_operator_action.expires_at is 'With rules-proposed: after this instant nobody can confirm them';
comment on column audit_operator_action.how is 'With rules-proposal-closed: CONFIRMED, REJECTED, EXPIRED';
comment on column audit_operator_action.what is 'With drill-set: what the simulated exchange was made to do';
comment on column audit_operator_action.accepted_surplus is
  'With trading-resumed: by how many orders sent exceeded approvals, known to who resumed';
comment on column audit_operator_action.held_back is 'With halt-rehearsed: orders that would not be sent any more';
comment on column audit_operator_action.canceled is 'With halt-rehearsed: orders that would be cancelled';
comment on column audit_operator_action.kept is 'With halt-rehearsed: orders that would stay';
comment on column audit_operator_action.waiting is 'With halt-rehearsed: signals that would be judged under the halt';

create or replace view audit_refused_delivery as
select account, seq, recorded_at,
       body ->> 'source' as source,
       body ->> 'deliveryId' as delivery_id,
       body ->> 'remoteAddress' as remote_address,
       coalesce(body ->> 'cause', case kind when 'delivery-conflict' then 'DELIVERY_CONFLICT' end) as cause,
       (body ->> 'receivedAt')::timestamptz as received_at,
       coalesce((body ->> 'count')::bigint, 1) as deliveries,
       signal_id as first_signal_id,
       body ->> 'bodySha256' as body_sha256,
       audit_text(raw) as raw_body
from journal where kind in ('delivery-refused', 'deliveries-refused', 'delivery-conflict');
comment on view audit_refused_delivery is
  'One row per delivery that was turned away, or per count of them in a flood: before it was believed, or because its id came before with another body.';
comment on column audit_refused_delivery.first_signal_id is 'With DELIVERY_CONFLICT: the signal that has this delivery id';
comment on column audit_refused_delivery.raw_body is 'With DELIVERY_CONFLICT: the other body, tokens removed';

-- New.

create view audit_protection as
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
       body ->> 'why' as reason
from journal where kind in ('protection-wanted', 'protection-ended', 'protection-failed', 'stop-moved', 'target-reached');
comment on view audit_protection is
  'One row per thing that happened to the protection of a position: wanted, its stop moved, a take-profit reached, failed, ended.';
comment on column audit_protection.order_id is 'The entry it belongs to, where one is named';
comment on column audit_protection.stop is 'Trigger of the stop-loss, quote per base unit; null where none is wanted';
comment on column audit_protection.levels is 'Take-profits, lowest first: price, and the share of the entry that is sold up to there';
comment on column audit_protection.level_price is 'The take-profit that was reached, quote per base unit';
comment on column audit_protection.level_up_to is 'Share of the entry that is sold at this price, with all levels below; in (0, 1]';
comment on column audit_protection.bid is 'Best bid that reached it, quote per base unit';
comment on column audit_protection.unprotected is 'Base units that could not be protected';

create view audit_order_change as
select account, seq, recorded_at, signal_id, order_id, kind as event,
       (body ->> 'volume')::numeric as volume,
       (body ->> 'stop')::numeric as stop,
       (body ->> 'deadline')::timestamptz as deadline,
       body ->> 'how' as how,
       (body ->> 'callId')::uuid as call_id,
       (body ->> 'unknown')::boolean as unknown,
       (body ->> 'position')::numeric as position,
       (body ->> 'sendBefore')::timestamptz as send_before,
       coalesce(body ->> 'why', body ->> 'error') as reason
from journal where kind in ('amend-wanted', 'order-amended', 'amend-failed', 'sell-held', 'sell-released');
comment on view audit_order_change is
  'One row per step in the change of an order: a resting stop that is amended, a sell that waits until the stop has let go.';
comment on column audit_order_change.volume is 'The whole new volume, base units';
comment on column audit_order_change.stop is 'The new trigger, quote per base unit; null with order-amended when only the volume is known';
comment on column audit_order_change.deadline is 'Kraken is to refuse the change after this instant';
comment on column audit_order_change.how is 'With order-amended: ANSWERED by the call, or SHOWN by the order itself';
comment on column audit_order_change.call_id is 'The call that showed it: see audit_kraken_reply';
comment on column audit_order_change.unknown is 'With amend-failed: it may have been made all the same';
comment on column audit_order_change.position is 'With sell-held: what the strategy held then, base units';
comment on column audit_order_change.send_before is 'With sell-held: it is not sent after this instant';

create view audit_cancel as
select account, seq, recorded_at, signal_id, kind as event, body -> 'orderIds' as order_ids
from journal where kind in ('cancel-wanted', 'cancel-done');
comment on view audit_cancel is 'One row when a CANCEL signal found orders, and one when all of them have ended.';
comment on column audit_cancel.order_ids is 'With cancel-wanted: the orders it is after';

create view audit_condition as
select account, seq, recorded_at,
       body ->> 'pair' as pair,
       body ->> 'from' as condition_before,
       body ->> 'to' as condition,
       body ->> 'measure' as measure,
       (body ->> 'value')::numeric as value,
       (body ->> 'limit')::numeric as measure_limit,
       (body ->> 'mid')::numeric as mid,
       (body ->> 'snapshotId')::uuid as snapshot_id,
       (body ->> 'pricesTakenAt')::timestamptz as prices_taken_at,
       body ->> 'text' as text
from journal where kind = 'condition-changed';
comment on view audit_condition is 'One row per change of a market''s condition.';
comment on column audit_condition.measure is 'What value and measure_limit are: spread-bps, depth (quote units), move-percent, calm-seconds';
comment on column audit_condition.mid is 'Quote per base unit';

create view audit_safety as
select account, seq, recorded_at, signal_id, order_id, kind as event,
       coalesce(body ->> 'kind', body ->> 'rule') as code,
       coalesce(body ->> 'of', body ->> 'source') as about,
       coalesce(body ->> 'detail', body ->> 'error', body ->> 'text') as text,
       (body ->> 'at')::timestamptz as seen_at,
       (body ->> 'until')::timestamptz as until,
       (body ->> 'lastAt')::timestamptz as last_signal_at,
       (body ->> 'allowedSeconds')::integer as allowed_seconds,
       (body ->> 'callId')::uuid as call_id
from journal where kind in ('invariant-violated', 'account-locked-out', 'loss-limit-crossed', 'source-silent');
comment on view audit_safety is
  'One row per alarm: something that must never be, Kraken bars the account, a limit of losses crossed, a source silent for too long.';
comment on column audit_safety.code is 'With invariant-violated and loss-limit-crossed: which one';
comment on column audit_safety.about is 'The quote asset or pair whose limit it is; the silent source';
comment on column audit_safety.text is 'What was seen, with its numbers; Kraken''s error';
comment on column audit_safety.until is 'With account-locked-out: no private call before this instant';
comment on column audit_safety.last_signal_at is 'With source-silent: receipt of its last signal; null when it never sent one';
comment on column audit_safety.allowed_seconds is 'With source-silent: the longest silence it is allowed';

create view audit_position_mark as
select j.account, j.seq, j.recorded_at,
       m.mark ->> 'pair' as pair,
       (m.mark ->> 'mid')::numeric as mid,
       (m.mark ->> 'takenAt')::timestamptz as taken_at,
       (m.mark ->> 'snapshotId')::uuid as snapshot_id
from journal j
cross join lateral jsonb_array_elements(j.body -> 'marks') as m(mark)
where j.kind = 'positions-marked';
comment on view audit_position_mark is 'One row per price that positions were valued at where no judgement says so.';
comment on column audit_position_mark.mid is 'Quote per base unit';

create view audit_account_reading as
select account, seq, recorded_at, 'BALANCE' as reading, b.key as item,
       (b.value ->> 'total')::numeric as amount, (b.value ->> 'held')::numeric as held,
       null::numeric as taker_percent, null::numeric as maker_percent, (body ->> 'asOf')::bigint as as_of
from journal cross join lateral jsonb_each(body -> 'balances') as b where kind = 'balances-read'
union all
select account, seq, recorded_at, 'EQUITY', e.key, e.value::numeric, null, null, null, (body ->> 'asOf')::bigint
from journal cross join lateral jsonb_each_text(body -> 'equity') as e where kind = 'balances-read'
union all
select account, seq, recorded_at, 'VOLUME', body ->> 'currency', (body ->> 'volume')::numeric, null, null, null, null
from journal where kind = 'fees-read'
union all
select account, seq, recorded_at, 'FEE', f.key, null, null, f.value::numeric, (body -> 'makerPercent' ->> f.key)::numeric, null
from journal cross join lateral jsonb_each_text(body -> 'takerPercent') as f where kind = 'fees-read';
comment on view audit_account_reading is 'One row per number that Kraken told about the account: balances, equity, volume traded, fees.';
comment on column audit_account_reading.reading is 'BALANCE, EQUITY, VOLUME (30 days), FEE';
comment on column audit_account_reading.item is 'Asset id; of a FEE Kraken''s pair key';
comment on column audit_account_reading.amount is 'Of a FEE null; else units of the asset';
comment on column audit_account_reading.held is 'Part of a BALANCE that open orders bind';
comment on column audit_account_reading.taker_percent is 'Of a FEE: per cent of an order''s value';
comment on column audit_account_reading.maker_percent is 'Of a FEE: the same for orders that rest';
comment on column audit_account_reading.as_of is 'Facts the account had when Kraken was asked: what came later is not in it';

create view audit_key as
select account, seq, recorded_at, kind as event,
       body ->> 'what' as what,
       body ->> 'from' as fingerprint_before,
       coalesce(body ->> 'to', body ->> 'keyFingerprints', body ->> 'inUse') as fingerprint,
       body -> 'refusals' as refusals,
       body -> 'warnings' as warnings,
       (body ->> 'historyLimited')::boolean as history_limited,
       body ->> 'reason' as reason
from journal where kind in ('key-checked', 'keys-rotated', 'keys-not-rotated', 'checkpoint-key-replaced', 'secrets-replaced');
comment on view audit_key is 'One row per check or change of a key or secret, by fingerprint; never the secret itself.';
comment on column audit_key.what is 'With secrets-replaced: whose, users or "source ..."';
comment on column audit_key.fingerprint_before is 'Of what was in use until then';
comment on column audit_key.fingerprint is 'Of what is in use from then on; of several with commas';
comment on column audit_key.refusals is 'With key-checked: why nothing may be traded with it; empty when it may';
comment on column audit_key.warnings is 'With key-checked: what is not as it should be';
comment on column audit_key.history_limited is 'With key-checked: it sees only a window of time';
comment on column audit_key.reason is 'With keys-not-rotated: why the new files were not taken';

create view audit_process as
select account, seq, recorded_at, kind as event,
       body ->> 'version' as version,
       body ->> 'mode' as mode,
       (body ->> 'holder')::uuid as process_id,
       (body ->> 'fencing')::bigint as fencing,
       (body ->> 'facts')::bigint as facts,
       body ->> 'sha256' as sha256
from journal where kind in ('loop-started', 'state-saved');
comment on view audit_process is 'One row when a process took the account over, and one when it saved the folded state.';
comment on column audit_process.version is 'Of the program';
comment on column audit_process.mode is 'With loop-started: paper, validate or live';
comment on column audit_process.fencing is 'With loop-started: number of the term, higher with each';
comment on column audit_process.facts is 'With state-saved: the first so many facts are folded in';
comment on column audit_process.sha256 is 'With state-saved: of the bytes in state_snapshot, hex';

do $$
begin
  if exists (select from pg_roles where rolname = '${reviewerRole}') then
    execute 'grant select on audit_protection, audit_order_change, audit_cancel, audit_condition, audit_safety, audit_position_mark,'
      ' audit_account_reading, audit_key, audit_process to "${reviewerRole}"';
  end if;
end $$;
