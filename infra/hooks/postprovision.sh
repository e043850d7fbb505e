#!/usr/bin/env bash
# After `azd provision`: the vault gets an admin key if it has none, and providers' keys that it lacks. What is there
# already is left alone, so it can be run at any time: azd hooks run postprovision
#
# LIGHTPORT_PROVIDER_KEYS  the keys to look for, as the configuration names them; by default OpenAI's and Anthropic's.
# Their values come from the environment, else they are asked for; without a terminal (or with CI set) nothing is asked.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=infra/hooks/common.sh
. infra/hooks/common.sh

admin_secret=lightport-admin-key
provider_keys=${LIGHTPORT_PROVIDER_KEYS:-OPENAI_API_KEY ANTHROPIC_API_KEY}

# secret_name <OPENAI_API_KEY>: prints openai-api-key; a vault knows letters, digits and hyphens.
secret_name() { printf '%s' "$1" | tr 'A-Z_' 'a-z-'; }

has() { printf '%s\n' "$existing" | grep -Fqx -- "$1"; }

# store <secret>: the value is what $workspace/value holds.
store() {
  vault set --name "$1" --file "$workspace/value" --encoding utf-8 --output none
  rm -f "$workspace/value"
}

make_admin_key() {
  if has "$admin_secret"; then
    say "The vault has an admin key ($admin_secret)."
    return
  fi

  # 32 random bytes, in letters that need no quoting anywhere. They are seen by the file and the vault alone.
  head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n' >"$workspace/value"
  store "$admin_secret"
  say "Made an admin key: the secret $admin_secret in $AZURE_KEY_VAULT_NAME."
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
make_admin_key
for name in ${provider_keys//,/ }; do
  put_provider_key "$name"
done
