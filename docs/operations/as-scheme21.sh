#!/bin/sh
# /usr/local/bin/scheme21 and /usr/local/bin/prefect, mode 0755: the program of that name in the checkout, as the
# services' user and with their settings, so that what root types and what the worker runs cannot differ.
set -eu
if [ "$(id -un)" != scheme21 ]; then
    exec runuser -u scheme21 -- "$0" "$@"
fi
set -a
. /etc/scheme21/scheme21.env
PREFECT_HOME=/var/lib/scheme21-worker
set +a
cd /opt/scheme21
exec ".venv/bin/${0##*/}" "$@"
