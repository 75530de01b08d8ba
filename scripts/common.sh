# Sourced by the other scripts: finds the repository's root and checks that a fitting .NET SDK is there.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 # A minimal Debian has no ICU.
export DOTNET_NOLOGO=1
export DOTNET_CLI_TELEMETRY_OPTOUT=1

require_dotnet() {
  local version major
  version=$(cd "$root" && dotnet --version 2>/dev/null) || version=""
  major=${version%%.*}
  if [ -z "$version" ] || [ "$major" -lt 10 ]; then
    echo "ReplicatedBook needs the .NET SDK 10 or later; found: ${version:-none}." >&2
    echo "Install it from https://dotnet.microsoft.com/download (Debian, Ubuntu: apt-get install dotnet-sdk-10.0)." >&2
    exit 2
  fi
}

# Builds projects in Release, quietly; shows the build's own output only when it fails.
build_quietly() {
  local out project
  for project in "$@"; do
    if ! out=$(dotnet build -c Release -v quiet "$root/$project" 2>&1); then
      printf '%s\n' "$out" >&2
      echo "building $project failed" >&2
      exit 1
    fi
  done
}
