using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Dialects;
using Lightport.Exchanges;
using Lightport.Management;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace Lightport.McpDoor;

/// <summary>
/// Says where a request of the caller's would go, and sends nothing. What only whoever runs the gateway may know
/// (rules, addresses, secrets' names, limits of others) is not in it.
/// </summary>
internal sealed class ExplainRouteTool(DialectRegistry dialects, ExplainDoor explain) : IDoorTool
{
    public Tool Description { get; } = new()
    {
        Name = "explain_route",
        Title = "Explain a route",
        Description = "Says which providers a request for a model would be tried at, in which order, and why others "
            + "would not be asked; and which context and tools the gateway would add. Nothing is sent or billed.",
        InputSchema = JsonElement.Parse("""
            {
              "type": "object",
              "properties": {
                "model": { "type": "string", "description": "The model's name, as list_models has it." },
                "prompt": { "type": "string", "description": "The question; routing may go by it." }
              },
              "required": ["model"],
              "additionalProperties": false
            }
            """),
        Annotations = new() { ReadOnlyHint = true, IdempotentHint = true, OpenWorldHint = false },
    };

    public async ValueTask<CallToolResult> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        call.Arguments.RefuseOthers("model", "prompt");
        byte[] body = ChatBody.Write(call.Arguments.Text("model"), call.Arguments.OptionalText("prompt") ?? "Hello!");
        GatewayEndpoint door = GatewayEndpoints.ChatCompletions;
        using var request = new InnerRequest(call.Exchange, door, body, QueryString.Empty, cancellationToken);
        DialectOperation asked = dialects.Of(door.Dialect!, door.Operation);
        using var exchange = new Exchange(
            door,
            asked,
            asked.Served!.Family,
            request.Context,
            call.Exchange.Clock,
            call.Exchange.Budget,
            cancellationToken);
        exchange.Admit(call.Exchange.Caller!);
        ExplainAnswer answer = await explain.ExplainAsync(exchange, call.Exchange.Caller!.KeyId).ConfigureAwait(false);
        return ToolResults.Facts(Facts(answer));
    }

    private static JsonObject Facts(ExplainAnswer answer)
    {
        var targets = new JsonArray();
        foreach (ExplainAnswer.TargetFacts target in answer.Targets)
        {
            targets.Add((JsonNode)new JsonObject { ["provider"] = target.Provider, ["model"] = target.Model });
        }

        var passedOver = new JsonArray();
        foreach (ExplainAnswer.PassedOverFacts passed in answer.PassedOver)
        {
            passedOver.Add((JsonNode)new JsonObject
            {
                ["provider"] = passed.Provider,
                ["model"] = passed.Model,
                ["reason"] = passed.Reason,
                ["asked_last"] = passed.AskedLast,
            });
        }

        return new JsonObject
        {
            ["model"] = answer.Model,
            ["route"] = answer.Route,
            ["selection"] = answer.Selection,
            ["denied"] = answer.Denied,
            ["targets"] = targets,
            ["passed_over"] = passedOver,
            ["context"] = Sources(answer.Context ?? []),
            ["tools"] = Tools(answer.Tools ?? []),
        };
    }

    private static JsonArray Sources(IReadOnlyList<ExplainAnswer.ContextFacts> sources) =>
    [
        .. sources.Where(source => source.Asked).Select(source =>
            (JsonNode)new JsonObject { ["name"] = source.Name, ["place"] = source.Place }),
    ];

    /// <summary>Those that the model would be told, or could find; of a server that has not listed them yet, none.
    /// </summary>
    private static JsonArray Tools(IReadOnlyList<ExplainAnswer.ToolServerFacts> servers) =>
    [
        .. from server in servers
           from tool in server.Tools
           where tool.Offered
           select (JsonNode)Facts(server.Server, tool),
    ];

    private static JsonObject Facts(string server, ExplainAnswer.ToolFacts tool)
    {
        var facts = new JsonObject { ["server"] = server, ["name"] = tool.Name, ["approval"] = tool.Approval };
        if (tool.Deferred)
        {
            facts["deferred"] = true;
        }

        return facts;
    }
}
