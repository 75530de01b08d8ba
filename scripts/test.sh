#!/usr/bin/env bash
# Restores (locked), builds with warnings as errors, checks the format and runs every suite; changes nothing in the tree.
#   --quick   leaves out the suite of real processes and tells the others to be brief (RB_TEST_QUICK=1)
# The last line is "N passed, N failed"; the exit code is 0 only when nothing failed.
set -uo pipefail
. "$(dirname "$0")/common.sh"
cd "$root" || exit 2

quick=""
for argument in "$@"; do
  case $argument in
    --quick) quick=yes; export RB_TEST_QUICK=1 ;;
    *) echo "usage: scripts/test.sh [--quick]" >&2; exit 2 ;;
  esac
done
require_dotnet

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
passed=0 failed=0 skipped=0

# Runs one step of the build; a failure counts as one failed check and shows its output.
step() {
  local name=$1 started=$SECONDS
  shift
  if "$@" >"$logs/step" 2>&1; then
    printf '%-30s ok  (%d s)\n' "$name" $((SECONDS - started))
  else
    printf '%-30s FAILED  (%d s)\n' "$name" $((SECONDS - started))
    grep -E 'error|warning|rror:' "$logs/step" | sort -u | head -60 || tail -40 "$logs/step"
    failed=$((failed + 1))
    return 1
  fi
}

finish() {
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ] || exit 1
  exit 0
}

step "restore (locked)" dotnet restore --locked-mode || finish
step "build (warnings are errors)" dotnet build -c Release --no-restore -warnaserror || finish
step "format" dotnet format whitespace --verify-no-changes --no-restore

# One row of the table. A suite that ends without its summary (a crash) is a failure, whatever it printed before.
run_suite() {
  local name=$1 dll=$2 started=$SECONDS log="$logs/$1" code summary total=0 bad=0 errors=0 left=0 idle=0
  dotnet "$dll" -noLogo -noColor >"$log" 2>&1
  code=$?
  summary=$(grep -E 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+' "$log" | tail -1)
  count() { printf '%s' "$summary" | sed -nE "s/.*$1: ([0-9]+).*/\1/p"; }
  if [ -n "$summary" ]; then
    total=$(count Total) errors=$(count Errors) bad=$(count Failed) left=$(count Skipped) idle=$(count 'Not Run')
  fi
  bad=$((bad + errors))
  if [ "$code" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
  if [ "$total" -eq 0 ] && [ "$bad" -eq 0 ]; then bad=1; echo "$name ran no test" >>"$log"; fi
  local good=$((total - bad - left - idle))
  [ "$good" -ge 0 ] || good=0
  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + left))
  printf '%-30s %6d %7d %8d %5d s\n' "$name" "$good" "$bad" "$left" $((SECONDS - started))
  if [ "$bad" -gt 0 ]; then
    grep -A 25 -E '\[FAIL\]' "$log" | head -200 >>"$logs/failures" || true
    grep -qE '\[FAIL\]' "$log" || tail -40 "$log" >>"$logs/failures"
  fi
  grep -A 1 -E '\[SKIP\]' "$log" | grep -v '^--' >>"$logs/skips" || true
}

echo
printf '%-30s %6s %7s %8s %7s\n' SUITE PASSED FAILED SKIPPED TIME
for project in tests/*/*.csproj; do
  grep -q 'xunit.v3' "$project" || continue
  name=$(basename "$project" .csproj)
  if [ -n "$quick" ] && [ "$name" = ReplicatedBook.Cluster.Tests ]; then continue; fi
  run_suite "${name#ReplicatedBook.}" "tests/$name/bin/Release/net10.0/$name.dll"
done

if [ -s "$logs/skips" ]; then echo; echo "skipped, with their reasons:"; cat "$logs/skips"; fi
if [ -s "$logs/failures" ]; then echo; echo "failures:"; cat "$logs/failures"; fi
echo
[ "$skipped" -eq 0 ] || echo "$skipped skipped"
finish
