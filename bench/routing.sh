#!/usr/bin/env bash
# Sends simulated requests through the real router in virtual time and prints what each policy makes of them.
#   bench/routing.sh [--seed N] [SCENARIO]...     See bench/README.md.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build bench/Lightport.Bench.Routing -c Release --nologo -v quiet -clp:ErrorsOnly >&2
exec dotnet run --project bench/Lightport.Bench.Routing -c Release --no-build -- "$@"
