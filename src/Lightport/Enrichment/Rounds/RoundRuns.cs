using System.Globalization;
using Lightport.Conversation;
using Lightport.Enrichment.Tools;
using Lightport.Exchanges.Limits;
using Lightport.Exchanges.Stages;
using Lightport.Mcp;

namespace Lightport.Enrichment.Rounds;

/// <summary>
/// Runs the gateway's calls of a round, all at once, and tells their client of them as its dialect can, or as it asks.
/// </summary>
internal sealed class RoundRuns(
    StageContext context, McpCaller caller, ToolRunner runner, ResultKeeper kept, TimeProvider clock)
{
    /// <summary>The ids that runs of the answer have been told by.</summary>
    private readonly HashSet<string> _told = [];

    /// <summary>How often an id that came again has come.</summary>
    private readonly Dictionary<string, int> _times = [];

    /// <summary>Runs the calls. Whatever ends this, nothing of it runs on.</summary>
    /// <param name="round">Which of the answer's rounds it is.</param>
    /// <param name="refusal">Why a call is not run; null where it is. Asked once for each, in their order.</param>
    /// <param name="left">How long they may run: what runs then has failed, and the model is told so.</param>
    /// <returns>What came of each, in the order of the calls.</returns>
    /// <exception cref="GatewayException">A limit refuses what they cost, and none was run.</exception>
    public async ValueTask<IReadOnlyList<ToolResultPart>> RunAsync(
        IReadOnlyList<(OfferedTool? Tool, ToolCallPart Call)> calls,
        int round,
        Func<ToolCallPart, string?> refusal,
        TimeSpan left,
        IAnswerListener client,
        CancellationToken cancellationToken)
    {
        AskedRun[] asked =
        [
            .. calls.Select((call, place) => new AskedRun(
                call.Tool,
                call.Call,
                Refusal(call.Tool, call.Call, place, refusal),
                Report(call.Tool, call.Call, round))),
        ];
        decimal price = asked.Sum(call => call.Refusal is null ? call.Tool!.Price : 0);
        using RunBill bill = await context.HoldRunsAsync(price, cancellationToken).ConfigureAwait(false);
        var scope = new RunScope(caller, context.Target, bill);
        using var time = new CancellationTokenSource(left, clock);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var progress = new RunProgress(client, clock, cancellationToken);
        if (asked.Any(call => call.Refusal is null))
        {
            context.MarkRun();
        }

        await TellBegunAsync(asked, client, cancellationToken).ConfigureAwait(false);
        Task<EndedRun>[] runs = [.. asked.Select(OneAsync)];
        try
        {
            return await TellAsync(runs, client, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(runs)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await progress.EndAsync().ConfigureAwait(false);
        }

        async Task<EndedRun> OneAsync(AskedRun one)
        {
            RunReport report = one.Report;
            if (one.Refusal is { } why)
            {
                return new EndedRun(ToolRunner.Failed(one.Call, why), report with { Status = RunStatus.Refused });
            }

            long started = clock.GetTimestamp();
            Action<string>? listener = Hears(client)
                ? word => progress.Tell(report with { Progress = word, Milliseconds = Elapsed(started) })
                : null;
            ToolResultPart result = await runner
                .RunAsync(one.Tool!, one.Call, scope, listener, time.Token, over.Token)
                .ConfigureAwait(false);
            return new EndedRun(result, report with
            {
                Status = result.IsError ? RunStatus.Failed : RunStatus.Completed,
                Milliseconds = Elapsed(started),
            });
        }
    }

    /// <summary>Tells of calls that are not run.</summary>
    /// <param name="reason">Why not, as the model is told it.</param>
    public ValueTask<IReadOnlyList<ToolResultPart>> RefuseAsync(
        IReadOnlyList<(OfferedTool? Tool, ToolCallPart Call)> calls,
        int round,
        string reason,
        IAnswerListener client,
        CancellationToken cancellationToken) =>
        TellAsync(
            [
                .. calls.Select(call => Task.FromResult(new EndedRun(
                    ToolRunner.Failed(call.Call, reason),
                    Report(call.Tool, call.Call, round) with { Status = RunStatus.Refused }))),
            ],
            client,
            cancellationToken);

    /// <summary>Tells results as they come, in the order of their calls.</summary>
    private async ValueTask<IReadOnlyList<ToolResultPart>> TellAsync(
        IReadOnlyList<Task<EndedRun>> runs, IAnswerListener client, CancellationToken cancellationToken)
    {
        var results = new List<ToolResultPart>(runs.Count);
        foreach (Task<EndedRun> run in runs)
        {
            EndedRun ended = await run.ConfigureAwait(false);
            ToolResultPart result = ended.Result;
            results.Add(result);
            if (context.ShowsRuns)
            {
                await kept.KeepAsync(context, result.Parts, cancellationToken).ConfigureAwait(false);
                await client.TellAsync(ToldSearch.Told(result), cancellationToken).ConfigureAwait(false);
            }
            else if (context.TellsRuns)
            {
                await client.TellAsync(ended.Report, cancellationToken).ConfigureAwait(false);
            }
        }

        return results;
    }

    /// <summary>Clients that see runs have been told the calls by now.</summary>
    private async ValueTask TellBegunAsync(
        AskedRun[] asked, IAnswerListener client, CancellationToken cancellationToken)
    {
        if (context.ShowsRuns || !context.TellsRuns || !client.IsStreamed)
        {
            return;
        }

        foreach (AskedRun one in asked)
        {
            if (one.Refusal is null)
            {
                await client.TellAsync(one.Report, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private bool Hears(IAnswerListener client) => client.IsStreamed && (context.ShowsRuns || context.TellsRuns);

    private long Elapsed(long started) => (long)clock.GetElapsedTime(started).TotalMilliseconds;

    private static string? Refusal(
        OfferedTool? tool, ToolCallPart call, int place, Func<ToolCallPart, string?> refusal) =>
        tool is null
            ? $"There is no tool '{call.Name}' here, or not any more. Nothing was run; go on without it."
            : place < ToolRunner.MostAtOnce
                ? refusal(call)
                : $"More than {ToolRunner.MostAtOnce} calls were made at once, and this one was not run. "
                    + "Make it again.";

    private RunReport Report(OfferedTool? tool, ToolCallPart call, int round) => new(
        ToldId(call.CallId), tool?.Label ?? ToolRound.NoServer, tool?.Tool.Name ?? call.Name, call.Arguments, round);

    /// <summary>
    /// The id that a run is told by: the call's, or where one of the answer has had it before, that with a number, for
    /// some providers begin to count anew in each round.
    /// </summary>
    private string ToldId(string id)
    {
        string told = id;

        // Who sees runs tells them apart itself, by ids of its own.
        while (!context.ShowsRuns && !_told.Add(told))
        {
            int number = _times[id] = _times.GetValueOrDefault(id, 1) + 1;
            told = string.Create(CultureInfo.InvariantCulture, $"{id}_{number}");
        }

        return told;
    }

    /// <param name="Refusal">Why it is not run; null where it is.</param>
    /// <param name="Report">What the client is told before it has begun.</param>
    private sealed record AskedRun(OfferedTool? Tool, ToolCallPart Call, string? Refusal, RunReport Report);

    /// <param name="Result">What the model is told.</param>
    /// <param name="Report">What the client is.</param>
    private sealed record EndedRun(ToolResultPart Result, RunReport Report);
}
