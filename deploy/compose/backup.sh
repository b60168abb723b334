#!/usr/bin/env bash
# Dumps the database again and again. Each dump is read back before it counts; a failed one is tried again and removes nothing.
# BACKUP_EVERY_SECONDS, BACKUP_KEEP (how many stay), and libpq's PG… variables; the password is the secret backup-password.
set -euo pipefail

folder=/backups
PGPASSWORD=$(cat /run/secrets/backup-password)
export PGPASSWORD

dump() {
  local name part
  name=$folder/signal-to-order-$(date -u +%Y%m%dT%H%M%SZ).dump
  part=$name.part
  pg_dump --format=custom --file="$part" && pg_restore --list "$part" >/dev/null && mv "$part" "$name" && echo "backup: $name"
}

# The newest BACKUP_KEEP stay.
tidy() {
  find "$folder" -name 'signal-to-order-*.dump' | sort -r | tail -n "+$((BACKUP_KEEP + 1))" | xargs -r rm --
  find "$folder" -name '*.part' -mmin +600 -delete
}

while true; do
  if dump; then
    tidy
    sleep "$BACKUP_EVERY_SECONDS"
  else
    echo 'backup: FAILED, again in a minute' >&2
    sleep 60
  fi
done
