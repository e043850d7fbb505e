#!/bin/sh
# Writes docs/conformance.md anew from a run of the suite over the built Server.
set -e
cd "$(dirname "$0")/.."
LIGHTPORT_WRITE_DOCS=1 dotnet test tests/Lightport.EndToEnd -c Release --filter FullyQualifiedName~ConformanceTests
