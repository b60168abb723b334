-- The journal as a Merkle log (RFC 6962, one per account): signed heads, and hashes of subtrees so that a proof or a restart need not
-- read everything again. Both follow from the journal; neither is believed without a signature or a computation.

create table checkpoint (
  account     text        not null,
  size        bigint      not null check (size > 0),
  key_id      text        not null check (key_id ~ '^[0-9a-f]{8}$'),
  root        bytea       not null check (octet_length(root) = 32),
  note        text        not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (account, size, key_id)
);
create index checkpoint_newest on checkpoint (recorded_at desc, account desc, size desc);

-- Complete subtrees of 256, 65 536, ... leaves: levels 8, 16, 24, ...
create table merkle_node (
  account text     not null,
  level   smallint not null check (level > 0 and level % 8 = 0),
  idx     bigint   not null check (idx >= 0),
  hash    bytea    not null check (octet_length(hash) = 32),
  primary key (account, level, idx)
);

create trigger checkpoint_is_append_only
  before update or delete or truncate on checkpoint
  for each statement execute function refuse_change();
create trigger merkle_node_is_append_only
  before update or delete or truncate on merkle_node
  for each statement execute function refuse_change();

grant select, insert on checkpoint, merkle_node to ${runtimeRole};

do $$
begin
  if exists (select from pg_roles where rolname = '${reviewerRole}') then
    execute 'grant select on checkpoint, merkle_node to "${reviewerRole}"';
  end if;
end $$;
