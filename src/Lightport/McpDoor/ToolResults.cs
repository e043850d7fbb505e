using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using ModelContextProtocol.Protocol;

namespace Lightport.McpDoor;

/// <summary>What calls of tools come to.</summary>
internal static class ToolResults
{
    /// <summary>Models read it as text: quotes and letters stay what they are.</summary>
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static CallToolResult Text(string text) => new() { Content = [new TextContentBlock { Text = text }] };

    /// <summary>Facts, for programs as they are and for models as text.</summary>
    public static CallToolResult Facts(JsonObject facts)
    {
        string json = facts.ToJsonString(Readable);
        CallToolResult result = Text(json);
        result.StructuredContent = JsonElement.Parse(json);
        return result;
    }

    /// <summary>A failure that the model is told, so that it can mend its call.</summary>
    public static CallToolResult Failure(string message)
    {
        CallToolResult result = Text(message);
        result.IsError = true;
        return result;
    }

    /// <summary>The same of the gateway's own no; of a limit's, programs are told which and when to come again.
    /// </summary>
    public static CallToolResult Refusal(GatewayError error)
    {
        CallToolResult result = Failure(error.Message);
        if (error.Quota is { } limit)
        {
            var facts = new JsonObject { ["code"] = error.Code, ["limit"] = limit };
            if (error.RetryAfter is { } wait)
            {
                facts["retry_after_seconds"] = (long)Math.Ceiling(wait.TotalSeconds);
            }

            result.Meta = new JsonObject { ["lightport/refusal"] = facts };
        }

        return result;
    }
}
