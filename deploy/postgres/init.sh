#!/usr/bin/env bash
# One role and one database for each service. A role owns its own database and may not even connect to another's.
# PostgreSQL's image runs this once, on an empty data directory; it may be run again, and then sets the passwords anew.
# All five exist from the start, so that a service added later finds its database in a cluster that is already in use.
set -euo pipefail

for service in booking recruitment training notify gateway; do
  variable="${service^^}_DB_PASSWORD"
  # The password is read by psql itself: as an argument every process of the container could see it.
  SERVICE_PASSWORD="${!variable:?$variable is not set}" psql --no-psqlrc --quiet -v ON_ERROR_STOP=1 -v service="$service" \
    --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv password SERVICE_PASSWORD
SELECT format('CREATE ROLE %I', :'service')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'service') \gexec
ALTER ROLE :"service" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'password';
SELECT format('CREATE DATABASE %I OWNER %I', :'service', :'service')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'service') \gexec
REVOKE ALL ON DATABASE :"service" FROM PUBLIC;
SQL
done

# PUBLIC may connect to these two by default: a service has no business there either.
psql --no-psqlrc --quiet -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;
SQL
