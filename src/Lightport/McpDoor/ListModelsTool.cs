using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Configuration;
using ModelContextProtocol.Protocol;

namespace Lightport.McpDoor;

/// <summary>The models that the caller may ask, as <c>GET /v1/models</c> has them.</summary>
internal sealed class ListModelsTool(IGatewayConfigurationSource configuration) : IDoorTool
{
    public Tool Description { get; } = new()
    {
        Name = "list_models",
        Title = "List models",
        Description = "Lists the models that you may ask, by the names that ask_model and explain_route take.",
        InputSchema = JsonElement.Parse("""{"type":"object","properties":{},"additionalProperties":false}"""),
        Annotations = new() { ReadOnlyHint = true, IdempotentHint = true, OpenWorldHint = false },
    };

    public ValueTask<CallToolResult> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        call.Arguments.RefuseOthers();
        var models = new JsonArray();
        foreach (string name in configuration.Current.Routing.ModelNames)
        {
            if (call.Exchange.Caller!.Models.Allows(name))
            {
                models.Add((JsonNode)name);
            }
        }

        return new(ToolResults.Facts(new JsonObject { ["models"] = models }));
    }
}
