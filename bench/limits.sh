#!/usr/bin/env bash
# Lets a thousand instances share limits in virtual time, with the real leases, and prints what comes of it.
#   bench/limits.sh [--seed N] [PLAN]...     See bench/README.md.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build bench/Lightport.Bench.Limits -c Release --nologo -v quiet -clp:ErrorsOnly >&2
exec dotnet run --project bench/Lightport.Bench.Limits -c Release --no-build -- "$@"
