-- The report's totals without counting all rows, and pages by a reason without reading all others.

-- How many signals there are of a kind and a UTC day of receipt. Follows from signal_summary: the triggers below keep it in the same
-- statement, and nobody but the owner can write it. '' stands for none. Of reasons only those of up to 200 characters are counted here;
-- reason '' counts every signal once, whatever its reasons.
create table signal_total (
  reason   text   not null,
  day      date   not null,
  account  text   not null,
  source   text   not null,
  strategy text   not null,
  pair     text   not null,
  outcome  text   not null,
  signals  bigint not null,
  primary key (reason, day, account, source, strategy, pair, outcome)
) with (fillfactor = 70);

-- What a row counts for. A reason that stands twice in a row counts once.
create function counted_reasons(reasons text[]) returns setof text
language sql immutable parallel safe as $$
  select '' union select reason from unnest(reasons) as reason where char_length(reason) between 1 and 200
$$;

create function count_signals() returns trigger language plpgsql security definer set search_path = "${flyway:defaultSchema}", pg_temp as $$
begin
  if tg_op = 'TRUNCATE' then
    truncate signal_total;
  elsif tg_op = 'INSERT' then
    insert into signal_total as t
    select reason, (received_at at time zone 'UTC')::date, account, source, coalesce(strategy, ''), coalesce(pair, ''), outcome, count(*)
    from added, counted_reasons(reasons) as reason
    group by 1, 2, 3, 4, 5, 6, 7
    on conflict (reason, day, account, source, strategy, pair, outcome) do update set signals = t.signals + excluded.signals;
  elsif tg_op = 'DELETE' then
    insert into signal_total as t
    select reason, (received_at at time zone 'UTC')::date, account, source, coalesce(strategy, ''), coalesce(pair, ''), outcome, -count(*)
    from removed, counted_reasons(reasons) as reason
    group by 1, 2, 3, 4, 5, 6, 7
    on conflict (reason, day, account, source, strategy, pair, outcome) do update set signals = t.signals + excluded.signals;
  elsif exists (select from removed) then
    insert into signal_total as t
    select reason, (received_at at time zone 'UTC')::date, account, source, coalesce(strategy, ''), coalesce(pair, ''), outcome, sum(n)
    from (select 1 as n, * from added union all select -1, * from removed) as changed, counted_reasons(reasons) as reason
    group by 1, 2, 3, 4, 5, 6, 7
    having sum(n) <> 0
    on conflict (reason, day, account, source, strategy, pair, outcome) do update set signals = t.signals + excluded.signals;
  end if;
  return null;
end $$;
revoke execute on function count_signals() from public;

create trigger signal_summary_added after insert on signal_summary
  referencing new table as added for each statement execute function count_signals();
create trigger signal_summary_changed after update on signal_summary
  referencing old table as removed new table as added for each statement execute function count_signals();
create trigger signal_summary_removed after delete on signal_summary
  referencing old table as removed for each statement execute function count_signals();
create trigger signal_summary_emptied after truncate on signal_summary
  for each statement execute function count_signals();

insert into signal_total
select reason, (received_at at time zone 'UTC')::date, account, source, coalesce(strategy, ''), coalesce(pair, ''), outcome, count(*)
from signal_summary, counted_reasons(reasons) as reason
group by 1, 2, 3, 4, 5, 6, 7;

-- Pages by a reason. An index entry must be short, and a reason may be a whole sentence of Kraken's: with the index before, one that was long
-- enough made the commit fail that wrote it.
drop index signal_summary_reasons;
create function short_reasons(reasons text[]) returns text[]
language sql immutable parallel safe as $$
  select array_agg(left(reason, 200)) from unnest(reasons) as reason
$$;
create index signal_summary_reasons on signal_summary using gin (short_reasons(reasons)) where short_reasons(reasons) is not null;
-- Counted the outcomes of everything until now.
drop index signal_summary_counts;

grant select on signal_total to ${runtimeRole};
do $$
begin
  if exists (select from pg_roles where rolname = '${reviewerRole}') then
    execute 'grant select on signal_total to "${reviewerRole}"';
  end if;
end $$;
