-- What the performance report needs of every order and fill that ever was, because fills of earlier times make the cost of what is held:
-- typed and narrow, so that it does not unpack the bodies of all these facts for every report. Follows from journal: the trigger below
-- writes it in the same statement, and nobody but the owner can write it.

create table performance_order (
  account         text not null,
  signal_id       uuid,
  order_id        uuid,
  strategy        text,
  pair            text,
  side            text,
  mid_at_decision numeric,
  approved_at     timestamptz,
  protective      boolean not null -- a stop or a take-profit, not the signal's own
);
create index performance_order_signal on performance_order (signal_id);
create index performance_order_order on performance_order (order_id);
create index performance_order_mid on performance_order (pair, approved_at desc) include (mid_at_decision) where not protective;

-- The sums so far, as each look at an order showed them.
create table performance_fill (
  account     text        not null,
  seq         bigint      not null,
  order_id    uuid,
  recorded_at timestamptz not null,
  volume      numeric,
  cost        numeric,
  fee         numeric
);

create function note_execution() returns trigger language plpgsql security definer set search_path = "${flyway:defaultSchema}", pg_temp as $$
begin
  if new.kind = 'order-intended' then
    if not (new.body #>> '{intent,validateOnly}')::boolean then
      insert into performance_order (account, signal_id, order_id, strategy, pair, side, mid_at_decision, approved_at, protective)
      values (new.account, new.signal_id, new.order_id, new.body #>> '{intent,strategy}', new.body #>> '{intent,plan,pair}',
        new.body #>> '{intent,plan,side}', (new.body #>> '{intent,midAtDecision}')::numeric,
        (new.body #>> '{intent,approvedAt}')::timestamptz, new.body #>> '{intent,protective}' is not null);
    end if;
  else
    insert into performance_fill (account, seq, order_id, recorded_at, volume, cost, fee)
    values (new.account, new.seq, new.order_id, new.recorded_at, (new.body #>> '{execution,volume}')::numeric,
      (new.body #>> '{execution,cost}')::numeric, (new.body #>> '{execution,fee}')::numeric);
  end if;
  return null;
end $$;
revoke execute on function note_execution() from public;

create trigger journal_notes_executions after insert on journal for each row
  when (new.kind in ('order-intended', 'order-progressed', 'order-ended')) execute function note_execution();

insert into performance_order
select account, signal_id, order_id,
       body #>> '{intent,strategy}', body #>> '{intent,plan,pair}', body #>> '{intent,plan,side}',
       (body #>> '{intent,midAtDecision}')::numeric, (body #>> '{intent,approvedAt}')::timestamptz,
       body #>> '{intent,protective}' is not null
from journal where kind = 'order-intended' and not (body #>> '{intent,validateOnly}')::boolean;
insert into performance_fill
select account, seq, order_id, recorded_at, (body #>> '{execution,volume}')::numeric, (body #>> '{execution,cost}')::numeric,
       (body #>> '{execution,fee}')::numeric
from journal where kind in ('order-progressed', 'order-ended');

grant select on performance_order, performance_fill to ${runtimeRole};
