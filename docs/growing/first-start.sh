#!/bin/sh
# What the server needs beside the registers themselves; runs once, on an empty volume.
set -eu

psql --no-psqlrc --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname estates \
    --set replication="$(cat "${SECRETS:-/run/secrets}/replication")" \
    --set pooler="$(sed 's/^"pooler" "\(.*\)"$/\1/' "${SECRETS:-/run/secrets}/poolers")" <<'SQL'
CREATE EXTENSION IF NOT EXISTS postgis;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO PUBLIC;   -- PostGIS lives there

CREATE ROLE replicator LOGIN REPLICATION PASSWORD :'replication';
CREATE ROLE pooler LOGIN PASSWORD :'pooler';

-- The poolers ask for the password of whoever comes, and can ask for nothing else.
CREATE SCHEMA pooler;
CREATE FUNCTION pooler.secret_of(asked text) RETURNS TABLE (name text, secret text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
BEGIN ATOMIC
    SELECT usename::text, passwd
    FROM pg_shadow
    WHERE usename = asked AND NOT usesuper AND NOT userepl;
END;
REVOKE ALL ON FUNCTION pooler.secret_of(text) FROM PUBLIC;
GRANT USAGE ON SCHEMA pooler TO pooler;
GRANT EXECUTE ON FUNCTION pooler.secret_of(text) TO pooler;
SQL
