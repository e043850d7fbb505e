using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Exchanges;
using Lightport.Management;
using Lightport.Storage;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace Lightport.McpDoor;

/// <summary>What the caller itself has used, and nobody else.</summary>
internal sealed class ReadUsageTool(UsageDoor usage) : IDoorTool
{
    /// <summary>By this usage calls those who come without a key.</summary>
    private const string Nobody = "-";

    private const string MostRows = "1000";

    public Tool Description { get; } = new()
    {
        Name = "read_usage",
        Title = "Read your usage",
        Description = "Sums up what you have used of the gateway: requests, tokens, dollars. Of the last 30 days "
            + "unless you say otherwise.",
        InputSchema = JsonElement.Parse("""
            {
              "type": "object",
              "properties": {
                "from": { "type": "string", "description": "The first day, as in 2026-11-01." },
                "to": { "type": "string", "description": "The last day, as in 2026-11-30." },
                "by": {
                  "type": "string",
                  "description": "What to sum up by: model, provider, route, tag, day, hour, with commas between."
                }
              },
              "additionalProperties": false
            }
            """),
        Annotations = new() { ReadOnlyHint = true, IdempotentHint = true, OpenWorldHint = false },
    };

    public async ValueTask<CallToolResult> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        ToolArguments arguments = call.Arguments;
        arguments.RefuseOthers("from", "to", "by");
        Caller caller = call.Exchange.Caller!;
        QueryString query = QueryString.Create(new Dictionary<string, string?>
        {
            ["key"] = caller.KeyId ?? Nobody,
            ["by"] = arguments.OptionalText("by") ?? "model",
            ["limit"] = MostRows,
        });
        foreach (string name in (string[])["from", "to"])
        {
            query = arguments.OptionalText(name) is { } day ? query.Add(name, day) : query;
        }

        using var request = new InnerRequest(call.Exchange, ManagementEndpoints.Usage, [], query, cancellationToken);
        using var exchange = new Exchange(
            ManagementEndpoints.Usage,
            null,
            call.Exchange.Family,
            request.Context,
            call.Exchange.Clock,
            call.Exchange.Budget,
            cancellationToken);
        return ToolResults.Facts(Facts(await SumAsync(exchange).ConfigureAwait(false)));
    }

    private async ValueTask<UsageAnswer> SumAsync(Exchange exchange)
    {
        try
        {
            return await usage.SumAsync(new ManagementCall(exchange)).ConfigureAwait(false);
        }
        catch (StoreException e)
        {
            throw new GatewayException(
                new GatewayError(
                    ErrorStage.Request,
                    ErrorKind.Overloaded,
                    StatusCodes.Status503ServiceUnavailable,
                    e.Failure == StoreFailure.ReadOnly
                        ? "This gateway keeps no usage."
                        : "Usage cannot be read just now. Try again in a minute."),
                e);
        }
    }

    private static JsonObject Facts(UsageAnswer answer)
    {
        JsonNode node = JsonSerializer.SerializeToNode(answer, ManagementJsonContext.Readable.UsageAnswer)!;
        return node.AsObject();
    }
}
