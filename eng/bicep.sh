#!/usr/bin/env bash
# Compiles infra/ with Bicep's own compiler. Every rule of its linter is on (infra/bicepconfig.json), as a warning, so
# that a deployment by a newer compiler does not fail for a matter of style; here a warning is a failure.
# Exits with 3 where the compiler cannot be had.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

bicep=$(eng/tool.sh bicep)
"$bicep" --version
code=0
told=$("$bicep" build infra/main.bicep --stdout 2>&1 >/dev/null) || code=$?
printf '%s' "${told:+$told$'\n'}"
if [ "$code" -ne 0 ] || grep -qE ' : (Warning|Error) ' <<<"$told"; then
  exit 1
fi

echo 'infra/main.bicep compiles without a warning'
