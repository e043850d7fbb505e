using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Enrichment.Tools;
using Lightport.Exchanges.Stages;
using Lightport.Mcp;
using Lightport.Routing;
using Microsoft.Extensions.Logging;

namespace Lightport.Enrichment.Sources;

/// <summary>
/// Sources that the model asks itself, when it wants to: each is a tool, whose arguments are what its address needs,
/// and whose result is its text, bounded and marked as data.
/// </summary>
internal sealed class SourceTools(ContextPlanner planner, SourceReader reader, ILogger<SourceTools> logger)
{
    private const string Unread = "This source could not be read. Go on without it, or try again later.";
    private const string Nothing = "This source has nothing to say.";

    /// <summary>Whether a route may have such.</summary>
    public bool AreOf(Route route) => planner.HasTools(route);

    /// <summary>Offers those that are for this request.</summary>
    /// <exception cref="GatewayException">One cannot be had, and without it the model is not asked.</exception>
    public void Offer(StageContext context, McpCaller caller, ToolOffer offer)
    {
        foreach (SourcePlan plan in planner.PlanTools(context.Exchange, caller))
        {
            if (plan.Problem is { } problem)
            {
                SourceFailure.Take(context, plan, SourceFailure.NotEvaluated(problem), logger);
                continue;
            }

            ContextSource source = plan.Source;
            var tool = new McpTool(source.Name, Schema(plan.Open?.Arguments ?? []))
            {
                Description = source.Description,
                IsReadOnly = true,
            };
            offer.AddOwn(
                tool,
                (arguments, cancellationToken) => AskAsync(plan, arguments, context.RequestId, cancellationToken));
        }
    }

    private async ValueTask<McpOutcome> AskAsync(
        SourcePlan plan, JsonElement arguments, string requestId, CancellationToken cancellationToken)
    {
        SourcePlan asked = plan;
        if (plan.Open is { } open)
        {
            // They have been checked: each is there, and is a text.
            var said = open.Arguments.ToDictionary(name => name, name => arguments.GetProperty(name).GetString()!);
            if (open.Complete(said, out string problem) is not { } address)
            {
                return McpOutcome.Failed("invalid_arguments", $"The source was not asked: {problem}.");
            }

            asked = plan with { Question = plan.Question with { Address = address } };
        }

        try
        {
            string text = await reader.ReadAsync(asked, cancellationToken).ConfigureAwait(false);
            return new McpOutcome([new TextPart(SourceText.Piece(plan.Source, text)?.Text ?? Nothing)]);
        }
        catch (SourceException e)
        {
            ContextLog.NotRead(logger, plan.Source.Name, e.Message, requestId);
            return McpOutcome.Failed(e.Word, Unread);
        }
    }

    /// <summary>Each argument is a text that the model has to say.</summary>
    private static JsonElement Schema(IReadOnlyList<string> arguments)
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(arguments.Select(
                name => KeyValuePair.Create(name, (JsonNode?)new JsonObject { ["type"] = "string" }))),
        };
        if (arguments.Count > 0)
        {
            schema["required"] = new JsonArray([.. arguments.Select(name => (JsonNode?)name)]);
        }

        schema["additionalProperties"] = false;
        return JsonElement.Parse(schema.ToJsonString());
    }
}
