-- The reviewers' door: a certificate that was replaced is among the keys and secrets.
-- Wider: columns may only be added at the end of a view.

create or replace view audit_key as
select account, seq, recorded_at, kind as event,
       body ->> 'what' as what,
       body ->> 'from' as fingerprint_before,
       coalesce(body ->> 'to', body ->> 'keyFingerprints', body ->> 'inUse') as fingerprint,
       body -> 'refusals' as refusals,
       body -> 'warnings' as warnings,
       (body ->> 'historyLimited')::boolean as history_limited,
       body ->> 'reason' as reason,
       body ->> 'subject' as subject,
       (body ->> 'notAfter')::timestamptz as not_after
from journal where kind in ('key-checked', 'keys-rotated', 'keys-not-rotated', 'checkpoint-key-replaced', 'secrets-replaced',
  'certificate-replaced');
comment on column audit_key.what is 'With secrets-replaced: whose: users, "source ...", "notifications...", "feed...", "authorities of tls ..."; with certificate-replaced: "tls ..."';
comment on column audit_key.subject is 'With certificate-replaced: whose certificate it is';
comment on column audit_key.not_after is 'With certificate-replaced: when it ends';
