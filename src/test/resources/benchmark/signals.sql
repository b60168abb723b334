-- Fills an empty journal with signals as the service records them: of ten, three are filled and seven refused; one every 25 seconds. Canonical
-- bytes and leaf hashes are right, so that an export of it verifies. $first and $after are numbers of signals, multiples of ten.
with verdict as materialized (
  select denied, refused, (
    select string_agg('{"actual":"' || 40 * n || '.25 USD","code":"' || case when n = 20 then denied else 'rule-' || n end
      || '","explanation":"The order is worth ' || 40 * n || '.25 USD; no order may be worth more than this rule allows, '
      || 'and this one stays within it.","limit":"' || 1000 + n || ' USD","verdict":"'
      || case when n = 20 and refused then 'DENY' when n % 7 = 0 then 'NOT_APPLICABLE' else 'PASS' end || '"}', ',' order by n)
    from generate_series(1, 36) as n) as answers
  from unnest(array['max-order-notional', 'spread', 'depth', 'price-collar', 'daily-notional']) as denied, unnest(array[true, false]) as refused
), signal as (
  select i, i % 10 as r, i / 10 * 32 + case when i % 10 < 3 then i % 10 * 6 else 18 + (i % 10 - 3) * 2 end as seq,
    timestamptz '2026-01-01T00:00:00.000001Z' + i * interval '25 seconds' as at,
    lpad(to_hex(i), 12, '0') as hex,
    (array['voc', 'tv', 'desk'])[i % 3 + 1] as source,
    'strategy-' || i % 40 as strategy,
    (array['BTC/USD', 'ETH/USD', 'SOL/USD', 'XRP/USD', 'ADA/USD', 'BTC/EUR', 'ETH/EUR', 'LTC/USD'])[i % 8 + 1] as pair,
    case when i / 10 % 2 = 0 then 'BUY' else 'SELL' end as side,
    -- a price that wanders between 19 000 and 21 000
    (20000 + 1000 * sin(i / 5000.0) + i * 7919 % 100 / 10.0)::numeric(12, 1) as mid
  from generate_series($first::bigint, $after::bigint - 1) as i
), named as (
  select *, '00000000-0000-7000-8000-' || hex as signal_id, '00000000-0000-7000-9000-' || hex as order_id,
    pair || '' as symbol, (mid - 0.5)::text as bid, (mid + 0.5)::text as ask, mid::text as middle,
    (array['max-order-notional', 'spread', 'depth', 'price-collar', 'daily-notional'])[i % 5 + 1] as denied
  from signal
), told as (
  select n.*, v.answers from named n join verdict v on v.denied = n.denied and v.refused = (n.r >= 3)
), fact as (
  select t.*, f.place, f.kind, f.of_order, t.at + f.later as recorded_at, f.raw, f.body
  from told t cross join lateral (
    values
    (0, 'signal-received', false, interval '4567 microseconds',
      convert_to('{"type":"signal.created","timestamp":"' || $utc(at - interval '200 milliseconds') || '","data":{"strategy":"' || strategy
        || '","pair":"' || pair || '","action":"' || side || '","orderType":"LIMIT","limitPrice":"' || ask || '","reasoning":"'
        || repeat('Close above the range. ', 8) || '","size":{"unit":"QUOTE","value":"100"}}}', 'UTF8'),
      '{"bodySha256":"' || repeat('ab', 32) || '","deliveryId":"msg_' || hex || '","receivedAt":"' || $utc(at) || '","signal":{"action":"' || side
        || '","confidence":"0.82","eventTime":"' || $utc(at - interval '200 milliseconds') || '","expiresAt":null,"limitPrice":"' || ask
        || '","orderType":"LIMIT","pair":"' || pair || '","reasoning":"' || repeat('Close above the range. ', 8)
        || '","size":{"unit":"QUOTE","value":"100"},"source":"' || source || '","stopLoss":"' || (mid * 0.98)::numeric(12, 1)
        || '","strategy":"' || strategy || '","timeframe":"4h"},"signalId":"' || signal_id || '","source":"' || source || '"}'),
    (1, 'signal-decided', false, interval '4567 microseconds', null,
      '{"decision":{"alarms":[],"approved":' || (r < 3)::text || ',"haltRequest":null,"plan":{"limitPrice":"' || ask || '","notional":"'
        || (mid + 0.5) * 0.005 || '","pair":"' || symbol || '","postOnly":false,"referencePrice":"' || ask || '","side":"' || side
        || '","timeInForce":"' || case when i % 4 = 0 then 'GTC' else 'IOC' end || '","type":"LIMIT","volume":"0.005"},"results":['
        || answers
        || '],"ruleSetVersion":3,"sendBefore":null,"sizing":{"requested":"100","unit":"QUOTE"}},"input":{"account":{"balances":{"USD":"100000"},'
        || '"openOrders":0,"positions":{}},"now":"' || $utc(at + interval '3900 microseconds') || '","pair":{"altname":"XBTUSD","symbol":"' || symbol
        || '"},"pairProblem":null,"receivedAt":"' || $utc(at) || '","snapshot":{"ask":"' || ask || '","askDepth":"790112.9","bid":"' || bid
        || '","bidDepth":"812345.2","last":"' || middle || '","mid":"' || middle || '","origin":"kraken-ws","pair":"' || symbol
        || '","spreadBps":"0.5","systemStatus":"online","takenAt":"' || $utc(at - interval '100 milliseconds')
        || '"},"snapshotProblem":null},"outcome":"' || case when r < 3 then 'PENDING' else 'REJECTED' end || '","signalId":"' || signal_id || '"}'),
    (2, 'order-intended', true, interval '4567 microseconds', null,
      '{"intent":{"approvedAt":"' || $utc(at + interval '3900 microseconds') || '","clientOrderId":"' || order_id || '","deadline":"'
        || $utc(at + interval '5 seconds') || '","midAtDecision":"' || middle || '","plan":{"limitPrice":"' || ask || '","notional":"'
        || (mid + 0.5) * 0.005 || '","pair":"' || symbol || '","side":"' || side || '","timeInForce":"IOC","type":"LIMIT","volume":"0.005"},'
        || '"strategy":"' || strategy || '","validateOnly":false},"orderId":"' || order_id || '","signalId":"' || signal_id || '"}'),
    (3, 'kraken-called', true, interval '51 milliseconds',
      convert_to('{"error":[],"result":{"descr":{"order":"' || lower(side) || ' 0.005 XBTUSD @ limit ' || ask || '"},"txid":["O' || upper(hex)
        || '"]}}', 'UTF8'),
      '{"callId":"' || order_id || '","detail":null,"endpoint":"/0/private/AddOrder","finishedAt":"'
        || $utc(at + (20 + i * 31 % 97) * interval '1 millisecond') || '","httpStatus":200,"keyFingerprint":"ab12cd34","nonce":"17638056'
        || lpad(i::text, 8, '0') || '","outcome":"REPLY","purpose":"add-order","request":"nonce=1&pair=XBTUSD&type=' || lower(side)
        || '&ordertype=limit&volume=0.005&price=' || ask || '","startedAt":"' || $utc(at + interval '5 milliseconds') || '"}'),
    (4, 'order-placed', true, interval '51 milliseconds', null,
      '{"callId":"' || order_id || '","how":"ANSWERED","orderId":"' || order_id || '","signalId":"' || signal_id || '","txid":"O' || upper(hex) || '"}'),
    (5, 'order-ended', true, interval '900 milliseconds', null,
      '{"callId":"' || order_id || '","execution":{"averagePrice":"' || ask || '","cost":"' || (mid + 0.5) * 0.005 || '","fee":"'
        || ((mid + 0.5) * 0.005 * 0.0026)::numeric(12, 8) || '","volume":"0.005"},"orderId":"' || order_id
        || '","reason":null,"signalId":"' || signal_id || '","status":"closed"}')
  ) as f (place, kind, of_order, later, raw, body)
  where r < 3 or f.place < 2
), whole as (
  select *, convert_to('{"account":"main","body":' || body || ',"kind":"' || kind || '","orderId":'
      || case when of_order then '"' || order_id || '"' else 'null' end || ',"rawSha256":'
      || coalesce('"' || encode(sha256(raw), 'hex') || '"', 'null') || ',"recordedAt":"' || $utc(recorded_at) || '","seq":' || seq + place
      || ',"signalId":"' || signal_id || '"}', 'UTF8') as canonical
  from fact
), summed as (
  insert into signal_summary
  select signal_id::uuid, 'main', source, strategy, symbol, side, at, case when r < 3 then 'FILLED' else 'REJECTED' end,
    case when r < 3 then array[]::text[] else array[denied] end, case when r < 3 then order_id::uuid end, case when r < 3 then 'O' || upper(hex) end,
    0.005, case when r < 3 then mid + 0.5 end, case when r < 3 then 0.25 end, case when r < 3 then 0.26 end, 'kraken-ws'
  from told
)
insert into journal (account, seq, recorded_at, kind, signal_id, order_id, body, canonical, raw, leaf_hash)
select 'main', seq + place, recorded_at, kind, signal_id::uuid, case when of_order then order_id::uuid end, body::jsonb, canonical, raw,
  sha256('\x00'::bytea || canonical)
from whole order by seq + place
