#!/usr/bin/env bash
# What both hooks need. It is sourced, with the repository's root as the working directory.
# Written for the bash 3.2 of macOS. A secret is never an argument of a command: arguments show in the process list.

say() { printf '%s\n' "$*"; }

fail() {
  printf 'lightport: %s\n' "$*" >&2
  exit 1
}

# need <command> <what it is>
need() { command -v "$1" >/dev/null 2>&1 || fail "$1 was not found. Install $2 and run this again."; }

# need_value <name>: an output of the deployment, handed over by azd.
need_value() {
  [ -n "${!1:-}" ] || fail "$1 is not set. Run 'azd provision' first, and this by 'azd hooks run'."
}

# A folder that only this user can read, gone at the end, however it ends.
make_workspace() {
  umask 077
  workspace=$(mktemp -d "${TMPDIR:-/tmp}/lightport.XXXXXXXX")
  trap 'rm -rf "$workspace"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}

# vault <subcommand> <arguments …>: az keyvault secret, at the environment's own vault.
vault() {
  local command=$1
  shift
  az keyvault secret "$command" --vault-name "$AZURE_KEY_VAULT_NAME" \
    ${AZURE_SUBSCRIPTION_ID:+--subscription "$AZURE_SUBSCRIPTION_ID"} "$@"
}

# Prints the names of the vault's secrets. A role that was just given takes a while to be in force: five minutes at most.
list_secret_names() {
  local tries=30 told=$workspace/az-error
  while ! vault list --query '[].name' --output tsv 2>"$told"; do
    if grep -q -e ForbiddenByFirewall -e ForbiddenByConnection -e 'Public network access is disabled' "$told"; then
      fail "the vault $AZURE_KEY_VAULT_NAME is closed to this address. Run 'azd hooks run' inside the network, or let" \
        'this address in: azd env set LIGHTPORT_DEPLOYER_ADDRESS <public address>, then azd provision.'
    fi

    if ! grep -q 'Forbidden' "$told"; then
      cat "$told" >&2
      fail "the vault $AZURE_KEY_VAULT_NAME could not be read. Sign in with 'az login' and run this again."
    fi

    tries=$((tries - 1))
    if [ "$tries" -eq 0 ]; then
      cat "$told" >&2
      fail "no right to the secrets of $AZURE_KEY_VAULT_NAME. The role Key Vault Secrets Officer is given to" \
        'AZURE_PRINCIPAL_ID; sign in to az as that principal.'
    fi

    printf 'Waiting for the right to the vault (%s tries left)\n' "$tries" >&2
    sleep 10
  done
}
