#!/usr/bin/env bash
# Puts a tool that the checks need into artifacts/tools, at one exact version, and prints its path:
#   eng/tool.sh bicep      Bicep's compiler
#   eng/tool.sh pwsh       PowerShell
# Exits with 3 where the package source has none for this machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly bicep_version=0.49.2
readonly powershell_version=7.6.9
readonly tools=$PWD/artifacts/tools

say() { printf '%s\n' "$*" >&2; }

unavailable() {
  say "$1 cannot be had here:"
  tail -n 3 "$path.log" >&2
  exit 3
}

# The ending of the package for this machine: linux-x64, osx-arm64 …
runtime() {
  local system processor
  case $(uname -s) in
    Linux) system=linux ;;
    Darwin) system=osx ;;
    *) system=win ;;
  esac
  case $(uname -m) in
    arm64 | aarch64) processor=arm64 ;;
    *) processor=x64 ;;
  esac
  printf '%s-%s' "$system" "$processor"
}

# The package is a program and no dependency of anything, so a project of its own downloads it.
install_bicep() {
  local name project=$tools/bicep-download
  name=Azure.Bicep.CommandLine.$(runtime)
  mkdir -p "$project"
  cat >"$project/Download.csproj" <<PROJECT
<Project>
  <PropertyGroup>
    <ImportDirectoryBuildProps>false</ImportDirectoryBuildProps>
    <ImportDirectoryPackagesProps>false</ImportDirectoryPackagesProps>
  </PropertyGroup>
  <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageDownload Include="$name" Version="[$bicep_version]" /></ItemGroup>
  <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
</Project>
PROJECT
  dotnet restore "$project" --nologo >"$path.log" 2>&1 || unavailable "$name $bicep_version"
  ln -sf "$(find "${NUGET_PACKAGES:-$HOME/.nuget/packages}" -maxdepth 4 \
    -ipath "*/$name/$bicep_version/tools/bicep*" ! -name '*.xml')" "$1"
}

# The tool's own start program looks for `dotnet` on the path, where tests of the hooks put another; this one does not.
install_pwsh() {
  local folder
  folder=$(dirname "$1")/tool
  rm -rf "$folder"
  dotnet tool install PowerShell --version "$powershell_version" --tool-path "$folder" >"$path.log" 2>&1 ||
    unavailable "PowerShell $powershell_version"
  cat >"$1" <<SCRIPT
#!/bin/sh
export POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off
exec '$(command -v dotnet)' '$(find "$folder" -path '*/unix/pwsh.dll' | head -n 1)' "\$@"
SCRIPT
  chmod +x "$1"
}

mkdir -p "$tools"
case ${1:-} in
  bicep) path=$tools/bicep-$bicep_version/bicep ;;
  pwsh) path=$tools/powershell-$powershell_version/pwsh ;;
  *) say "usage: ${0##*/} bicep|pwsh"; exit 2 ;;
esac
if [ ! -x "$path" ]; then
  say "Install ${path#"$tools/"}"
  mkdir -p "$(dirname "$path")"
  "install_$1" "$path"
fi

printf '%s\n' "$path"
