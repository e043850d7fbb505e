#!/usr/bin/env bash
# Builds and tests all that this machine can, from a bare checkout; the README's test command.
# Needs the .NET SDK and Node. Where the package source lacks some of the product's packages, it says which and tests the rest.
# The last line is always `N passed, N failed, N skipped`; the exit code is not 0 if anything failed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

# Nothing here runs long enough to earn back what it costs to be watched for a better compilation.
export DOTNET_TieredPGO=0

readonly configuration=Release
readonly results=artifacts/test-results
readonly solution=Lightport.Functions.sln

# Tested one by one where the solution cannot be restored as a whole. Add a test project here.
readonly projects=(
  tests/Lightport.Tests
  tests/Lightport.Cel.Tests
  tests/Lightport.Cli.Tests
  tests/Lightport.Conformance.Tests
  tests/Lightport.EndToEnd
  tests/Lightport.Azure.Tests
  tests/Lightport.Functions.Tests
  tests/Lightport.Infra.Tests
)

# What the tests need from npm, each at the versions of its lock file: real clients, others' MCP programs, Azure's
# storage emulator, grammars.
readonly clients=(
  tests/Lightport.EndToEnd/clients
  tests/Lightport.EndToEnd/peers
  tests/Lightport.Azure.Tests/azurite
  tests/Lightport.Infra.Tests/grammars
)

covered=()
uncovered=()
broken=0

step() { printf '\n==> [%3ds] %s\n' "$SECONDS" "$*"; }

# A failure that no test counts: a build, a crashed run.
broke() {
  printf 'FAILED: %s\n' "$*" >&2
  broken=$((broken + 1))
}

need() {
  command -v "$1" >/dev/null || { broke "$1 was not found; install $2 and run this again"; finish; }
}

# Installs what is not there yet, or not as the lock file says.
install_clients() {
  local folder
  for folder in "${clients[@]}"; do
    [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] && continue
    npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error ||
      broke "the Node packages of $folder could not be installed: npm could not reach its registry, or lacks one"
  done
}

# Asks the package source once for all packages of the product: `missing` is those that it lacks.
find_missing_packages() {
  local probe=artifacts/package-probe said
  rm -rf "$probe"
  mkdir -p "$probe"
  {
    echo '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup>'
    sed -n 's/.*\(<PackageReference Include="[^"]*"\).*/  \1 \/>/p' src/*/*.csproj | sort -u
    echo '</ItemGroup></Project>'
  } >"$probe/Probe.csproj"
  said=$(RestoreLockedMode=false dotnet restore "$probe/Probe.csproj" 2>&1)
  if grep -q NU1301 <<<"$said"; then
    broke "the NuGet package source could not be reached: $(sed -nE 's/.*(NU1301: [^[]*).*/\1/p' <<<"$said" | head -n 1)"
    echo 'Connect this machine, or set a source that it reaches in a NuGet.Config of yours, and run this again.' >&2
    finish
  fi

  mapfile -t missing < <(sed -nE 's/.*Unable to find package ([^ ]+[^ .]).*/\1/p' <<<"$said" | sort -u)
}

# Makes a package that is missing from another one that carries it, and takes it off the list.
replace_tables_package() {
  local settings
  [[ " ${missing[*]} " == *' Azure.Data.Tables '* ]] || return
  step 'Make Azure.Data.Tables out of another package that carries it'
  settings=$(eng/tables-package.sh) || { broke 'Azure.Data.Tables could not be made'; return; }
  eval "$settings"
  mapfile -t missing < <(printf '%s\n' "${missing[@]}" | grep -vx 'Azure.Data.Tables')
  covered+=('Azure.Data.Tables, the genuine assembly out of another package')
}

# run <solution or project>: builds once, tests what was built.
run() {
  step "Build $1"
  # One compiler for all projects: its analyzers are compiled once, not twenty times.
  if ! dotnet build "$1" -c "$configuration" --nologo -v quiet -clp:NoSummary -p:UseSharedCompilation=true; then
    broke "$1 does not build"
    return
  fi

  step "Test $1"
  dotnet test "$1" -c "$configuration" --no-build --nologo --results-directory "$results" \
    --logger "trx;LogFilePrefix=run" --logger 'console;verbosity=minimal' || failed_runs+=("$1")
  covered+=("$1")
}

# The hooks are tested in PowerShell too, where it can be had.
find_powershell() {
  local path
  if path=$(eng/tool.sh pwsh); then
    PATH=$(dirname "$path"):$PATH
    covered+=('infra/hooks in PowerShell')
  else
    uncovered+=('infra/hooks in PowerShell, which are parsed only')
  fi
}

# Begun early and looked at late: the compiler is large, and nothing waits for it.
begin_bicep() {
  eng/bicep.sh >artifacts/bicep.log 2>&1 &
  bicep=$!
}

end_bicep() {
  local code=0
  step 'Compile the Bicep'
  wait "$bicep" || code=$?
  cat artifacts/bicep.log
  case $code in
    0) covered+=("infra/ by Bicep's compiler") ;;
    3) uncovered+=("infra/ by Bicep's compiler, which could not be had; the grammar alone has read it") ;;
    *) broke 'infra/main.bicep does not compile without a warning' ;;
  esac
}

# Keys and texts that the end-to-end tests plant must not show in anything that the gateway printed.
look_for_canaries() {
  local logs=artifacts/end-to-end
  if grep -qr --include="gateway*.log" canary- "$logs" 2>/dev/null; then
    broke "the gateway printed a planted secret or text; see $logs"
  fi
}

# Adds up the counters of every run: prints passed, failed and skipped.
count() {
  cat "$results"/*.trx 2>/dev/null | grep -o '<Counters [^>]*' | awk '
    function field(name) { return match($0, " " name "=\"[0-9]+") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3) : 0 }
    {
      passed += field("passed")
      failed += field("failed") + field("error") + field("timeout") + field("aborted")
      skipped += field("total") - field("executed")
    }
    END { print passed + 0, failed + 0, skipped + 0 }'
}

finish() {
  local passed failed skipped
  read -r passed failed skipped < <(count)
  if [ "$failed" -eq 0 ] && [ "${#failed_runs[@]}" -gt 0 ]; then
    broke "a run ended badly without a failed test: ${failed_runs[*]}"
  fi

  failed=$((failed + broken))
  step 'Summary'
  printf 'covered:     %s\n' "${covered[@]:-nothing}"
  [ "${#uncovered[@]}" -eq 0 ] || printf 'not covered: %s\n' "${uncovered[@]}"
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  [ "$failed" -eq 0 ]
  exit
}

# A build machine takes the packages of the lock files, to the byte, or none.
[ -z "${CI:-}" ] || export RestoreLockedMode=true

# The compiler goes with the run.
trap 'dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1' EXIT

failed_runs=()
rm -rf "$results" artifacts/end-to-end
mkdir -p "$results"
need dotnet 'the .NET SDK named in global.json'
need node 'Node 20 or later'
need npm 'npm'

begin_bicep
step 'Install the Node clients'
install_clients
find_powershell

step 'Ask the package source for the packages of the product'
find_missing_packages
[ "${#missing[@]}" -eq 0 ] && echo 'all there' || printf 'missing: %s\n' "${missing[@]}"
replace_tables_package

if [ "${#missing[@]}" -eq 0 ]; then
  run "$solution"
else
  for project in "${projects[@]}"; do
    run "$project"
  done
  uncovered+=("src/Lightport.Functions as a whole: it needs ${missing[*]}")
fi

end_bicep
look_for_canaries
finish
