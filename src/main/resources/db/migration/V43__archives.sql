-- Bytes received from outside (journal.raw) can be moved into a signed archive. What the service itself wrote stays: canonical bytes with
-- the SHA-256 of what was moved, body, hash. Which archives there are is said by facts of a journal of its own, "archives".

-- One row per archive that is on record. Facts first_seq to next_seq - 1 of the account are in it.
create view archive as
select seq as fact, recorded_at as registered_at,
       body ->> 'account' as account,
       case when body ->> 'first' ~ '^[0-9]{1,18}$' then (body ->> 'first')::bigint end as first_seq,
       case when body ->> 'next' ~ '^[0-9]{1,18}$' then (body ->> 'next')::bigint end as next_seq,
       body ->> 'file' as file,
       body ->> 'sha256' as sha256,
       case when body ->> 'bytes' ~ '^[0-9]{1,18}$' then (body ->> 'bytes')::bigint end as bytes,
       case when body ->> 'checkpointSize' ~ '^[0-9]{1,18}$' then (body ->> 'checkpointSize')::bigint end as checkpoint_size
from journal where account = 'archives' and kind = 'facts-archived';
comment on view archive is 'One row per archive: a file with all facts of a part of an account''s journal, from which received bytes may have been moved.';
comment on column archive.fact is 'Number of the fact in the journal "archives" that says so';
comment on column archive.next_seq is 'Number after its last fact';
comment on column archive.sha256 is 'Of the file, hex';
comment on column archive.bytes is 'Size of the file';
comment on column archive.checkpoint_size is 'Facts that the newest checkpoint in it attests';

-- Puts an archive on record: the only way into the journal "archives" for who has no right on the table. Takes the canonical bytes of the
-- fact; everything else follows from them.
create function register_archive(fact bytea) returns bigint language plpgsql security definer
set search_path = pg_catalog, "${flyway:defaultSchema}", pg_temp as $$
declare
  said jsonb := convert_from(fact, 'UTF8')::jsonb;
  what jsonb := said -> 'body';
  place bigint := (said ->> 'seq')::bigint;
  first_seq bigint := (what ->> 'first')::bigint;
  next_seq bigint := (what ->> 'next')::bigint;
begin
  if said - 'body' - 'recordedAt' - 'seq' <> '{"account": "archives", "kind": "facts-archived", "signalId": null, "orderId": null, "rawSha256": null}'
  then
    raise exception 'this is no fact about an archive' using errcode = 'check_violation';
  end if;
  if (what ->> 'file' ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$' and what ->> 'sha256' ~ '^[0-9a-f]{64}$'
      and (what ->> 'bytes')::bigint > 0 and (what ->> 'checkpointSize')::bigint >= next_seq and first_seq < next_seq) is not true
  then
    raise exception 'this fact about an archive lacks a file, its hash or size, or its facts' using errcode = 'check_violation';
  end if;
  insert into lease (account) values ('archives') on conflict do nothing;
  update lease set journal_size = journal_size + 1 where account = 'archives' and journal_size = place;
  if not found then
    raise exception 'the journal of archives is not at %', place using errcode = 'check_violation';
  end if;
  -- Behind the lock on the lease: one at a time.
  if first_seq <> coalesce((select max(a.next_seq) from archive a where a.account = what ->> 'account'), 0) then
    raise exception 'archives of % follow one another: % is not where the one before ends', what ->> 'account', first_seq
      using errcode = 'check_violation';
  end if;
  if (select max(c.size) from checkpoint c where c.account = what ->> 'account') >= (what ->> 'checkpointSize')::bigint is not true then
    raise exception 'no checkpoint attests these facts of %', what ->> 'account' using errcode = 'check_violation';
  end if;
  insert into journal (account, seq, recorded_at, kind, body, canonical, leaf_hash)
  values ('archives', place, (said ->> 'recordedAt')::timestamptz, 'facts-archived', what, fact, sha256('\x00'::bytea || fact));
  return place;
end $$;
revoke execute on function register_archive(bytea) from public;

-- Whether an archive is on record that has this fact, under a checkpoint.
create function is_archived(of_account text, of_seq bigint) returns boolean language sql stable
set search_path = pg_catalog, "${flyway:defaultSchema}", pg_temp as $$
  select exists (
    select from archive a where a.account = of_account and of_seq >= a.first_seq and of_seq < a.next_seq
      and exists (select from checkpoint c where c.account = 'archives' and c.size > a.fact))
$$;
revoke execute on function is_archived(text, bigint) from public;

-- The one change of a fact there is: received bytes that an archive has are taken away. For everybody, the tables' owner included.
create function refuse_all_but_moving() returns trigger language plpgsql
set search_path = pg_catalog, "${flyway:defaultSchema}", pg_temp as $$
declare
  moved journal := old;
begin
  moved.raw := null;
  if old.raw is null or new *<> moved then
    raise exception 'UPDATE on journal is refused: the journal is append-only; received bytes can be moved into an archive'
      using errcode = 'insufficient_privilege';
  end if;
  if old.recorded_at > clock_timestamp() - interval '1 day' then
    raise exception 'UPDATE on journal is refused: fact % of % is younger than a day', old.seq, old.account
      using errcode = 'insufficient_privilege';
  end if;
  if not is_archived(old.account, old.seq) then
    raise exception 'UPDATE on journal is refused: no archive with fact % of % is on record and under a checkpoint', old.seq, old.account
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

drop trigger journal_is_append_only on journal;
create trigger journal_is_append_only
  before delete or truncate or update of account, seq, recorded_at, kind, signal_id, order_id, body, canonical, leaf_hash on journal
  for each statement execute function refuse_change();
create trigger journal_raw_only_moves
  before update on journal
  for each row execute function refuse_all_but_moving();

grant select on archive to ${runtimeRole};

do $$
begin
  if exists (select from pg_roles where rolname = '${reviewerRole}') then
    execute 'grant select on archive to "${reviewerRole}"';
  end if;
  -- The same rights as in deploy/sql/archiver-role.sql, for a database whose roles were made before its tables.
  if exists (select from pg_roles where rolname = 's2o_archiver') then
    execute 'grant usage on schema public to s2o_archiver';
    execute 'grant select on journal, checkpoint, merkle_node, lease, archive to s2o_archiver';
    execute 'grant update (raw) on journal to s2o_archiver';
    execute 'grant execute on function register_archive(bytea), is_archived(text, bigint) to s2o_archiver';
  end if;
end $$;
