#!/usr/bin/env bash
# Stands in for az, dotnet, curl and sleep, by the name that it is called by. STAND_IN is its folder: what was called is
# written to calls, and the rest is what Azure and the gateway would know.
set -euo pipefail
name=$(basename "$0")
printf '%s %s\n' "$name" "$*" >>"$STAND_IN/calls"

# option <name> <arguments …>: prints the value that follows the name.
option() {
  local wanted=$1
  shift
  while [ "$#" -gt 1 ]; do
    if [ "$1" = "$wanted" ]; then
      printf '%s' "$2"
      return
    fi

    shift
  done
}

# next <file>: prints its first line and takes it away; fails where there is none.
next() {
  [ -s "$STAND_IN/$1" ] || return 1
  head -n 1 "$STAND_IN/$1"
  sed -i 1d "$STAND_IN/$1"
}

vault() {
  local secret file complaint
  secret=$(option --name "$@")
  case $1 in
    list)
      if complaint=$(next vault-errors); then
        printf 'ERROR: %s\n' "$complaint" >&2
        exit 1
      fi

      ls "$STAND_IN/vault"
      ;;
    show) cat "$STAND_IN/vault/$secret" ;;
    set)
      file=$(option --file "$@")
      stat -c '%a' "$file" "$(dirname "$file")" >>"$STAND_IN/modes"
      [ ! -f "$STAND_IN/vault-is-full" ] || exit 1
      if [ -f "$STAND_IN/deleted/$secret" ]; then
        printf 'ERROR: (Conflict) Secret %s is currently in a deleted but recoverable state\n' "$secret" >&2
        printf 'Inner error: {\n    "code": "ObjectIsDeletedButRecoverable"\n}\n' >&2
        exit 1
      fi

      if complaint=$(next set-errors); then
        printf 'ERROR: %s\n' "$complaint" >&2
        exit 1
      fi

      cp "$file" "$STAND_IN/vault/$secret"
      ;;
    recover) mv "$STAND_IN/deleted/$secret" "$STAND_IN/vault/$secret" ;;
  esac
}

lightport() {
  local code
  printf '%s %s\n' "$LIGHTPORT_URL" "$LIGHTPORT_ADMIN_KEY" >>"$STAND_IN/credentials"
  if code=$(next exit-codes) && [ "$code" -ne 0 ]; then
    echo '{"error":{"name":"not ready"}}'
    exit "$code"
  fi

  case "$1 $2" in
    'keys list') cat "$STAND_IN/keys.json" ;;
    'keys create')
      printf '{"keys":[{"name":"%s"}]}\n' "$3" >"$STAND_IN/keys.json"
      printf '{\n  "name": "%s",\n  "key": "lp-canary-first"\n}\n' "$3"
      ;;
    apply*) cp "$2" "$STAND_IN/applied.yaml" ;;
  esac
}

case $name in
  az)
    shift 2 # keyvault secret
    vault "$@"
    ;;
  curl) next health || printf 200 ;;
  dotnet)
    if [ "$1" = run ]; then
      while [ "$1" != -- ]; do shift; done
      shift
      lightport "$@"
    fi
    ;;
esac
