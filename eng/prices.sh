#!/bin/sh
# Writes src/Lightport/Prices/Data and src/Lightport/Providers/Facts anew from the public tables in data/prices of the
# shared folder ($LIGHTPORT_SHARED, else ../shared).
set -e
cd "$(dirname "$0")/.."
dotnet run --project eng/prices -c Release -- "${LIGHTPORT_SHARED:-../shared}/data/prices" .
