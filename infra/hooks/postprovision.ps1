# After `azd provision`, on Windows; the twin of postprovision.sh, which says what it does and why.
# Needs PowerShell 7.
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
Set-Location (Join-Path $PSScriptRoot '../..')
. ./infra/hooks/common.ps1

$adminSecret = 'lightport-admin-key'

# Under it all instances seal the ids that clients bring back.
$sealSecret = 'lightport-seal-key'
$providerKeys = if ($env:LIGHTPORT_PROVIDER_KEYS) { $env:LIGHTPORT_PROVIDER_KEYS } else { 'OPENAI_API_KEY ANTHROPIC_API_KEY' }

# The value is in a file of this user's own for as long as az reads it.
function Save-Secret([string] $Name, [string] $Value) {
    $file = New-TemporaryFile
    try {
        if (-not $IsWindows) {
            chmod 600 $file.FullName
        }

        [System.IO.File]::WriteAllText($file.FullName, $Value)
        Set-Secret $Name $file.FullName
    }
    finally {
        Remove-Item -LiteralPath $file.FullName -Force
    }
}

# A deleted secret keeps its name until it is purged: it is recovered, and what it held becomes a former version. Both
# deleting and recovering take a while: two minutes at most.
function Set-Secret([string] $Name, [string] $File) {
    for ($tries = 24; ; $tries--) {
        $answer = Invoke-Vault set @('--name', $Name, '--file', $File, '--encoding', 'utf-8', '--output', 'none') 2>&1
        $told = $answer -join "`n"
        if ($LASTEXITCODE -eq 0) {
            return
        }

        if ($tries -gt 1 -and $told -match 'ObjectIsDeletedButRecoverable') {
            Write-Host "$Name was deleted; it is recovered and gets the new value."
            Invoke-Vault recover @('--name', $Name, '--output', 'none')
            if ($LASTEXITCODE -ne 0) {
                Stop-Hook "the deleted secret $Name could not be recovered."
            }
        }
        elseif ($tries -gt 1 -and $told -match 'ObjectIsBeing') {
            Start-Sleep -Seconds 5
        }
        else {
            [Console]::Error.WriteLine($told)
            Stop-Hook "the secret $Name could not be stored in $env:AZURE_KEY_VAULT_NAME."
        }
    }
}

function New-Key([string] $Secret, [string] $What, [string[]] $Existing) {
    if ($Existing -contains $Secret) {
        Write-Host "The vault has $What ($Secret)."
        return
    }

    # 32 random bytes, in letters that need no quoting anywhere.
    $bytes = [System.Security.Cryptography.RandomNumberGenerator]::GetBytes(32)
    Save-Secret $Secret ([Convert]::ToBase64String($bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_'))
    Write-Host "Made ${What}: the secret $Secret in $env:AZURE_KEY_VAULT_NAME."
}

function Add-ProviderKey([string] $Name, [string[]] $Existing) {
    if ($Name -notmatch '^[A-Za-z_][A-Za-z0-9_]{0,126}$') {
        Stop-Hook "LIGHTPORT_PROVIDER_KEYS names '$Name', which is no variable's name. Give names like OPENAI_API_KEY."
    }

    $secret = $Name.ToLowerInvariant().Replace('_', '-')
    if ($Existing -contains $secret) {
        Write-Host "The vault has $Name ($secret)."
        return
    }

    $value = [Environment]::GetEnvironmentVariable($Name)
    if (-not $value -and -not [Console]::IsInputRedirected -and -not $env:CI) {
        $value = Read-Host "$Name (enter for none)" -AsSecureString | ConvertFrom-SecureString -AsPlainText
    }

    if (-not $value) {
        Write-Host "No ${Name}: set it in the environment and run 'azd hooks run postprovision'."
        return
    }

    Save-Secret $secret $value
    Write-Host "Stored $Name as $secret."
}

Assert-Command az 'the Azure CLI, https://aka.ms/azure-cli,'
Assert-Value AZURE_KEY_VAULT_NAME
$existing = @(Get-SecretName)
New-Key $adminSecret 'an admin key' $existing
New-Key $sealSecret 'a seal key' $existing
foreach ($name in $providerKeys -split '[,\s]+' -ne '') {
    Add-ProviderKey $name $existing
}

exit 0
