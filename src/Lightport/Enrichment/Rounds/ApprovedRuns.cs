using Lightport.Conversation;
using Lightport.Enrichment.Memory;
using Lightport.Enrichment.Tools;
using Lightport.Exchanges;
using Lightport.Exchanges.Limits;
using Lightport.Exchanges.Stages;
using Lightport.Mcp;
using Lightport.Storage;
using Microsoft.Extensions.Logging;

namespace Lightport.Enrichment.Rounds;

/// <summary>
/// Runs the calls that a client has just said yes to: each once, however often it says so, and only for a request that
/// a target could be asked. What a client says no to after an earlier yes is not said to be left alone.
/// </summary>
internal sealed partial class ApprovedRuns(
    ToolRunner runner,
    ApprovedRunMemory memory,
    ResultKeeper results,
    AttemptTrial trial,
    TimeProvider clock,
    ILogger<ApprovedRuns> logger)
{
    /// <summary>A call that broke on its way is made anew, once.</summary>
    private const int Calls = 2;

    private const string Ended =
        "The request ended before this call had. It may have run, and it was not run again.";

    /// <summary>Takes what has come of them, now or when they were run before.</summary>
    /// <param name="most">So many are run; of the others the model is told that they were not.</param>
    /// <exception cref="GatewayException">
    /// The request would be refused, or it cannot be known whether a call was run: that one is not.
    /// </exception>
    public async ValueTask RunAsync(
        StageContext context,
        AskedRuns asked,
        ToolOffer offer,
        McpCaller caller,
        int most,
        CancellationToken cancellationToken)
    {
        if (asked.Approved.Count > ToolRunner.MostAtOnce)
        {
            throw GatewayException.BadRequest(
                $"More than {ToolRunner.MostAtOnce} calls are approved at once, and none was run. Approve fewer.",
                "input",
                "too_many_approvals");
        }

        asked.Approved.ForEach(memory.CheckAge);
        asked.Denied.ForEach(memory.CheckAge);
        foreach (McpApprovalRequestPart question in asked.Denied)
        {
            if (await BegunAsync(context, question, cancellationToken).ConfigureAwait(false) is { } kept)
            {
                asked.Take(question, kept);
            }
        }

        if (asked.Approved.Count == 0)
        {
            return;
        }

        McpApprovalRequestPart[] allowed = [.. asked.Approved.Take(most)];
        foreach (McpApprovalRequestPart question in asked.Approved.Skip(most))
        {
            asked.Take(question, ToolRunner.Failed(question, RunAllowance.NoMore));
        }

        decimal price = allowed.Sum(question => offer.Find(question.Server, question.Name)?.Price ?? 0);
        using RunBill bill = await context.HoldRunsAsync(price, cancellationToken).ConfigureAwait(false);

        // With the runs' price held: a budget must have room for them and for the answer to what they find.
        await trial.CheckAsync(context.Exchange, cancellationToken).ConfigureAwait(false);
        var scope = new RunScope(caller, context.Target, bill);
        Task<ToolResultPart>[] runs =
            [.. allowed.Select(question => RunAsync(context, question, offer, scope, cancellationToken))];
        await ((Task)Task.WhenAll(runs)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach ((McpApprovalRequestPart question, Task<ToolResultPart> run) in allowed.Zip(runs))
        {
            ToolResultPart result = await run.ConfigureAwait(false);
            await results.KeepAsync(context, result.Parts, cancellationToken).ConfigureAwait(false);
            asked.Take(question, result);
        }
    }

    /// <summary>What came of a call that an earlier yes has begun; null where none has.</summary>
    private async ValueTask<ToolResultPart?> BegunAsync(
        StageContext context, McpApprovalRequestPart question, CancellationToken cancellationToken)
    {
        try
        {
            return await memory.FindAsync(context.Caller, question, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e)
        {
            throw new GatewayException(SessionKeeper.Away, e);
        }
    }

    private async Task<ToolResultPart> RunAsync(
        StageContext context,
        McpApprovalRequestPart question,
        ToolOffer offer,
        RunScope scope,
        CancellationToken cancellationToken)
    {
        OfferedTool? offered = offer.Find(question.Server, question.Name);
        McpTool? tool = offered?.Tool;
        TimeSpan longest = Longest(context, offered);

        // From before the run is marked as begun, so that it has ended when the mark says so.
        using var time = new CancellationTokenSource(longest, clock);
        try
        {
            ToolResultPart? kept = await memory
                .TakeAsync(
                    context.Caller,
                    question,
                    longest,
                    mayRepeat: tool is { IsReadOnly: true } or { IsIdempotent: true },
                    cancellationToken)
                .ConfigureAwait(false);
            if (kept is not null)
            {
                return kept;
            }
        }
        catch (StoreException e)
        {
            throw new GatewayException(SessionKeeper.Away, e);
        }

        context.MarkRun();
        ToolResultPart result = ToolRunner.Failed(question, Ended);
        try
        {
            return result = await runner
                .RunAsync(offer, question, scope, time.Token, cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            await KeepAsync(context, question, result).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// How long a run may take: the route's time for tools, or as long as its server has for a call, and for that once
    /// more where it broke on its way.
    /// </summary>
    private static TimeSpan Longest(StageContext context, OfferedTool? tool)
    {
        TimeSpan most = context.Route.Rounds.Time;
        TimeSpan calls = tool is { Own: null } ? Calls * tool.Server.CallTimeout : most;
        return calls < most ? calls : most;
    }

    /// <summary>Also where the request is over. Where it cannot be kept, the call counts as begun.</summary>
    private async ValueTask KeepAsync(StageContext context, McpApprovalRequestPart question, ToolResultPart result)
    {
        try
        {
            await memory.KeepAsync(context.Caller, question, result, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreException e)
        {
            ResultNotKept(logger, context.RequestId, e.Message);
        }
    }

    [LoggerMessage(957, LogLevel.Warning, "{RequestId}: what came of an approved call could not be kept: {Reason}")]
    private static partial void ResultNotKept(ILogger logger, string requestId, string reason);
}
