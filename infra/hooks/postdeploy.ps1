# After `azd deploy`, on Windows; the twin of postdeploy.sh, which says what it does and why.
# Needs PowerShell 7.
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
Set-Location (Join-Path $PSScriptRoot '../..')
. ./infra/hooks/common.ps1

$cli = 'src/Lightport.Cli'
# In Windows PowerShell the bare name is another command's alias.
$curl, $nowhere = if ($IsWindows) { 'curl.exe', 'NUL' } else { 'curl', '/dev/null' }
$notAdmitted = 3
$notReached = 4

# The command line, as built here; its keys are in the environment. Sets LASTEXITCODE.
function Invoke-Lightport([string[]] $Arguments) {
    dotnet run --project $cli -c Release --no-build -- @Arguments
}

# The same. A role of the app that was just given takes a while to be in force, and until then the gateway reaches neither
# its tables nor its vault; a new admin key takes as long as it keeps the old one. Five minutes at most.
function Invoke-LightportPatiently([string[]] $Arguments) {
    for ($tries = 20; ; $tries--) {
        $answer = Invoke-Lightport $Arguments
        if ($LASTEXITCODE -notin $notAdmitted, $notReached -or $tries -le 1) {
            return $answer
        }

        [Console]::Error.WriteLine("The gateway is not ready ($($tries - 1) tries left)")
        Start-Sleep -Seconds 15
    }
}

function Wait-Gateway {
    for ($tries = 60; ; $tries--) {
        $status = & $curl -s --max-time 20 -o $nowhere -w '%{http_code}' "$env:LIGHTPORT_URL/health"
        if ($status -eq '200') {
            Write-Host "The gateway answers at $env:LIGHTPORT_URL."
            return
        }

        if ($tries -le 1) {
            Stop-Hook ("$env:LIGHTPORT_URL/health did not answer 200 in five minutes (last: $status). The app is " +
                "$env:SERVICE_API_NAME in $env:AZURE_RESOURCE_GROUP; see its log: azd monitor --logs")
        }

        Write-Host "Waiting for $env:LIGHTPORT_URL/health ($status, $($tries - 1) tries left)"
        Start-Sleep -Seconds 5
    }
}

function Publish-Configuration {
    $file = @("lightport.$env:AZURE_ENV_NAME.yaml", 'lightport.yaml') | Where-Object { Test-Path $_ } |
        Select-Object -First 1
    if (-not $file) {
        Write-Host 'No lightport.yaml: the gateway keeps what it has. To change it: lightport apply <file>'
        return
    }

    Invoke-LightportPatiently @('apply', $file, '--yes') | Out-Host
    if ($LASTEXITCODE -ne 0) {
        Stop-Hook "$file was not applied, and what was in force stays. Mend it and run 'azd hooks run postdeploy'."
    }
}

# The key, or nothing where there are keys already.
function New-FirstKey {
    $keys = (Invoke-LightportPatiently @('keys', 'list', '--json')) -join "`n"
    if ($LASTEXITCODE -ne 0) {
        Stop-Hook 'the client keys could not be listed.'
    }

    if ($keys -match '"name"') {
        Write-Host 'There are client keys: lightport keys list'
        return
    }

    if ($env:CI) {
        Write-Host 'No client key yet, and none is made where it would stand in a log: lightport keys create <name>'
        return
    }

    $made = (Invoke-Lightport @('keys', 'create', 'first', '--json')) -join "`n"
    if ($LASTEXITCODE -ne 0) {
        Stop-Hook 'the first client key could not be made.'
    }

    if ($made -notmatch '"key"\s*:\s*"([^"]*)"') {
        Stop-Hook "the gateway's answer to 'keys create' has no key. Is $cli of the same version?"
    }

    return $Matches[1]
}

function Show-Where([string] $ClientKey) {
    Write-Host "`n  Endpoint    $env:LIGHTPORT_URL/v1"
    if ($ClientKey) {
        Write-Host "  Client key  $ClientKey"
        Write-Host '              Shown this once. Keep it where you keep passwords.'
    }

    Write-Host "`n  Try it:"
    Write-Host '    $env:LIGHTPORT_KEY = "<client key>"'
    Write-Host '    $body = ''{"model":"echo","messages":[{"role":"user","content":"Hello!"}]}'''
    Write-Host ("    Invoke-RestMethod $env:LIGHTPORT_URL/v1/chat/completions -Method Post -Body " +
        '$body -ContentType application/json -Headers @{ Authorization = "Bearer $env:LIGHTPORT_KEY" }')
    Write-Host ''
}

Assert-Command az 'the Azure CLI, https://aka.ms/azure-cli,'
Assert-Command $curl 'curl'
Assert-Command dotnet 'the .NET SDK named in global.json'
Assert-Value AZURE_KEY_VAULT_NAME
Assert-Value LIGHTPORT_URL
Wait-Gateway
dotnet build $cli -c Release --nologo -v quiet -clp:NoSummary | Out-Host
if ($LASTEXITCODE -ne 0) {
    Stop-Hook "$cli does not build."
}

Get-SecretName | Out-Null
$env:LIGHTPORT_ADMIN_KEY = Invoke-Vault show @('--name', 'lightport-admin-key', '--query', 'value', '--output', 'tsv')
try {
    if (-not $env:LIGHTPORT_ADMIN_KEY) {
        Stop-Hook "the vault has no admin key that can be read. Run 'azd hooks run postprovision'."
    }

    Publish-Configuration
    Show-Where (New-FirstKey)
}
finally {
    Remove-Item Env:LIGHTPORT_ADMIN_KEY -ErrorAction SilentlyContinue
}

exit 0
