using System.Text.Json;
using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.RealGateway;

/// <summary>The tool against the real Server: what the fake gateway promises is kept.</summary>
public sealed class WholeLifeTests : IAsyncLifetime
{
    private const string AdminKey = "lp-admin-canary-of-the-whole-life";

    private const string First = """
        # the first
        providers: {}
        models: { quick: echo/echo }
        """;

    private const string Second = """
        # the second
        providers: {}
        models: { quick: [echo/echo, echo/other], slow: echo/echo }
        """;

    private const string Third = """
        # the third
        providers: {}
        models: { slow: echo/echo }
        """;

    private readonly ToolInPlace _tool = new() { Width = 80 };
    private ServerProcess _server = null!;

    public async Task InitializeAsync()
    {
        _server = await ServerProcess.StartAsync(AdminKey, First);
        _tool.Environment["LIGHTPORT_URL"] = _server.Address;
        _tool.Environment["LIGHTPORT_ADMIN_KEY"] = AdminKey;
        _tool.Environment["LIGHTPORT_AUTHOR"] = "jane@contoso.com";
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Configuration_IsCheckedComparedAppliedAndRolledBack()
    {
        (await _tool.RunWithInputAsync(Second, "check", "-")).Ended(0);
        ToolResult diff = (await _tool.RunWithInputAsync(Second, "diff", "-", "--exit-code")).Ended(10);
        Assert.Contains("~ changed  model quick\n", diff.Output, StringComparison.Ordinal);
        Assert.Contains("+ added    model slow\n", diff.Output, StringComparison.Ordinal);
        Assert.Contains("2 changes: ", diff.Output, StringComparison.Ordinal);
        Assert.Equal(First, (await _tool.RunAsync("config")).Ended(0).Output.TrimEnd('\n'));

        ToolResult applied = (await _tool.RunWithInputAsync(Second, "apply", "-", "--yes", "--note", "slow")).Ended(0);
        Assert.EndsWith(" is in force.\n", applied.Output, StringComparison.Ordinal);
        Assert.Equal(Second, (await _tool.RunAsync("config")).Ended(0).Output.TrimEnd('\n'));
        Assert.Equal("Nothing changes.\n", (await _tool.RunWithInputAsync(Second, "diff", "-")).Ended(0).Output);

        (await _tool.RunWithInputAsync(Third, "apply", "-", "--yes")).Ended(0);
        JsonElement[] versions = await VersionsAsync();
        JsonElement second = Assert.Single(versions, version => version.GetProperty("note").GetString() == "slow");
        Assert.Equal("jane@contoso.com", second.GetProperty("author").GetString());

        string before = Name(versions.SkipWhile(version => !version.GetProperty("current").GetBoolean()).ElementAt(1));
        string document = (await _tool.RunAsync("config", "--version", before)).Ended(0).Output;
        ToolResult back = (await _tool.RunAsync("rollback", "--yes")).Ended(0);
        Assert.EndsWith($"Version {before} is in force.\n", back.Output, StringComparison.Ordinal);
        Assert.Equal(document, (await _tool.RunAsync("config")).Ended(0).Output);

        (await _tool.RunAsync("rollback", Name(second), "--yes", "--note", "slow after all")).Ended(0);
        Assert.Equal(Second, (await _tool.RunAsync("config")).Ended(0).Output.TrimEnd('\n'));
        string table = (await _tool.RunAsync("versions")).Ended(0).Output;
        Assert.Contains($"*  {Name(second)}", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configuration_WithMistakes_ChangesNothing()
    {
        ToolResult refused = (await _tool.RunWithInputAsync("modls: {}", "apply", "-", "--yes")).Ended(1);

        Assert.StartsWith("stdin:1:1: unknown key 'modls'", refused.Error, StringComparison.Ordinal);
        Assert.Equal(First, (await _tool.RunAsync("config")).Ended(0).Output.TrimEnd('\n'));
    }

    [Fact]
    public async Task Configuration_ThatMovedMeanwhile_IsNotOverwritten()
    {
        ToolResult refused = (await _tool.RunWithInputAsync(
            Second, "apply", "-", "--yes", "--if-match", "v0")).Ended(1);

        Assert.Contains("look at it again with `lightport diff`", refused.Error, StringComparison.Ordinal);
        Assert.Equal(First, (await _tool.RunAsync("config")).Ended(0).Output.TrimEnd('\n'));
    }

    [Fact]
    public async Task Key_IsMadeShownChangedTurnedOffRotatedAndRemoved()
    {
        ToolResult made = (await _tool.RunAsync(
            "keys", "create", "team-a", "--models", "quick,echo*", "--tag", "tier=1", "--expires", "90d")).Ended(0);
        string key = made.Output.Trim();
        string id = Fact(made.Error, "id");
        (await ChatAsync(key)).Ended(0);

        string list = (await _tool.RunAsync("keys", "list")).Ended(0).Output;
        Assert.Contains($"{id}  team-a  active  quick, echo*  tier=1", list, StringComparison.Ordinal);
        string shown = (await _tool.RunAsync("keys", "show", id)).Ended(0).Output;
        Assert.Equal("active", Fact(shown, "status"));
        Assert.DoesNotContain(key, shown, StringComparison.Ordinal);

        string changed = (await _tool.RunAsync(
            "keys", "update", id, "--any-model", "--no-tags", "--expires", "never")).Ended(0).Output;
        Assert.Equal(("all", "", "-"), (Fact(changed, "models"), Fact(changed, "tags"), Fact(changed, "expires")));

        ToolResult disabled = (await _tool.RunAsync("keys", "disable", id)).Ended(0);
        Assert.Contains("is disabled", disabled.Output, StringComparison.Ordinal);
        (await ChatAsync(key)).Ended(3);
        (await _tool.RunAsync("keys", "enable", id)).Ended(0);
        (await ChatAsync(key)).Ended(0);

        ToolResult rotated = (await _tool.RunAsync("keys", "rotate", id, "--grace", "1d")).Ended(0);
        Assert.Equal(id, Fact(rotated.Error, "replaces"));
        (await ChatAsync(rotated.Output.Trim())).Ended(0);
        (await ChatAsync(key)).Ended(0);

        (await _tool.RunAsync("keys", "delete", id, "--yes")).Ended(0);
        (await ChatAsync(key)).Ended(3);
        ToolResult gone = (await _tool.RunAsync("keys", "show", id)).Ended(1);
        Assert.DoesNotContain(key, gone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_IsListedExplainedAskedAndCounted()
    {
        string id = Fact((await NewKeyAsync()).Error, "id");

        Assert.Equal(["echo", "quick"], (await _tool.RunAsync("models")).Ended(0).Output.Trim().Split('\n').Order());
        ToolResult explained = (await _tool.RunAsync("explain", "--model", "quick", "--key", id)).Ended(0);
        Assert.Contains("route      quick\n", explained.Output, StringComparison.Ordinal);
        Assert.Matches("1  echo/echo +openai-chat +passthrough", explained.Output);

        ToolResult said = (await _tool.RunAsync("chat", "--model", "quick", "Good", "day!")).Ended(0);
        Assert.Equal("Good day!\n", said.Output);
        Assert.StartsWith("echo/echo · ", said.Error, StringComparison.Ordinal);
        ToolResult whole = (await _tool.RunAsync("chat", "--model", "quick", "Good day!", "--json")).Ended(0);
        Assert.Equal("Good day!", JsonDocument.Parse(whole.Output).RootElement
            .GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        ToolResult unknown = (await _tool.RunAsync("chat", "--model", "nobody", "Good day!")).Ended(1);
        Assert.Contains("nobody", unknown.Error, StringComparison.Ordinal);

        ToolResult usage = (await _tool.RunAsync("usage", "--key", id, "--by", "key,model,day")).Ended(0);
        Assert.Contains("team-a  echo/echo", usage.Output, StringComparison.Ordinal);
        ToolResult sums = (await _tool.RunAsync("usage", "--json")).Ended(0);
        JsonElement total = JsonDocument.Parse(sums.Output).RootElement.GetProperty("total");
        Assert.Equal(3, total.GetProperty("requests").GetInt64());
        ToolResult health = (await _tool.RunAsync("health")).Ended(0);
        Assert.Matches("^status +ok\n", health.Output);
    }

    [Fact]
    public async Task AdminKey_ThatIsAnother_EndsWith3()
    {
        _tool.Environment["LIGHTPORT_ADMIN_KEY"] = AdminKey + "x";

        ToolResult result = (await _tool.RunAsync("versions")).Ended(3);

        Assert.DoesNotContain(AdminKey, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gateway_ThatIsNotManaged_SaysWhatToSet()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(adminKey: null, First);

        ToolResult result = (await _tool.RunAsync("versions", "--url", server.Address)).Ended(4);

        Assert.Contains("set LIGHTPORT_ADMIN_KEY", result.Error, StringComparison.Ordinal);
    }

    private async Task<JsonElement[]> VersionsAsync()
    {
        ToolResult result = (await _tool.RunAsync("versions", "--json")).Ended(0);
        return [.. JsonDocument.Parse(result.Output).RootElement.GetProperty("versions").EnumerateArray()];
    }

    private static string Name(JsonElement version) => version.GetProperty("version").GetString()!;

    private async Task<ToolResult> NewKeyAsync()
    {
        ToolResult made = (await _tool.RunAsync("keys", "create", "team-a")).Ended(0);
        _tool.Environment["LIGHTPORT_KEY"] = made.Output.Trim();
        return made;
    }

    private Task<ToolResult> ChatAsync(string key)
    {
        _tool.Environment["LIGHTPORT_KEY"] = key;
        return _tool.RunAsync("chat", "--model", "quick", "Hello!");
    }

    /// <summary>The value beside a name.</summary>
    private static string Fact(string text, string name) =>
        text.Split('\n').Single(line => line.StartsWith(name + ' ', StringComparison.Ordinal))[name.Length..].Trim();
}
