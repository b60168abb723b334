-- What several replicas need: each takes webhooks and commands for accounts that another one leads.

alter table lease add column taken_at timestamptz;

-- Deliveries that were taken by a replica that does not lead their account. Written in one commit with their inbox row, deleted in one
-- commit with their facts.
create table handed_over (
  id            bigint generated always as identity primary key,
  account       text        not null,
  source        text        not null,
  delivery_id   text        not null,
  body_sha256   text        not null,
  signal_id     uuid        not null,
  received_at   timestamptz not null,
  body          bytea       not null,
  content       text        not null, -- JSON: the signal, or what is wrong with it
  conflict_with uuid                  -- the first signal under this delivery id, when that came with another body
);
create index handed_over_account on handed_over (account, id);

-- Operators' commands that were given to a replica that does not lead the account. Carried out in one commit with their facts. Nothing is
-- ever deleted.
create table command (
  id           uuid        primary key,
  place        bigint      generated always as identity,
  account      text        not null,
  kind         text        not null,
  body         text        not null, -- JSON
  given_by     uuid        not null, -- the replica
  given_at     timestamptz not null default clock_timestamp(),
  withdrawn_at timestamptz,          -- nobody led the account in time: never carried out
  executed_at  timestamptz,
  fencing      bigint,               -- the leader's, when it was carried out
  done         boolean,
  answer       text,
  in_force_at  timestamptz           -- its effect was complete, for example: no call was under way any more
);
create index command_waiting on command (account, place) where executed_at is null and withdrawn_at is null;

-- Who is alive.
create table replica (
  id         uuid        primary key,
  name       text        not null,
  started_at timestamptz not null,
  seen_at    timestamptz not null
);

-- How each account stood when its leader last said so.
create table account_status (
  account text        primary key,
  holder  uuid        not null,
  at      timestamptz not null,
  status  text        not null -- JSON
);

-- The fold of an account's facts up to seq, so that a start need not fold them all. Its hash is a fact in the journal.
create table state_snapshot (
  account  text        not null,
  seq      bigint      not null, -- facts that are folded in
  version  text        not null, -- of the program that folded
  taken_at timestamptz not null,
  sha256   bytea       not null check (octet_length(sha256) = 32),
  body     bytea       not null,
  primary key (account, seq)
);

grant select, insert, delete on handed_over to ${runtimeRole};
grant select, insert, update on command, account_status to ${runtimeRole};
grant select, insert, update, delete on replica to ${runtimeRole};
grant select, insert, delete on state_snapshot to ${runtimeRole};
