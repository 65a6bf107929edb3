#!/usr/bin/env bash
# Writes the user into the configuration and becomes the server, which logs to its output.
set -euo pipefail

cat > /etc/rabbitmq/rabbitmq.conf <<CONF
default_user = ${RABBITMQ_DEFAULT_USER:-guest}
default_pass = ${RABBITMQ_DEFAULT_PASS:-guest}
loopback_users = none
log.console = true
log.file = false
CONF

# Debian's wrapper would put a shell between the engine's SIGTERM and the server.
export HOME=/var/lib/rabbitmq
cd "$HOME"
exec setpriv --reuid=rabbitmq --regid=rabbitmq --init-groups /usr/lib/rabbitmq/bin/rabbitmq-server
