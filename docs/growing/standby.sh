#!/bin/sh
# Copies the primary into an empty volume, then follows it.
set -eu

data="${PGDATA:-/var/lib/postgresql/data}"
PGPASSWORD="$(cat "${PASSWORD_FILE:?}")"
export PGPASSWORD
if [ ! -s "$data/PG_VERSION" ]; then
    pg_basebackup --pgdata "$data" --host "${PRIMARY_HOST:?}" --port "${PRIMARY_PORT:-5432}" \
        --username replicator --wal-method stream --checkpoint fast \
        --write-recovery-conf --create-slot --slot standby
fi
exec postgres -D "$data" -c "config_file=${CONFIG:-/etc/postgresql/standby.conf}" "$@"
