using Lightport.Conversation;
using Lightport.Exchanges.Stages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lightport.Enrichment.Sources;

/// <summary>What becomes of a request whose source failed.</summary>
internal static class SourceFailure
{
    /// <summary>The request goes on without it, and that is told; or it does not, where the source is closed.</summary>
    /// <exception cref="GatewayException">It is.</exception>
    public static void Take(StageContext context, SourcePlan plan, SourceException reason, ILogger logger)
    {
        ContextSource source = plan.Source;
        ContextLog.NotRead(logger, source.Name, reason.Message, context.RequestId);
        if (source.FailsClosed)
        {
            throw Failed(plan, reason);
        }

        context.LeaveOut($"context.{source.Name}", reason.Word);
    }

    /// <summary>What it goes by cannot be evaluated.</summary>
    public static SourceException NotEvaluated(string problem) => new(problem) { Word = "not_evaluated" };

    private static GatewayException Failed(SourcePlan plan, SourceException reason) => new(
        new GatewayError(
            ErrorStage.Request,
            ErrorKind.Internal,
            StatusCodes.Status503ServiceUnavailable,
            $"The context '{plan.Source.Name}', without which this model is not asked, "
            + (plan.Problem is null
                ? "cannot be had just now. Try again."
                : "goes by what this request says, and cannot be found out from that; the log says why."))
        {
            Code = "context_unavailable",
            Lasts = plan.Problem is not null,
        },
        reason);
}
