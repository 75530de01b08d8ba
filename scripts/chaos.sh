#!/usr/bin/env bash
# Runs real nodes under load, harms them with faults drawn from a seed, and judges what the clients were told:
#   scripts/chaos.sh [--minutes N] [--seed S] [--nodes 3|5] [--clients C]    all faults, so long
#   scripts/chaos.sh --cycles N [...]                                        kills, pauses and isolates the leader so often
# The last line is "CHAOS PASS|FAIL seed=... minutes=..."; the exit code is 0 only with PASS.
set -euo pipefail
. "$(dirname "$0")/common.sh"
require_dotnet
build_quietly tests/ReplicatedBook.Cluster.Tests
exec dotnet "$root/tests/ReplicatedBook.Cluster.Tests/bin/Release/net10.0/ReplicatedBook.Cluster.Tests.dll" chaos "$@"
