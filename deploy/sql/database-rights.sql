-- What belongs to the database as a whole: who may connect, and that the migrator becomes the owner. No dump holds it, and it goes with the
-- database when that is dropped. roles.sql runs this; run it again, as a superuser, on every database that is made by hand, before
-- the dump comes in:
--
--   psql -h localhost -U postgres -d signal_to_order -v ON_ERROR_STOP=1 -f deploy/sql/database-rights.sql
--
-- It concerns the database that it is connected to, and those roles that exist. It may be run again at any time.

do $$
declare
  here constant text := current_database();
  each text;
begin
  execute format('revoke all on database %I from public', here);
  for each in
    select rolname from pg_roles
    where rolname in ('s2o_runtime', 's2o_reviewer', 's2o_backup', 's2o_archiver', 's2o_migrator')
  loop
    execute format('grant connect on database %I to %I', here, each);
    if each = 's2o_migrator' then
      execute format('alter role s2o_migrator in database %I set role = %L', here, 's2o_owner');
    end if;
  end loop;
end
$$;
