#!/usr/bin/env bash
# After `azd deploy`: waits for the gateway, applies the configuration, makes a first client key if there is none, and
# says where it all is. It can be run at any time: azd hooks run postdeploy
#
# The configuration is lightport.<environment>.yaml, else lightport.yaml; without either the gateway's own stays.
# With CI set no client key is made: it would stand in the log.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=infra/hooks/common.sh
. infra/hooks/common.sh

cli=src/Lightport.Cli
not_admitted=3
not_reached=4

# lightport <arguments …>: the command line, as built here; its keys are in the environment.
lightport() {
  LIGHTPORT_ADMIN_KEY=$admin_key dotnet run --project "$cli" -c Release --no-build -- "$@"
}

# patiently <arguments …>: the same, and prints what the last try printed. A role of the app that was just given takes a
# while to be in force, and until then the gateway reaches neither its tables nor its vault; a new admin key takes as long
# as it keeps the old one. Five minutes at most.
patiently() {
  local tries=20 code
  while :; do
    code=0
    lightport "$@" >"$workspace/out" || code=$?
    tries=$((tries - 1))
    if [[ $code -ne $not_admitted && $code -ne $not_reached ]] || [ "$tries" -eq 0 ]; then
      cat "$workspace/out"
      return "$code"
    fi

    printf 'The gateway is not ready (%s tries left)\n' "$tries" >&2
    sleep 15
  done
}

wait_for_gateway() {
  local tries=60 status
  while :; do
    status=$(curl -s --max-time 20 -o /dev/null -w '%{http_code}' "$LIGHTPORT_URL/health") || true
    if [ "$status" = 200 ]; then
      say "The gateway answers at $LIGHTPORT_URL."
      return
    fi

    tries=$((tries - 1))
    [ "$tries" -gt 0 ] ||
      fail "$LIGHTPORT_URL/health did not answer 200 in five minutes (last: ${status:-nothing})." \
        "The app is ${SERVICE_API_NAME:-not named} in ${AZURE_RESOURCE_GROUP:-no group}; see its log: azd monitor --logs"
    say "Waiting for $LIGHTPORT_URL/health (${status:-nothing}, $tries tries left)"
    sleep 5
  done
}

configuration() {
  local file
  for file in "lightport.${AZURE_ENV_NAME:-}.yaml" lightport.yaml; do
    if [ -f "$file" ]; then
      printf '%s' "$file"
      return
    fi
  done
}

apply_configuration() {
  local file
  file=$(configuration)
  if [ -z "$file" ]; then
    say "No lightport.yaml: the gateway keeps what it has. To change it: lightport apply <file>"
    return
  fi

  patiently apply "$file" --yes ||
    fail "$file was not applied, and what was in force stays. Mend it and run 'azd hooks run postdeploy'."
}

make_first_key() {
  local keys made
  keys=$(patiently keys list --json) || fail 'the client keys could not be listed.'
  if printf '%s' "$keys" | grep -q '"name"'; then
    say "There are client keys: lightport keys list"
    return
  fi

  if [ -n "${CI:-}" ]; then
    say "No client key yet, and none is made where it would stand in a log: lightport keys create <name>"
    return
  fi

  made=$(lightport keys create first --json) || fail 'the first client key could not be made.'
  client_key=$(printf '%s' "$made" | tr -d '\n' | sed -n 's/.*"key"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p')
  [ -n "$client_key" ] || fail "the gateway's answer to 'keys create' has no key. Is $cli of the same version?"
}

say_where() {
  say ''
  say "  Endpoint    $LIGHTPORT_URL/v1"
  if [ -n "$client_key" ]; then
    say "  Client key  $client_key"
    say '              Shown this once. Keep it where you keep passwords.'
  fi

  say ''
  say '  Try it:'
  say '    export LIGHTPORT_KEY=<client key>'
  say "    curl $LIGHTPORT_URL/v1/chat/completions -H \"Authorization: Bearer \$LIGHTPORT_KEY\" \\"
  say "      -H 'content-type: application/json' \\"
  say '      -d '\''{"model":"echo","messages":[{"role":"user","content":"Hello!"}]}'\'
  say ''
}

need az 'the Azure CLI, https://aka.ms/azure-cli,'
need curl curl
need dotnet 'the .NET SDK named in global.json'
need_value AZURE_KEY_VAULT_NAME
need_value LIGHTPORT_URL
export LIGHTPORT_URL
client_key=
make_workspace
wait_for_gateway
dotnet build "$cli" -c Release --nologo -v quiet -clp:NoSummary >&2
list_secret_names >"$workspace/names"
admin_key=$(vault show --name lightport-admin-key --query value --output tsv) ||
  fail "the vault has no admin key that can be read. Run 'azd hooks run postprovision'."
apply_configuration
make_first_key
say_where
