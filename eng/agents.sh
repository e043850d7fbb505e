#!/usr/bin/env bash
# Three coding agents change one word in a scratch repository, each through the gateway at providers of every wire:
#   eng/agents.sh                      all of them
#   eng/agents.sh claude gemini        one agent at one wire
# The model is a script (eng/agents/model.mjs), so that no key and no account is needed. The agents are some 900 MB, which is
# why this is no part of eng/test.sh; they are kept in artifacts/agents. Needs Node 20.15 and the .NET SDK.
# Exits with 1 where a word stayed as it was, or where a provider had to refuse a request.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

readonly home=$PWD/artifacts/agents
readonly gateway_port=${LIGHTPORT_AGENTS_PORT:-7990} upstream_port=$((${LIGHTPORT_AGENTS_PORT:-7990} + 1))
readonly gateway=http://127.0.0.1:$gateway_port upstream=http://127.0.0.1:$upstream_port
readonly scratch=$home/scratch file=$home/scratch/readme.txt log=$home/upstream.log
readonly prompt='Change colour to color in readme.txt'
agents=(claude opencode-messages opencode-chat codex codex-known)
wires=(chat strict messages responses gemini converse)
[ $# -gt 0 ] && agents=("$1")
[ $# -gt 1 ] && wires=("$2")

mkdir -p "$home"
if ! cmp -s eng/agents/package-lock.json "$home/installed.json"; then
  cp eng/agents/package.json eng/agents/package-lock.json "$home"
  # Not `npm ci`: it wants every platform's programs in the lock file, which some package sources do not have.
  (cd "$home" && npm install --no-audit --no-fund --ignore-scripts >install.log 2>&1 \
    && (cd node_modules/@anthropic-ai/claude-code && node install.cjs) \
    && (cd node_modules/opencode-ai && node postinstall.mjs)) || { cat "$home/install.log"; exit 1; }
  cp eng/agents/package-lock.json "$home/installed.json"
fi

cat >"$home/lightport.yaml" <<YAML
providers:
  chat:      { use: openai-compatible, base-url: "$upstream/v1", auth: none }
  messages:  { use: anthropic, base-url: "$upstream/v1", key: AGENTS_KEY }
  responses: { use: openai-compatible, base-url: "$upstream/v1", auth: none, endpoints: { openai-responses: /responses } }
  gemini:    { use: google, base-url: "$upstream/v1beta", key: AGENTS_KEY, endpoints: { openai-chat: { models: [none] } } }
  converse:
    use: bedrock
    base-url: "$upstream"
    region: eu-central-1
    key: AGENTS_KEY
    endpoints: { anthropic-bedrock: { models: [none] } }
models:
  chat: chat/plain
  strict: chat/strict
  messages: messages/claude-sonnet-5
  responses: [{ to: responses/plain, traits: { endpoint: openai-responses } }]
  gemini: gemini/gemini-3-pro
  converse: converse/eu.anthropic.claude-sonnet-4-5-20250929-v1:0
YAML

started=()
trap 'kill "${started[@]}" 2>/dev/null' EXIT
node eng/agents/upstream.mjs "$upstream_port" "$file" "$log" &
started+=($!)
dotnet build src/Lightport.Server -c Release --nologo -v quiet -clp:NoSummary || exit 1
AGENTS_KEY=scripted LIGHTPORT_CONFIG=$home/lightport.yaml \
  dotnet src/Lightport.Server/bin/Release/net10.0/Lightport.Server.dll --urls "$gateway" >"$home/gateway.log" 2>&1 &
started+=($!)
curl -sf --retry 40 --retry-connrefused --retry-delay 1 "$gateway/health/live" >/dev/null || exit 1

repository() {
  rm -rf "$scratch" "$home/user" && mkdir -p "$scratch" "$home/user" && cd "$scratch" || exit 1
  git init -q && echo 'The colour of the port light is red.' >readme.txt && git add -A
  git -c user.name=agent -c user.email=agent@example.com commit -qm 'Say what the light is'
}

opencode() {
  repository
  cat >opencode.json <<JSON
{ "autoupdate": false, "share": "disabled", "provider": { "lightport": { "npm": "$1",
  "options": { "baseURL": "$gateway/v1", "apiKey": "any" }, "models": { "$2": { "tool_call": true } } } } }
JSON
  XDG_DATA_HOME=$home/user/data XDG_CONFIG_HOME=$home/user/config XDG_CACHE_HOME=$home/cache \
    timeout 180 "$home/node_modules/.bin/opencode" run -m "lightport/$2" "$prompt"
}

run() {
  export HOME=$home/user
  case $1 in
    claude)
      repository
      ANTHROPIC_BASE_URL=$gateway ANTHROPIC_AUTH_TOKEN=any CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC=1 timeout 180 \
        "$home/node_modules/.bin/claude" -p "$prompt" --model "$2" --allowedTools 'Read Edit ToolSearch' ;;
    opencode-messages) opencode @ai-sdk/anthropic "$2" ;;
    opencode-chat) opencode @ai-sdk/openai-compatible "$2" ;;
    codex | codex-known)
      # A model that Codex knows is asked for by its name, at the provider that a header names.
      local model=$2 known=()
      if [ "$1" = codex-known ]; then
        model=gpt-5-codex known=(-c "model_providers.lightport.http_headers={ \"x-lightport-provider\" = \"$2\" }")
      fi

      repository
      ANY_KEY=any timeout 180 "$home/node_modules/.bin/codex" exec --skip-git-repo-check --dangerously-bypass-approvals-and-sandbox \
        -c model_provider=lightport -c "model=$model" "${known[@]}" -c 'model_providers.lightport.name="lightport"' \
        -c "model_providers.lightport.base_url=\"$gateway/v1\"" -c 'model_providers.lightport.env_key="ANY_KEY"' \
        -c 'model_providers.lightport.wire_api="responses"' "$prompt" </dev/null ;;
  esac
}

failed=0
for agent in "${agents[@]}"; do
  for wire in "${wires[@]}"; do
    # A model that Codex knows is asked for as it is, and no server of the strict wire has it.
    [ "$agent $wire" = 'codex-known strict' ] && continue
    # What a chat client sends to a chat provider passes as it is, two turns of the user in a row included.
    [ "$agent $wire" = 'opencode-chat strict' ] && continue
    : >"$log"
    (run "$agent" "$wire") >"$home/$agent-$wire.log" 2>&1
    requests=$(wc -l <"$log")
    refused=$(grep -cv '"problems":\[\]' "$log")
    if grep -q color "$file" && [ "$refused" -eq 0 ]; then
      echo "passed  $agent at $wire: $requests requests"
    else
      failed=1
      echo "FAILED  $agent at $wire: $requests requests, $refused refused; see $home/$agent-$wire.log"
      grep -v '"problems":\[\]' "$log" | head -n 3
    fi
  done
done
exit "$failed"
