namespace Lightport.Infra.Tests.Hooks;

/// <summary>After <c>azd provision</c>: the vault gets what it lacks, and nobody else gets to see it.</summary>
public sealed class PostprovisionTests : IDisposable
{
    private const string OpenAIKey = "sk-canary-openai";
    private readonly HookWorld _world = new();

    public static TheoryData<Shell> Shells => Shell.Installed;

    public void Dispose() => _world.Dispose();

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Keys_OfANewVault_AreThirtyTwoRandomBytesEach(Shell shell)
    {
        using var other = new HookWorld();
        (await _world.RunAsync(shell, "postprovision")).Succeeded();
        (await other.RunAsync(shell, "postprovision")).Succeeded();

        string[] keys =
        [
            _world.Secrets[HookWorld.AdminSecret], other.Secrets[HookWorld.AdminSecret],
            _world.Secrets[HookWorld.SealSecret], other.Secrets[HookWorld.SealSecret],
        ];
        Assert.All(keys, key => Assert.Matches("^[A-Za-z0-9_-]{43}$", key));
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task ProviderKeys_OfTheEnvironment_AreStoredUnderTheVaultsNames(Shell shell)
    {
        HookRun run = await _world.RunAsync(
            shell,
            "postprovision",
            "LIGHTPORT_PROVIDER_KEYS=OPENAI_API_KEY,TEAM_2_KEY GROQ_API_KEY",
            $"OPENAI_API_KEY={OpenAIKey}",
            "TEAM_2_KEY=with 'quotes' $and \"more\"\\",
            "ANTHROPIC_API_KEY=sk-not-asked-for");

        run.Succeeded();
        Assert.Equal(
            [HookWorld.AdminSecret, HookWorld.SealSecret, "openai-api-key", "team-2-key"], _world.Secrets.Keys.Order());
        Assert.Equal(OpenAIKey, _world.Secrets["openai-api-key"]);
        Assert.Equal("with 'quotes' $and \"more\"\\", _world.Secrets["team-2-key"]);
        Assert.Contains("No GROQ_API_KEY: set it in the environment", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Secrets_ShowNowhereButInTheVault(Shell shell)
    {
        HookRun run = await _world.RunAsync(shell, "postprovision", $"OPENAI_API_KEY={OpenAIKey}");

        run.Succeeded();
        Assert.Equal(3, _world.Secrets.Count);
        foreach (string secret in _world.Secrets.Values)
        {
            Assert.DoesNotContain(secret, run.All, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, string.Join('\n', _world.Calls), StringComparison.Ordinal);
        }

        Assert.StartsWith(
            "az keyvault secret set --vault-name kv-test --subscription", _world.Calls[1], StringComparison.Ordinal);
        Assert.Empty(_world.LeftBehind);
    }

    [Fact]
    public async Task Files_OfSecrets_AreTheUsersAlone()
    {
        (await _world.RunAsync("postprovision", $"OPENAI_API_KEY={OpenAIKey}")).Succeeded();

        Assert.Equal(["600", "700", "600", "700", "600", "700"], _world.Modes);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task SecondRun_ChangesNothing(Shell shell)
    {
        (await _world.RunAsync(shell, "postprovision", $"OPENAI_API_KEY={OpenAIKey}")).Succeeded();
        IReadOnlyDictionary<string, string> before = _world.Secrets;
        int calls = _world.Calls.Count;

        (await _world.RunAsync(shell, "postprovision", "OPENAI_API_KEY=sk-another")).Succeeded();

        Assert.Equal(before, _world.Secrets);
        Assert.Equal(
            ["az keyvault secret list"],
            _world.Calls.Skip(calls).Select(call => string.Join(' ', call.Split(' ')[..4])));
    }

    [Fact]
    public async Task Key_AtATerminal_IsAskedForAndNotShown()
    {
        HookRun run = await _world.RunAtATerminalAsync(
            "postprovision",
            ("OPENAI_API_KEY (enter for none): ", "sk-canary-typed"),
            ("ANTHROPIC_API_KEY (enter for none): ", ""));

        run.Succeeded();
        Assert.Equal("sk-canary-typed", _world.Secrets["openai-api-key"]);
        Assert.False(_world.Secrets.ContainsKey("anthropic-api-key"));
        Assert.DoesNotContain("sk-canary-typed", run.All + string.Join('\n', _world.Calls), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Vault_ThatRefusesASecret_EndsTheHookAndLeavesNothingBehind(Shell shell)
    {
        _world.Write("state/vault-is-full", "");

        HookRun run = await _world.RunAsync(shell, "postprovision", $"OPENAI_API_KEY={OpenAIKey}");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Empty(_world.Secrets);
        Assert.Empty(_world.LeftBehind);
        Assert.DoesNotContain("Made an admin key", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Secrets_ThatWereDeleted_ComeBackWithNewValues(Shell shell)
    {
        _world.PutDeletedSecret(HookWorld.AdminSecret, "old-admin-key");
        _world.PutDeletedSecret("openai-api-key", "sk-old");

        HookRun run = await _world.RunAsync(shell, "postprovision", $"OPENAI_API_KEY={OpenAIKey}");

        run.Succeeded();
        Assert.Matches("^[A-Za-z0-9_-]{43}$", _world.Secrets[HookWorld.AdminSecret]);
        Assert.Equal(OpenAIKey, _world.Secrets["openai-api-key"]);
        Assert.Contains("openai-api-key was deleted", run.Output, StringComparison.Ordinal);
        Assert.Empty(_world.LeftBehind);
    }

    [Fact]
    public async Task Secret_ThatIsNotYetRecovered_IsWaitedFor()
    {
        _world.PutDeletedSecret(HookWorld.AdminSecret, "old-admin-key");
        _world.Write("state/set-errors", "(Conflict) ObjectIsBeingRecovered\n(Conflict) ObjectIsBeingRecovered\n");

        (await _world.RunAsync("postprovision")).Succeeded();

        Assert.Equal(2, _world.Calls.Count(call => call == "sleep 5"));
        Assert.NotEqual("old-admin-key", _world.Secrets[HookWorld.AdminSecret]);
    }

    [Fact]
    public async Task Secret_ThatNeverComesBack_EndsTheWaiting()
    {
        _world.Write("state/set-errors", string.Concat(Enumerable.Repeat("(Conflict) ObjectIsBeingDeleted\n", 40)));

        HookRun run = await _world.RunAsync("postprovision");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Equal(23, _world.Calls.Count(call => call == "sleep 5"));
        Assert.Contains("could not be stored", run.Errors, StringComparison.Ordinal);
        Assert.Empty(_world.LeftBehind);
    }

    [Fact]
    public async Task Role_ThatIsNotYetInForce_IsWaitedFor()
    {
        _world.Write("state/vault-errors", "(Forbidden) ForbiddenByRbac\n(Forbidden) ForbiddenByRbac\n");

        (await _world.RunAsync("postprovision")).Succeeded();

        Assert.Equal(2, _world.Calls.Count(call => call == "sleep 10"));
        Assert.Contains(HookWorld.AdminSecret, _world.Secrets.Keys);
    }

    [Fact]
    public async Task Role_ThatNeverComes_EndsTheWaiting()
    {
        _world.Write("state/vault-errors", string.Concat(Enumerable.Repeat("(Forbidden) ForbiddenByRbac\n", 40)));

        HookRun run = await _world.RunAsync("postprovision");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Equal(29, _world.Calls.Count(call => call == "sleep 10"));
        Assert.Contains("Key Vault Secrets Officer", run.Errors, StringComparison.Ordinal);
        Assert.Empty(_world.Secrets);
    }

    [Theory]
    [InlineData("(Forbidden) ForbiddenByConnection", "LIGHTPORT_DEPLOYER_ADDRESS")]
    [InlineData("(Forbidden) Client address is not authorized ForbiddenByFirewall", "LIGHTPORT_DEPLOYER_ADDRESS")]
    [InlineData("Please run 'az login' to setup account.", "Sign in with 'az login'")]
    public async Task Vault_OutOfReach_IsSaidAtOnce(string complaint, string advice)
    {
        _world.Write("state/vault-errors", complaint + "\n");

        HookRun run = await _world.RunAsync("postprovision");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(advice, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(_world.Calls, call => call.StartsWith("sleep", StringComparison.Ordinal));
        Assert.Empty(_world.Secrets);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Name_ThatIsNone_IsRefused(Shell shell)
    {
        HookRun run = await _world.RunAsync(shell, "postprovision", "LIGHTPORT_PROVIDER_KEYS=sk-pasted.by-mistake");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("Give names like OPENAI_API_KEY", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Outputs_ThatAreMissing_AreNamed(Shell shell)
    {
        HookRun run = await _world.RunAsync(shell, "postprovision", "AZURE_KEY_VAULT_NAME=");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("AZURE_KEY_VAULT_NAME is not set", run.Errors, StringComparison.Ordinal);
        Assert.Empty(_world.Calls);
    }
}
