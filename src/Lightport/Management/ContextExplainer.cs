using Lightport.Configuration;
using Lightport.Conversation;
using Lightport.Enrichment.Sources;
using Lightport.Exchanges;
using Lightport.Mcp;

namespace Lightport.Management;

/// <summary>
/// Tells which sources of context would be asked for a request. None is, but files, which are nobody else's, are read.
/// </summary>
internal sealed class ContextExplainer(
    IGatewayConfigurationSource configuration, ContextPlanner planner, SourceFiles files)
{
    /// <returns>
    /// In the route's order, tools as those that would be offered; null where it has none, or the request goes nowhere.
    /// </returns>
    public IReadOnlyList<ExplainAnswer.ContextFacts>? Explain(Exchange exchange)
    {
        if (exchange is not { IsChat: true, Route: { Context.Count: > 0 } route })
        {
            return null;
        }

        bool isFirstTurn = exchange.Conversation is ChatRequest chat
            && chat.Messages.All(turn => turn.Role != Role.Assistant);
        var caller = new McpCaller(exchange.Caller!.KeyId ?? exchange.Caller.Name, exchange.RequestId);
        IReadOnlyList<SourcePlan> plans =
            [.. planner.Plan(exchange, caller, isFirstTurn), .. planner.PlanTools(exchange, caller)];

        // The conversation goes to its provider anew, whatever its sources say.
        exchange.Conversation = exchange.Conversation;
        return
        [
            .. route.Context.Select(configuration.Current.Context.Find).OfType<ContextSource>().Select(source =>
            {
                SourcePlan? plan = plans.FirstOrDefault(plan => plan.Source == source);
                string? problem = plan is null ? null : plan.Problem ?? FileProblem(source);
                return new ExplainAnswer.ContextFacts(
                    source.Name,
                    source.Place switch
                    {
                        ContextPlace.System => "system",
                        ContextPlace.Turn => "turn",
                        _ => "tool",
                    },
                    plan is not null && problem is null,
                    problem);
            }),
        ];
    }

    private string? FileProblem(ContextSource source)
    {
        if (source is not FileSource file)
        {
            return null;
        }

        try
        {
            files.Read(file);
            return null;
        }
        catch (SourceException e)
        {
            return e.Message;
        }
    }
}
