#!/usr/bin/env bash
# Makes the secrets that compose.yaml names, in the folder secrets beside this script. Overwrites nothing: what is there stays.
# The users file and the webhook's secret come from the program itself: README.md.
set -euo pipefail
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
cd secrets

password() { [ -e "$1-password" ] || openssl rand -hex 24 | tr -d '\n' >"$1-password"; }

for role in postgres owner runtime reviewer backup; do password "$role"; done
if [ ! -e database.properties ]; then
  printf 'quarkus.datasource.password=%s\nquarkus.flyway.password=%s\n' "$(cat runtime-password)" "$(cat owner-password)" \
    >database.properties
fi
[ -e checkpoint.key ] || openssl genpkey -algorithm ed25519 -out checkpoint.key
[ -e demo.secret ] || printf 'whsec_%s\n' "$(openssl rand -base64 32)" >demo.secret
# Compose shows the files inside as they are outside; the service runs as 10001, PostgreSQL's entrypoint as root, the backup as 999.
chmod 0444 database.properties checkpoint.key demo.secret ./*-password
if [ -e users ]; then chmod 0444 users; else echo 'still missing: users (README.md)'; fi
chmod 0711 .
