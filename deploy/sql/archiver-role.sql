-- A role for the command "archive": moves received bytes of old facts into archives, and nothing else. Only needed by who archives. Run
-- once as a PostgreSQL superuser, after roles.sql and after the first start of the service (its tables must be there), with psql:
--
--   psql -h localhost -U postgres -d signal_to_order -v ON_ERROR_STOP=1 -v archiver_password="$ARCHIVER_PASSWORD" -f deploy/sql/archiver-role.sql
--
-- The rights are those that migration V43 gives where the role is there already. What the role may set to null, and when, a trigger decides.

begin;
create role s2o_archiver login password :'archiver_password';
-- Again in database-rights.sql, for a database that is restored.
grant connect on database signal_to_order to s2o_archiver;
grant usage on schema public to s2o_archiver;
grant select on journal, checkpoint, merkle_node, lease, archive to s2o_archiver;
grant update (raw) on journal to s2o_archiver;
grant execute on function register_archive(bytea), is_archived(text, bigint) to s2o_archiver;
commit;
