#!/bin/sh
# usage: supervise.sh ROOT DATA [option of postgres ...]
# Runs PostgreSQL 17 in a chroot. A line on standard input kills it. When standard input closes, in
# whatever way the process at its other end dies, the server ends too, and its data is removed.
root=$1 data=$2
shift 2
chroot --userspec=postgres:postgres "$root" \
  /usr/lib/postgresql/17/bin/postgres -D "$data" "$@" </dev/null &
server=$!
exec 2>/dev/null # So that the pipe closes when the server is gone.
if read -r _; then
  kill -KILL "$server"
  wait "$server"
else
  kill -QUIT "$server"
  wait "$server"
  rm -rf "${root:?}${data:?}"
fi
