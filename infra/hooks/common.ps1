# What both hooks need on Windows; the twin of common.sh. It is dot-sourced, with the repository's root as the location.
# A secret is never an argument of a command: arguments show in the process list.

# Exit codes are looked at one by one, whatever the user's profile says.
$PSNativeCommandUseErrorActionPreference = $false

function Stop-Hook([string] $Message) {
    [Console]::Error.WriteLine("lightport: $Message")
    exit 1
}

function Assert-Command([string] $Name, [string] $What) {
    if (-not (Get-Command $Name -ErrorAction SilentlyContinue)) {
        Stop-Hook "$Name was not found. Install $What and run this again."
    }
}

# An output of the deployment, handed over by azd.
function Assert-Value([string] $Name) {
    if (-not [Environment]::GetEnvironmentVariable($Name)) {
        Stop-Hook "$Name is not set. Run 'azd provision' first, and this by 'azd hooks run'."
    }
}

# az keyvault secret, at the environment's own vault. Sets LASTEXITCODE.
function Invoke-Vault([string] $Command, [string[]] $Arguments) {
    $subscription = if ($env:AZURE_SUBSCRIPTION_ID) { @('--subscription', $env:AZURE_SUBSCRIPTION_ID) } else { @() }
    az keyvault secret $Command --vault-name $env:AZURE_KEY_VAULT_NAME @subscription @Arguments
}

# The names of the vault's secrets. A role that was just given takes a while to be in force: five minutes at most.
function Get-SecretName {
    for ($tries = 30; ; $tries--) {
        $answer = Invoke-Vault list @('--query', '[].name', '--output', 'tsv') 2>&1
        $told = ($answer | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }) -join "`n"
        if ($LASTEXITCODE -eq 0) {
            return @($answer | Where-Object { $_ -is [string] -and $_ })
        }

        if ($told -match 'ForbiddenByFirewall|ForbiddenByConnection|Public network access is disabled') {
            Stop-Hook ("the vault $env:AZURE_KEY_VAULT_NAME is closed to this address. Run 'azd hooks run' inside the " +
                'network, or let this address in: azd env set LIGHTPORT_DEPLOYER_ADDRESS <public address>, then ' +
                'azd provision.')
        }

        if ($told -notmatch 'Forbidden') {
            [Console]::Error.WriteLine($told)
            Stop-Hook ("the vault $env:AZURE_KEY_VAULT_NAME could not be read. Sign in with 'az login' and run this " +
                'again.')
        }

        if ($tries -le 1) {
            [Console]::Error.WriteLine($told)
            Stop-Hook ("no right to the secrets of $env:AZURE_KEY_VAULT_NAME. The role Key Vault Secrets Officer is " +
                'given to AZURE_PRINCIPAL_ID; sign in to az as that principal.')
        }

        [Console]::Error.WriteLine("Waiting for the right to the vault ($($tries - 1) tries left)")
        Start-Sleep -Seconds 10
    }
}
