#!/usr/bin/env bash
# Runs once, when the database's volume is new: makes the database and its roles. Passwords come from files.
set -euo pipefail

secret() { cat "/run/secrets/$1-password"; }

psql --username postgres --dbname postgres --no-psqlrc --quiet --set ON_ERROR_STOP=1 \
  --set owner_password="$(secret owner)" --set runtime_password="$(secret runtime)" \
  --set reviewer_password="$(secret reviewer)" --file /sql/roles.sql
psql --username postgres --dbname postgres --no-psqlrc --quiet --set ON_ERROR_STOP=1 \
  --set backup_password="$(secret backup)" --file /sql/backup-role.sql
