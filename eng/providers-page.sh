#!/bin/sh
# Writes docs/providers.md anew from src/Lightport/Providers/Catalog.
set -e
cd "$(dirname "$0")/.."
LIGHTPORT_WRITE_DOCS=1 dotnet test tests/Lightport.Tests --filter FullyQualifiedName~ProviderPageTests
