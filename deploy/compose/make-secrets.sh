#!/usr/bin/env bash
# Makes the secrets that compose.yaml names, in the folder secrets beside this script; those of the service in secrets/service, which it
# sees as a folder. Overwrites nothing: what is there stays. The users file comes from the program itself: README.md.
set -euo pipefail
cd "$(dirname "$0")"
umask 077
mkdir -p secrets/service
cd secrets
# Nobody but the owner comes in. What is inside can be read by all, because Compose shows it with the owner and mode that it has outside: the
# service runs as 10001, PostgreSQL's entrypoint as root, the backup as 999. A mount from in here does not pass this folder.
chmod 0700 .
# Where they lay before they had a folder.
for file in database.properties users checkpoint.key demo.secret; do
  if [ -e "$file" ] && [ ! -e "service/$file" ]; then mv "$file" service/; fi
done

password() { [ -e "$1-password" ] || openssl rand -hex 24 | tr -d '\n' >"$1-password"; }

for role in postgres owner runtime reviewer backup; do password "$role"; done
if [ ! -e service/database.properties ]; then
  printf 'quarkus.datasource.password=%s\nquarkus.flyway.password=%s\n' "$(cat runtime-password)" "$(cat owner-password)" \
    >service/database.properties
fi
[ -e service/checkpoint.key ] || openssl genpkey -algorithm ed25519 -out service/checkpoint.key
[ -e service/demo.secret ] || printf 'whsec_%s\n' "$(openssl rand -base64 32)" >service/demo.secret
chmod 0444 ./*-password service/*
chmod 0755 service
if [ ! -e service/users ]; then echo 'still missing: users (README.md)'; fi
