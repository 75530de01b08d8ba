#!/usr/bin/env bash
# Runs whole clusters on one thread with faults drawn from seeds: scripts/simulate.sh [--seeds N] [--seed S].
set -euo pipefail
. "$(dirname "$0")/common.sh"
require_dotnet
exec dotnet run -c Release --project "$root/tests/ReplicatedBook.Simulation" -- simulate "$@"
