namespace Lightport.Infra.Tests.Hooks;

/// <summary>After <c>azd deploy</c>: the gateway answers, has its configuration, and somebody can call it.</summary>
public sealed class PostdeployTests : IDisposable
{
    private const string AdminKey = "canary-admin-key";
    private const string ClientKey = "lp-canary-first";
    private readonly HookWorld _world = new();

    public PostdeployTests() => _world.PutSecret(HookWorld.AdminSecret, AdminKey);

    public static TheoryData<Shell> Shells => Shell.Installed;

    private IEnumerable<string> Commands => _world.Calls
        .Where(call => call.StartsWith("dotnet run", StringComparison.Ordinal))
        .Select(call => call.Split(" -- ")[1]);

    public void Dispose() => _world.Dispose();

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task FirstDeployment_AppliesMakesAKeyAndSaysWhere(Shell shell)
    {
        _world.Write("lightport.yaml", "providers: { openai: {} }\n");

        HookRun run = await _world.RunAsync(shell, "postdeploy");

        run.Succeeded();
        Assert.Equal(["apply lightport.yaml --yes", "keys list --json", "keys create first --json"], Commands);
        Assert.Equal("providers: { openai: {} }\n", _world.Applied);
        Assert.Contains($"{HookWorld.Url}/v1\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{HookWorld.Url}/v1/chat/completions", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, run.All.Split(ClientKey).Length);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task AdminKey_IsInTheEnvironmentOfTheCommandLineAlone(Shell shell)
    {
        HookRun run = await _world.RunAsync(shell, "postdeploy");

        run.Succeeded();
        Assert.Equal([$"{HookWorld.Url} {AdminKey}", $"{HookWorld.Url} {AdminKey}"], _world.Credentials);
        Assert.DoesNotContain(AdminKey, run.All + string.Join('\n', _world.Calls), StringComparison.Ordinal);
        Assert.DoesNotContain(ClientKey, string.Join('\n', _world.Calls), StringComparison.Ordinal);
        Assert.Empty(_world.LeftBehind);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task SecondRun_MakesNoOtherKey(Shell shell)
    {
        (await _world.RunAsync(shell, "postdeploy")).Succeeded();

        HookRun run = await _world.RunAsync(shell, "postdeploy");

        run.Succeeded();
        Assert.Single(Commands, "keys create first --json");
        Assert.Contains("There are client keys", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(ClientKey, run.All, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Configuration_OfTheEnvironment_GoesBeforeTheCommonOne(Shell shell)
    {
        _world.Write("lightport.yaml", "common");
        _world.Write("lightport.test.yaml", "of the environment");

        (await _world.RunAsync(shell, "postdeploy")).Succeeded();

        Assert.Equal("of the environment", _world.Applied);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Configuration_ThatIsNotThere_IsSaidAndNoFailure(Shell shell)
    {
        HookRun run = await _world.RunAsync(shell, "postdeploy");

        run.Succeeded();
        Assert.Null(_world.Applied);
        Assert.Contains("No lightport.yaml: the gateway keeps what it has", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Configuration_ThatIsRefused_EndsTheHook(Shell shell)
    {
        _world.Write("lightport.yaml", "providers: 1");
        _world.Write("state/exit-codes", "1\n");

        HookRun run = await _world.RunAsync(shell, "postdeploy");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Equal(["apply lightport.yaml --yes"], Commands);
        Assert.Contains("lightport.yaml was not applied", run.Errors, StringComparison.Ordinal);
        Assert.Empty(_world.LeftBehind);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task ClientKey_InAPipeline_IsNotMade(Shell shell)
    {
        HookRun run = await _world.RunAsync(shell, "postdeploy", "CI=true");

        run.Succeeded();
        Assert.Equal(["keys list --json"], Commands);
        Assert.Contains("none is made where it would stand in a log", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gateway_ThatIsNotReadyYet_IsWaitedFor()
    {
        _world.Write("state/health", "000\n503\n");

        HookRun run = await _world.RunAsync("postdeploy");

        run.Succeeded();
        Assert.Equal(2, _world.Calls.Count(call => call == "sleep 5"));
        Assert.Contains("(503, 58 tries left)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gateway_ThatNeverAnswers_EndsTheWaiting()
    {
        _world.Write("state/health", string.Concat(Enumerable.Repeat("503\n", 70)));

        HookRun run = await _world.RunAsync("postdeploy");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Equal(59, _world.Calls.Count(call => call == "sleep 5"));
        Assert.Contains("did not answer 200 in five minutes (last: 503)", run.Errors, StringComparison.Ordinal);
        Assert.Empty(Commands);
    }

    /// <summary>The app's own role at the vault or the tables may come into force after the app.</summary>
    [Fact]
    public async Task Doors_ThatAreNotReadyYet_AreTriedAgain()
    {
        _world.Write("lightport.yaml", "providers: {}");
        _world.Write("state/exit-codes", "4\n3\n0\n4\n0\n");

        HookRun run = await _world.RunAsync("postdeploy");

        run.Succeeded();
        Assert.Equal(3, _world.Calls.Count(call => call == "sleep 15"));
        Assert.Contains(ClientKey, run.Output, StringComparison.Ordinal);
        Assert.Single(Commands, "keys create first --json");
    }

    [Fact]
    public async Task Doors_ThatNeverOpen_EndTheWaiting()
    {
        _world.Write("lightport.yaml", "providers: {}");
        _world.Write("state/exit-codes", string.Concat(Enumerable.Repeat("3\n", 30)));

        HookRun run = await _world.RunAsync("postdeploy");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Equal(Enumerable.Repeat("apply lightport.yaml --yes", 20), Commands);
        Assert.Contains("lightport.yaml was not applied", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AdminKey_ThatIsNotThere_IsSaid()
    {
        using var world = new HookWorld();

        HookRun run = await world.RunAsync("postdeploy");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("azd hooks run postprovision", run.Errors, StringComparison.Ordinal);
        Assert.Empty(world.Credentials);
    }
}
