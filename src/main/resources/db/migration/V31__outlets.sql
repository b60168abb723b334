-- How far each receiver of notifications and of the feed has got with each account's journal. Mutable and small: it holds no event, only
-- the number of the next fact to look at.
create table outlet_cursor (
  outlet             text        not null,
  account            text        not null,
  next_seq           bigint      not null check (next_seq >= 0),
  claimed_by         uuid,
  claimed_until      timestamptz not null default '-infinity',
  not_before         timestamptz not null default '-infinity',
  failures           integer     not null default 0,
  failing_since      timestamptz,
  last_error         text,
  delivered          bigint      not null default 0,
  delivered_at       timestamptz,
  told_contradiction text,
  primary key (outlet, account)
);

grant select, insert, update on outlet_cursor to ${runtimeRole};
