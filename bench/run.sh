#!/usr/bin/env bash
# Builds everything, measures every contender, prints and keeps the report. See bench/README.md.
#   bench/run.sh [--quick] [--no-micro] [--rounds N] [--seconds N] [--without NAME]...
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
built=$root/artifacts/bench
work=$built/work
options=("$@")
without() { [[ " ${options[*]} " == *" --without $1 "* ]]; }

for tool in dotnet gcc wrk nginx node npm; do
  if ! command -v "$tool" >/dev/null; then
    echo "bench/run.sh needs $tool (Debian: apt-get install gcc wrk nginx nodejs npm)." >&2
    exit 1
  fi
done

# The runner writes down each process that it starts, with its start time, so that none outlives this script however it
# ends, and no other process that has come by the same id is touched.
rm -rf "$work" && mkdir -p "$work" && touch "$work/processes"
runner=
is_ours() {
  local stat fields
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  read -ra fields <<<"${stat##*) }"
  [[ ${fields[19]} == "$2" ]]
}
cleanup() {
  [[ -z $runner ]] || { kill "$runner" 2>/dev/null && wait "$runner"; } || true
  while read -r pid started; do
    is_ours "$pid" "$started" || continue
    kill -9 $(cat "/proc/$pid/task/$pid/children" 2>/dev/null) "$pid" 2>/dev/null || true
  done <"$work/processes"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# publish <folder> <project> <ReadyToRun>
publish() {
  echo "bench: building $1" >&2
  dotnet publish "$2" -c Release -r linux-x64 --self-contained false -p:PublishReadyToRun="$3" \
    -o "$built/$1" --nologo -v quiet -clp:ErrorsOnly >&2
}
publish upstream bench/Lightport.Bench.Upstream true
publish forwarder bench/Lightport.Bench.Forwarder true
publish runner bench/Lightport.Bench.Runner false
if ! without lightport; then
  publish server src/Lightport.Server true
  publish watched bench/Lightport.Bench.Watched true
  eng/native.sh publish "$built/native" >&2
  publish micro bench/Lightport.Bench.Micro false
fi

if ! without portkey; then
  mkdir -p bench/.tools && cp bench/peers/package.json bench/.tools/
  (cd bench/.tools && npm install --silent --no-audit --no-fund --ignore-scripts >&2)
fi

ulimit -n "$(ulimit -Hn)"
commit=$(git rev-parse --short HEAD)
git diff --quiet HEAD -- src bench/Lightport.* bench/peers bench/load bench/run.sh || commit=$commit-dirty
"$built/runner/Lightport.Bench.Runner" "$root" "$commit" ${options[@]+"${options[@]}"} &
runner=$!
status=0
wait "$runner" || status=$?
runner=
exit "$status"
