-- Database and roles of signal-to-order. Run once as a PostgreSQL superuser, with psql:
--
--   psql -h localhost -U postgres -v ON_ERROR_STOP=1 \
--        -v owner_password="$OWNER_PASSWORD" -v runtime_password="$RUNTIME_PASSWORD" \
--        -v reviewer_password="$REVIEWER_PASSWORD" -f deploy/sql/roles.sql
--
-- Run it before the first start of the service: the migration gives rights to the roles that exist then.
--
--   s2o_owner     owns the tables and runs the migrations. Used for the moment of a start only.
--   s2o_runtime   the service itself: reads and appends; cannot change or delete a journal row.
--   s2o_reviewer  reads with SQL: the views audit_*, journal, inbox, signal_summary, checkpoints. Nothing else.
--
-- What each role may do to each table is in src/main/resources/db/migration.

create role s2o_owner    login password :'owner_password';
create role s2o_runtime  login password :'runtime_password';
create role s2o_reviewer login password :'reviewer_password';

create database signal_to_order owner s2o_owner;
-- Who may connect. In a file of its own because a restore needs it too.
\connect signal_to_order
\ir database-rights.sql
