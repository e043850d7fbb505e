using System.Globalization;
using System.Text.Json;
using Lightport.Mcp;
using Lightport.Mcp.Connections;
using Lightport.Tests.Routing;
using Lightport.Tests.Transport;

namespace Lightport.Tests.Mcp;

/// <summary>Servers that are programs of this machine, as a shell's few lines.</summary>
public sealed class ProgramTests
{
    /// <summary>
    /// Greets as an older server, lists one tool, and says in each call's answer its process and one variable; a call
    /// with "die" in it ends it.
    /// </summary>
    private const string Script = """
        while read -r line; do
          id=$(printf '%s' "$line" | sed -n 's/.*"id":\("\{0,1\}[0-9]*"\{0,1\}\).*/\1/p')
          case "$line" in
            *'"server/discover"'*) printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"no"}}\n' "$id" ;;
            *'"initialize"'*) printf '{"jsonrpc":"2.0","id":%s,"result":{"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{"name":"s","version":"1"}}}\n' "$id" ;;
            *'"tools/list"'*) printf '{"jsonrpc":"2.0","id":%s,"result":{"tools":[{"name":"who","inputSchema":{"type":"object"}}]}}\n' "$id" ;;
            *die*) exit 3 ;;
            *silent*) ;;
            *loud*) head -c 3000000 /dev/zero | tr '\0' 'e' >&2
              i=0; while [ $i -lt 2000 ]; do echo "line $i" >&2; i=$((i+1)); done
              printf '{"jsonrpc":"2.0","id":%s,"result":{"content":[{"type":"text","text":"loud"}]}}\n' "$id" ;;
            *garbage*) echo 'this is no JSON'; echo '{"jsonrpc":'; echo '[1,2]'; echo 7; echo
              printf '{"jsonrpc":"2.0","id":"of nobody","result":{}}\n'
              printf '{"jsonrpc":"2.0","id":%s,"result":{"content":[{"type":"text","text":"sense"}]}}\n' "$id" ;;
            *orphan*) pid=$( (sleep 300 </dev/null >/dev/null 2>&1 & echo $!) )
              printf '{"jsonrpc":"2.0","id":%s,"result":{"content":[{"type":"text","text":"%s"}]}}\n' "$id" "$pid" ;;
            *chatty*) yes '{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"x"}}' | head -n 5000
              printf '{"jsonrpc":"2.0","id":%s,"result":{"content":[{"type":"text","text":"said"}]}}\n' "$id" ;;
            *beside*) while :; do printf '{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"1","progress":1}}\n'; done &
              printf '{"jsonrpc":"2.0","id":%s,"result":{"content":[{"type":"text","text":"begun"}]}}\n' "$id" ;;
            *flood*) yes '{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"x"}}' ;;
            *nag*) yes '{"jsonrpc":"2.0","id":1,"method":"ping"}' ;;
            *much*) head -c 9000000 /dev/zero | tr '\0' 'x'; echo ;;
            *'"tools/call"'*) printf '{"jsonrpc":"2.0","id":%s,"result":{"content":[{"type":"text","text":"%s %s %s"}]}}\n' "$id" "$$" "$SAID" "${LIGHTPORT_CANARY:-none}" ;;
          esac
        done
        """;

    private static readonly McpTool Who = new("who", JsonElement.Parse("{}"));

    private static readonly McpServer Shell = new("shell")
    {
        Program = new McpProgram("sh", ["-c", Script])
        {
            Environment = new Dictionary<string, string> { ["SAID"] = "plain" },
        },
        IsConfigured = true,
        CallTimeout = TimeSpan.FromSeconds(30),
    };

    [Fact]
    public async Task Calls_OfAProgram_AreOneProcessThatKnowsNoneOfTheGatewaysSecrets()
    {
        Environment.SetEnvironmentVariable("LIGHTPORT_CANARY", "a key");
        await using var world = new McpWorld();

        Assert.Equal(["who"], (await world.Servers.ListAsync(Shell, McpWorld.Anna, default)).Select(tool => tool.Name));
        string[] said = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => CallAsync(world, "{}")));

        string only = Assert.Single(said.Distinct());
        Assert.EndsWith(" plain none", only, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_ThatDies_IsStartedAnewForTheNextCall()
    {
        await using var world = new McpWorld();
        string before = await CallAsync(world, "{}");

        string died = await CallAsync(world, """{"now":"die"}""");
        string after = await CallAsync(world, "{}");

        Assert.Contains("broke off", died, StringComparison.Ordinal);
        Assert.EndsWith(" plain none", after, StringComparison.Ordinal);
        Assert.NotEqual(before, after);
    }

    [Fact]
    public async Task Program_WithALineWithoutEnd_IsTakenNoMoreOf()
    {
        await using var world = new McpWorld();

        string said = await CallAsync(world, """{"say":"much"}""");

        Assert.Contains("It answered more than 8 MiB.", said, StringComparison.Ordinal);
    }

    /// <summary>One key's call makes it tell of ever more progress; the others have their answers all the same.</summary>
    [Fact]
    public async Task Program_ThatTalksOnBesideItsAnswers_IsHeldUp_AndAnswersOn()
    {
        await using var world = new McpWorld();
        string before = await CallAsync(world, "{}");
        Assert.Equal("begun", await CallAsync(world, """{"talk":"beside"}"""));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (int looked = 0; !IsLogged(world, 907) && looked < 500; looked++)
        {
            await timer.WaitForNextTickAsync();
        }

        for (int called = 0; called < 20; called++)
        {
            Assert.Equal(before, await CallAsync(world, "{}"));
        }

        Assert.True(IsLogged(world, 907));
        Assert.False(IsLogged(world, 908));
    }

    /// <summary>Whoever asked it first has had no answer in their time, and it does not talk on to nobody.</summary>
    [Fact]
    public async Task Program_ThatTalksOnAndAnswersNothing_IsEnded_AndStartedAnewForTheNextCall()
    {
        var time = new ManualTimeProvider();
        await using var world = new McpWorld(time);
        await CallAsync(world, "{}");
        int process = Started(world);

        Task<McpOutcome> call = world.Servers.CallAsync(
            Shell with { CallTimeout = TimeSpan.FromMinutes(5) },
            Who,
            JsonElement.Parse("""{"be":"flood"}"""),
            McpWorld.Anna,
            null,
            default).AsTask();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (int looked = 0; !call.IsCompleted && looked < 500; looked++)
        {
            await timer.WaitForNextTickAsync();
            time.Advance(TimeSpan.FromMilliseconds(500));
        }

        McpOutcome outcome = await call;
        Assert.Equal(("too_large", true), (outcome.Failure, outcome.MayHaveRun));
        Assert.Contains("answered nothing in that time", McpWorld.Text(outcome), StringComparison.Ordinal);
        await EndsAsync(process);
        Assert.EndsWith(" plain none", await CallAsync(world, "{}"), StringComparison.Ordinal);
    }

    /// <summary>Each answer to it would wait in memory until it reads.</summary>
    [Fact]
    public async Task Program_ThatAsksOnAndReadsNothing_IsEnded_AndStartedAnewForTheNextCall()
    {
        await using var world = new McpWorld();
        await CallAsync(world, "{}");
        int process = Started(world);

        McpOutcome outcome = await world.Servers.CallAsync(
            Shell, Who, JsonElement.Parse("""{"be":"nag"}"""), McpWorld.Anna, null, default);

        Assert.Equal(("too_large", true), (outcome.Failure, outcome.MayHaveRun));
        Assert.Contains("does not read what it is told", McpWorld.Text(outcome), StringComparison.Ordinal);
        await EndsAsync(process);
        Assert.EndsWith(" plain none", await CallAsync(world, "{}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_ThatSaysMuchOnTheWay_IsHeardToTheEnd()
    {
        await using var world = new McpWorld();

        for (int called = 0; called < 4; called++)
        {
            Assert.Equal("said", await CallAsync(world, """{"be":"chatty"}"""));
        }
    }

    [Fact]
    public async Task Program_ThatFloodsItsErrors_IsReadOnAndAnswers()
    {
        await using var world = new McpWorld();

        Assert.Equal("loud", await CallAsync(world, """{"be":"loud"}"""));
        Assert.All(
            world.Log.Lines.Where(line => line.EventId == 902), line => Assert.InRange(line.Text.Length, 1, 400));
    }

    [Fact]
    public async Task Program_ThatPrintsGarbage_IsUnderstoodAllTheSame()
    {
        await using var world = new McpWorld();

        Assert.Equal("sense", await CallAsync(world, """{"say":"garbage"}"""));
    }

    [Fact]
    public async Task Program_ThatNeverAnswers_IsAnOutcomeAndServesOn()
    {
        await using var world = new McpWorld();
        string before = await CallAsync(world, "{}");

        McpOutcome outcome = await world.Servers.CallAsync(
            Shell with { CallTimeout = TimeSpan.FromMilliseconds(200) },
            Who,
            JsonElement.Parse("""{"be":"silent"}"""),
            McpWorld.Anna,
            null,
            default);

        Assert.Equal(("timeout", true), (outcome.Failure, outcome.MayHaveRun));
        Assert.Equal(before, await CallAsync(world, "{}"));
    }

    /// <summary>Nobody waits for a download, and it need not begin anew with each request.</summary>
    [Fact]
    public async Task Program_ThatTakesLongToStart_StartsOn_AndALaterRequestFindsIt()
    {
        string gate = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        McpServer slow = Heard(gate, $"while [ ! -e \"$GATE\" ]; do sleep 0.02; done\n{Script}");
        var time = new ManualTime();
        await using var world = new McpWorld(time);
        Task<McpException> refused = RefusedAsync(world, slow);
        await WrittenAsync(gate + ".heard");

        time.Advance(TimeSpan.FromSeconds(20));
        string told = (await refused).Message;
        await File.WriteAllTextAsync(gate, "");
        time.Advance(TimeSpan.FromSeconds(1));
        IReadOnlyList<McpTool> later = await world.Servers.ListAsync(slow, McpWorld.Anna, default);

        Assert.Contains(
            "The program is still starting (20 s); a later request finds it.", told, StringComparison.Ordinal);
        Assert.Equal("who", Assert.Single(later).Name);
        Assert.Single(world.Log.Lines, line => line.EventId == 901);
        File.Delete(gate);
        File.Delete(gate + ".heard");
    }

    [Fact]
    public async Task Program_ThatNeverGreets_IsEndedWhenItsTimeIsOver()
    {
        string gate = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        McpServer deaf = Heard(gate, "exec sleep 300") with { CallTimeout = TimeSpan.FromSeconds(1) };
        var time = new ManualTime();
        await using var world = new McpWorld(time, new McpSettings([deaf], []));
        Task<McpException> refused = RefusedAsync(world, deaf);
        await WrittenAsync(gate + ".heard");

        time.Advance(TimeSpan.FromSeconds(1));
        string told = (await refused).Message;
        int process = Started(world);
        bool wasRunning = IsRunning(process);
        time.Advance(TimeSpan.FromMinutes(2));

        Assert.Contains("still starting (1 s)", told, StringComparison.Ordinal);
        Assert.True(wasRunning);
        await EndsAsync(process);
        File.Delete(gate + ".heard");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Program_ThatIsStarting_EndsWithTheGateway(bool atOnce)
    {
        string gate = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        McpServer deaf = Heard(gate, "exec sleep 300");
        var world = new McpWorld();
        Task<McpException> refused = RefusedAsync(world, deaf);
        await WrittenAsync(gate + ".heard");

        if (atOnce)
        {
            world.Connections.Dispose();
        }

        await world.DisposeAsync();

        await EndsAsync(Started(world));
        await refused;
        File.Delete(gate + ".heard");
    }

    [Fact]
    public async Task Program_ThatEndsAtOnce_IsToldWithItsExitCode()
    {
        await using var world = new McpWorld();

        McpException refused = await RefusedAsync(
            world, Shell with { Program = new McpProgram("sh", ["-c", "echo no such package >&2; exit 3"]) });

        Assert.Contains(
            "The program 'sh' ended with exit code 3 before it answered.", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("package", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_ThatEndsAgainAndAgain_RestsBeforeItIsStartedAnew()
    {
        var time = new ManualTime();
        await using var world = new McpWorld(time);
        for (int started = 0; started < 3; started++)
        {
            Assert.Contains("broke off", await CallAsync(world, """{"now":"die"}"""), StringComparison.Ordinal);
        }

        Assert.Contains("started again in 1 s", await CallAsync(world, "{}"), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.EndsWith(" plain none", await CallAsync(world, "{}"), StringComparison.Ordinal);
    }

    /// <summary>Whose parent has ended is nobody's child any more.</summary>
    [Fact]
    public async Task Children_ThatAProgramHasLeftBehind_EndWithTheGateway()
    {
        int orphan;
        await using (var world = new McpWorld())
        {
            orphan = int.Parse(await CallAsync(world, """{"make":"orphan"}"""), CultureInfo.InvariantCulture);
            Assert.True(IsRunning(orphan));
        }

        await EndsAsync(orphan);
    }

    [Fact]
    public async Task Program_AfterTheGatewayHasEnded_HasEnded()
    {
        int process;
        await using (var world = new McpWorld())
        {
            await CallAsync(world, "{}");
            process = world.Connections.Current(Shell)!.Process!.Value;
        }

        Assert.DoesNotContain(System.Diagnostics.Process.GetProcesses(), running => running.Id == process);
    }

    [Fact]
    public async Task Program_ThatThereIsNot_IsAnOutcomeThatSaysSo()
    {
        await using var world = new McpWorld();

        McpOutcome outcome = await world.Servers.CallAsync(
            Shell with { Program = new McpProgram("no-such-program-anywhere", []) },
            Who,
            JsonElement.Parse("{}"),
            McpWorld.Anna,
            null,
            default);

        Assert.Contains("'no-such-program-anywhere'", McpWorld.Text(outcome), StringComparison.Ordinal);
        Assert.Contains("cannot be started", McpWorld.Text(outcome), StringComparison.Ordinal);
    }

    /// <summary>What it says of it is told to nobody, but where that may be a word.</summary>
    [Theory]
    [InlineData("FILES", "value-of-FILES")]
    [InlineData("FILES_TOKEN", " ******************** ")]
    public async Task Program_WithASecret_GetsItsValue(string name, string told)
    {
        await using var world = new McpWorld();
        McpServer server = Shell with
        {
            Program = Shell.Program! with { Secrets = new Dictionary<string, string> { ["SAID"] = name } },
        };

        McpOutcome outcome =
            await world.Servers.CallAsync(server, Who, JsonElement.Parse("{}"), McpWorld.Anna, null, default);

        Assert.Contains(told, McpWorld.Text(outcome), StringComparison.Ordinal);
    }

    /// <summary>A server that says by a file that it was asked something, and then does as it is told.</summary>
    private static McpServer Heard(string gate, string then) => Shell with
    {
        Program = new McpProgram("sh", ["-c", $"read -r first; : > \"$GATE.heard\"\n{then}"])
        {
            Environment = new Dictionary<string, string> { ["GATE"] = gate, ["SAID"] = "plain" },
        },
    };

    private static Task<McpException> RefusedAsync(McpWorld world, McpServer server) =>
        Assert.ThrowsAsync<McpException>(async () => await world.Servers.ListAsync(server, McpWorld.Anna, default));

    private static int Started(McpWorld world) => int.Parse(
        Assert.Single(world.Log.Lines, line => line.EventId == 901).Text.Split(' ')[^1], CultureInfo.InvariantCulture);

    private static bool IsLogged(McpWorld world, int id)
    {
        lock (world.Log.Lines)
        {
            return world.Log.Lines.Exists(line => line.EventId == id);
        }
    }

    private static async Task WrittenAsync(string file)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (int looked = 0; !File.Exists(file) && looked < 500; looked++)
        {
            await timer.WaitForNextTickAsync();
        }

        Assert.True(File.Exists(file));
    }

    /// <summary>A process that was ended is there until its parent has looked.</summary>
    private static bool IsRunning(int process) =>
        File.Exists($"/proc/{process}/stat")
        && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);

    private static async Task EndsAsync(int process)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (int looked = 0; IsRunning(process) && looked < 250; looked++)
        {
            await timer.WaitForNextTickAsync();
        }

        Assert.False(IsRunning(process));
    }

    private static async Task<string> CallAsync(McpWorld world, string arguments) => McpWorld.Text(
        await world.Servers.CallAsync(Shell, Who, JsonElement.Parse(arguments), McpWorld.Anna, null, default));
}
