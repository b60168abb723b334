-- A role of its own for migrations, so that nobody can sign in as the owner of the tables. Run once as a PostgreSQL superuser, after
-- roles.sql, with psql:
--
--   psql -h localhost -U postgres -v ON_ERROR_STOP=1 -v migrator_password="$MIGRATOR_PASSWORD" -f deploy/sql/migration-role.sql
--
-- Then set quarkus.flyway.username=s2o_migrator and its password, where migrations run.
--
--   s2o_owner     owns the tables, as before, and cannot sign in any more.
--   s2o_migrator  becomes s2o_owner when it signs in to this database, and has no right of its own. Between migrations it may be locked:
--                 alter role s2o_migrator nologin;

begin;
create role s2o_migrator login noinherit password :'migrator_password';
grant s2o_owner to s2o_migrator;
-- Both again in database-rights.sql, for a database that is restored.
grant connect on database signal_to_order to s2o_migrator;
alter role s2o_migrator in database signal_to_order set role = 's2o_owner';
alter role s2o_owner nologin password null;
commit;
