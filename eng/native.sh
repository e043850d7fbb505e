#!/usr/bin/env bash
# Server as one native program: it starts at once and needs no .NET on the machine (docs/decisions/0054).
#   eng/native.sh publish <folder>     makes it; needs a C linker (Debian: apt-get install clang, or gcc)
#   eng/native.sh test                 makes it, and lets all end-to-end tests loose on it
set -euo pipefail
cd "$(dirname "$0")/.."

linker=
for tool in clang gcc; do
  command -v "$tool" >/dev/null && linker=$tool && break
done
[[ -n $linker ]] || { echo "eng/native.sh needs clang or gcc to link with (Debian: apt-get install clang)." >&2; exit 1; }

case $(uname -m) in
  x86_64) runtime=linux-x64 ;;
  aarch64 | arm64) runtime=linux-arm64 ;;
  *) echo "eng/native.sh knows x86_64 and aarch64, not $(uname -m)." >&2; exit 1 ;;
esac

# The lock files hold what is alike on every machine; the compiler of this processor is not.
publish() {
  RestoreLockedMode=false dotnet publish src/Lightport.Server -c Release -r "$runtime" \
    -p:PublishAot=true -p:CppCompilerAndLinker="$linker" -o "$1" --nologo -v quiet -clp:ErrorsOnly
  rm -f "$1"/*.dbg "$1"/*.pdb "$1"/*.xml
}

case ${1:-} in
  publish)
    [[ -n ${2:-} ]] || { echo "Usage: eng/native.sh publish <folder>" >&2; exit 1; }
    echo "native: compiling Server for $runtime, some minutes" >&2
    publish "$2"
    ;;
  test)
    folder=$PWD/artifacts/native
    echo "native: compiling Server for $runtime, some minutes" >&2
    publish "$folder"
    npm ci --prefix tests/Lightport.EndToEnd/clients --ignore-scripts --no-audit --no-fund --silent
    dotnet build tests/Lightport.EndToEnd -c Release --nologo -v quiet -clp:ErrorsOnly
    LIGHTPORT_E2E_COMMAND="exec '$folder/Lightport.Server' --urls {url}" \
      dotnet test tests/Lightport.EndToEnd -c Release --no-build --nologo
    ;;
  *)
    sed -n '2,4s/^# \{0,1\}//p' "$0" >&2
    exit 1
    ;;
esac
