-- A role for pg_dump: reads everything, changes nothing. Run once as a PostgreSQL superuser, after roles.sql, with psql:
--
--   psql -h localhost -U postgres -v ON_ERROR_STOP=1 -v backup_password="$BACKUP_PASSWORD" -f deploy/sql/backup-role.sql

create role s2o_backup login password :'backup_password';
grant pg_read_all_data to s2o_backup;
-- Again in database-rights.sql, for a database that is restored.
grant connect on database signal_to_order to s2o_backup;
