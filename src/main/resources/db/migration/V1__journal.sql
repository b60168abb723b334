-- The journal and the small tables beside it. Run by the owner role; the service itself runs as ${runtimeRole}.

-- Who writes an account's journal, and how long that journal is. One row per account: every append moves journal_size from the
-- value its writer knows, under the fencing number it was given, so a paused or forgotten writer changes nothing.
create table lease (
  account      text primary key,
  holder       uuid,
  fencing      bigint not null default 0,
  expires_at   timestamptz not null default '-infinity',
  journal_size bigint not null default 0
);

-- Everything that happened, in order. Insert-only.
create table journal (
  account     text        not null,
  seq         bigint      not null check (seq >= 0),
  recorded_at timestamptz not null,
  kind        text        not null,
  signal_id   uuid,
  order_id    uuid,
  body        jsonb       not null,
  canonical   bytea       not null,
  raw         bytea,
  leaf_hash   bytea       not null check (octet_length(leaf_hash) = 32),
  primary key (account, seq)
);
create index journal_signal on journal (signal_id) where signal_id is not null;
create index journal_order on journal (order_id) where order_id is not null;
create index journal_recorded_at on journal (recorded_at);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% on % is refused: the journal is append-only', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end $$;

create trigger journal_is_append_only
  before update or delete or truncate on journal
  for each statement execute function refuse_change();

-- Every delivery that was taken, so that a repeated one finds its first. Insert-only for the service.
create table inbox (
  source      text        not null,
  delivery_id text        not null,
  body_sha256 text        not null,
  signal_id   uuid        not null unique,
  account     text        not null,
  received_at timestamptz not null,
  primary key (source, delivery_id)
);

-- The highest nonce reserved for each key: nothing above it has been used.
create table nonce (
  key_fingerprint text   primary key,
  high_water      bigint not null
);

-- The read model of the report: one row per signal. May be dropped and rebuilt from the journal.
create table signal_summary (
  signal_id     uuid primary key,
  account       text        not null,
  source        text        not null,
  strategy      text,
  pair          text,
  action        text,
  received_at   timestamptz not null,
  outcome       text        not null,
  reasons       text[]      not null default '{}',
  order_id      uuid,
  order_txid    text,
  volume        numeric,
  average_price numeric,
  slippage_bps  numeric,
  fee           numeric,
  price_origin  text
);
create index signal_summary_newest on signal_summary (received_at desc, signal_id desc);
create index signal_summary_outcome on signal_summary (outcome, received_at desc, signal_id desc);
create index signal_summary_source on signal_summary (source, received_at desc, signal_id desc);

grant usage on schema public to ${runtimeRole};
grant select, insert on journal, inbox to ${runtimeRole};
grant select, insert, update on lease, nonce, signal_summary to ${runtimeRole};

do $$
begin
  if exists (select from pg_roles where rolname = '${reviewerRole}') then
    execute 'grant usage on schema public to "${reviewerRole}"';
    execute 'grant select on journal, inbox, signal_summary to "${reviewerRole}"';
  end if;
end $$;
