#!/usr/bin/env bash
# After `azd provision`: the vault gets an admin key and a seal key if it has none, and providers' keys that it lacks.
# What is there already is left alone, so it can be run at any time: azd hooks run postprovision
#
# LIGHTPORT_PROVIDER_KEYS  the keys to look for, as the configuration names them; by default OpenAI's and Anthropic's.
# Their values come from the environment, else they are asked for; without a terminal (or with CI set) nothing is asked.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=infra/hooks/common.sh
. infra/hooks/common.sh

admin_secret=lightport-admin-key

# Under it all instances seal the ids that clients bring back.
seal_secret=lightport-seal-key
provider_keys=${LIGHTPORT_PROVIDER_KEYS:-OPENAI_API_KEY ANTHROPIC_API_KEY}

# secret_name <OPENAI_API_KEY>: prints openai-api-key; a vault knows letters, digits and hyphens.
secret_name() { printf '%s' "$1" | tr 'A-Z_' 'a-z-'; }

has() { printf '%s\n' "$existing" | grep -Fqx -- "$1"; }

# store <secret>: the value is what $workspace/value holds. A deleted secret keeps its name until it is purged: it is
# recovered, and what it held becomes a former version. Both deleting and recovering take a while: two minutes at most.
store() {
  local tries=24 told=$workspace/az-error
  until vault set --name "$1" --file "$workspace/value" --encoding utf-8 --output none 2>"$told"; do
    tries=$((tries - 1))
    if [ "$tries" -gt 0 ] && grep -q ObjectIsDeletedButRecoverable "$told"; then
      say "$1 was deleted; it is recovered and gets the new value."
      vault recover --name "$1" --output none || fail "the deleted secret $1 could not be recovered."
    elif [ "$tries" -gt 0 ] && grep -q ObjectIsBeing "$told"; then
      sleep 5
    else
      cat "$told" >&2
      fail "the secret $1 could not be stored in $AZURE_KEY_VAULT_NAME."
    fi
  done

  rm -f "$workspace/value"
}

# make_key <secret> <what it is>
make_key() {
  if has "$1"; then
    say "The vault has $2 ($1)."
    return
  fi

  # 32 random bytes, in letters that need no quoting anywhere. They are seen by the file and the vault alone.
  head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n' >"$workspace/value"
  store "$1"
  say "Made $2: the secret $1 in $AZURE_KEY_VAULT_NAME."
}

# put_provider_key <OPENAI_API_KEY>
put_provider_key() {
  local name=$1 secret value
  [[ $name =~ ^[A-Za-z_][A-Za-z0-9_]{0,126}$ ]] ||
    fail "LIGHTPORT_PROVIDER_KEYS names '$name', which is no variable's name. Give names like OPENAI_API_KEY."
  secret=$(secret_name "$name")
  if has "$secret"; then
    say "The vault has $name ($secret)."
    return
  fi

  value=${!name:-}
  if [ -z "$value" ] && [ -t 0 ] && [ -z "${CI:-}" ]; then
    read -rsp "$name (enter for none): " value
    say ''
  fi

  if [ -z "$value" ]; then
    say "No $name: set it in the environment and run 'azd hooks run postprovision'."
    return
  fi

  printf '%s' "$value" >"$workspace/value"
  store "$secret"
  say "Stored $name as $secret."
}

need az 'the Azure CLI, https://aka.ms/azure-cli,'
need_value AZURE_KEY_VAULT_NAME
make_workspace
existing=$(list_secret_names)
make_key "$admin_secret" 'an admin key'
make_key "$seal_secret" 'a seal key'
for name in ${provider_keys//,/ }; do
  put_provider_key "$name"
done
