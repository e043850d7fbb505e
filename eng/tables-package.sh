#!/usr/bin/env bash
# For a package source that lacks Azure.Data.Tables: makes it under artifacts/, out of another package that carries it,
# and prints the settings a restore needs to find it there. Nothing reaches the user's own package cache.
#   eval "$(eng/tables-package.sh)" && dotnet build src/Lightport.Azure
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly name=Azure.Data.Tables
readonly carrier=@azure/mcp-linux-x64@0.4.0
readonly digest=8b7adfa847a90860922e9cb90bf27839652f8d75dfc1ec0b55beca301e2e29ec
readonly work=artifacts/tables-package
readonly feed=artifacts/feed
readonly packages=artifacts/packages

version=$(sed -nE "s/.*\"$name\" Version=\"([^\"]+)\".*/\1/p" Directory.Packages.props)

take() {
  rm -rf "$work"
  mkdir -p "$work" "$feed"
  npm pack "$carrier" --pack-destination "$work" --loglevel=error >&2
  tar -xzf "$work"/*.tgz -C "$work" --strip-components=2 "package/dist/$name.dll"
  rm "$work"/*.tgz
  echo "$digest  $work/$name.dll" | sha256sum --check --status ||
    { echo "$carrier does not carry the $name that is expected" >&2; exit 1; }
}

describe() {
  cat >"$work/$name.nuspec" <<NUSPEC
<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
  <metadata>
    <id>$name</id>
    <version>$version</version>
    <authors>Microsoft</authors>
    <license type="expression">MIT</license>
    <description>Azure's table client, repacked for a restore on this machine alone.</description>
    <dependencies><group targetFramework="net8.0"><dependency id="Azure.Core" version="1.44.1" /></group></dependencies>
  </metadata>
  <files><file src="$name.dll" target="lib/net8.0" /></files>
</package>
NUSPEC
  # The SDK packs a project only; this one has nothing but the description beside it.
  cat >"$work/Pack.csproj" <<'PROJECT'
<Project>
  <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <IncludeBuildOutput>false</IncludeBuildOutput>
    <NoWarn>$(NoWarn);NU5128</NoWarn>
  </PropertyGroup>
  <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
</Project>
PROJECT
}

pack() {
  RestoreLockedMode=false dotnet pack "$work/Pack.csproj" --nologo -v quiet -o "$feed" \
    -p:NuspecFile="$PWD/$work/$name.nuspec" -p:NuspecBasePath="$PWD/$work" >&2
}

if [ ! -f "$feed/$name.$version.nupkg" ]; then
  take
  describe
  pack
fi

# Whatever the user's cache has already is read there, not fetched again.
cat <<SETTINGS
export RestoreAdditionalProjectSources='$PWD/$feed'
export RestorePackagesPath='$PWD/$packages'
export TablesPackageIsHomemade=true
export RestoreLockedMode=false
export RestoreAdditionalProjectFallbackFolders='${NUGET_PACKAGES:-$HOME/.nuget/packages}'
SETTINGS
