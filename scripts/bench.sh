#!/usr/bin/env bash
# Measures: scripts/bench.sh WHAT [options], each with --help.
set -euo pipefail
. "$(dirname "$0")/common.sh"
if [ $# -eq 0 ]; then
  echo "usage: scripts/bench.sh matching|micro|betting|flash1|snapshot|market|cluster|failover|login-times|logins [options]" >&2
  exit 2
fi
require_dotnet
build_quietly src/ReplicatedBook.Node tests/ReplicatedBook.Benchmarks
exec dotnet "$root/tests/ReplicatedBook.Benchmarks/bin/Release/net10.0/ReplicatedBook.Benchmarks.dll" "$@"
