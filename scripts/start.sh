#!/usr/bin/env bash
# Starts a cluster of three nodes on this machine and shows it: see `rb dev up --help`.
set -euo pipefail
. "$(dirname "$0")/common.sh"
require_dotnet

node=$root/src/ReplicatedBook.Node/bin/Release/net10.0/ReplicatedBook.Node.dll
note=""
[ -f "$node" ] || note=", first time only"
printf 'building ............................................. '
started=$SECONDS
build_quietly src/ReplicatedBook.Node src/ReplicatedBook.Cli
echo "ok  ($((SECONDS - started)) s$note)"

# Takes this shell's place, so that Ctrl-C and SIGTERM reach it and nothing stands in between.
exec dotnet "$root/src/ReplicatedBook.Cli/bin/Release/net10.0/rb.dll" dev up "$@"
