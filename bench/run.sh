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

for tool in dotnet wrk nginx node npm; do
  command -v "$tool" >/dev/null || { echo "bench/run.sh needs $tool (Debian: apt-get install wrk nginx nodejs npm)." >&2; exit 1; }
done

# Every process that the runner starts stands in this file: none outlives this script, however it ends.
rm -rf "$work" && mkdir -p "$work" && touch "$work/pids"
cleanup() {
  while read -r pid; do
    for child in $(cat "/proc/$pid/task/$pid/children" 2>/dev/null) "$pid"; do kill -9 "$child" 2>/dev/null || true; done
  done <"$work/pids"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

publish() {
  echo "bench: building $1" >&2
  dotnet publish "$2" -c Release -r linux-x64 --self-contained false -p:PublishReadyToRun=true \
    -o "$built/$1" --nologo -v quiet -clp:ErrorsOnly >&2
}
publish upstream bench/Lightport.Bench.Upstream
publish forwarder bench/Lightport.Bench.Forwarder
publish runner bench/Lightport.Bench.Runner
without lightport || publish server src/Lightport.Server
without lightport || publish micro bench/Lightport.Bench.Micro

if ! without portkey; then
  mkdir -p bench/.tools && cp bench/peers/package.json bench/.tools/
  (cd bench/.tools && npm install --silent --no-audit --no-fund --ignore-scripts >&2)
fi

ulimit -n "$(ulimit -Hn)"
commit=$(git rev-parse --short HEAD)
git diff --quiet HEAD -- src bench/Lightport.* bench/peers bench/load || commit=$commit-dirty
"$built/runner/Lightport.Bench.Runner" "$root" "$commit" ${options[@]+"${options[@]}"} &
runner=$!
trap 'kill "$runner" 2>/dev/null; exit 130' INT TERM
wait "$runner"
