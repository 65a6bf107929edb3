#!/usr/bin/env bash
# The first start makes the cluster and runs the init scripts on a server that listens on its socket only, like the
# official image; every start then runs the command.
set -euo pipefail

export POSTGRES_USER="${POSTGRES_USER:-postgres}"
export POSTGRES_DB="${POSTGRES_DB:-$POSTGRES_USER}"

make_cluster() {
  initdb --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "${POSTGRES_PASSWORD:?POSTGRES_PASSWORD is not set}") \
    --encoding=UTF8 --auth-local=trust --auth-host=scram-sha-256
  echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
  pg_ctl start --wait --options="-c listen_addresses=''"
  if [ "$POSTGRES_DB" != postgres ]; then
    createdb --username="$POSTGRES_USER" "$POSTGRES_DB"
  fi
  for script in /docker-entrypoint-initdb.d/*.sh; do
    [ -e "$script" ] || continue
    echo "running $script"
    # shellcheck disable=SC1090 # whatever is mounted there
    if [ -x "$script" ]; then "$script"; else . "$script"; fi
  done
  pg_ctl stop --wait --mode=fast
}

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  make_cluster
fi
exec "$@" -c listen_addresses='*'
