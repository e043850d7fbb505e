using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Reads back what a client was told of the gateway's runs, and its answers to the gateway's questions. Items of a
/// provider that runs such tools itself have other ids, and stay as they are.
/// </summary>
internal sealed class OpenAIResponsesRunDecoder(RequestFields fields)
{
    /// <summary>What the model is told in the place of a result that its client has not brought back.</summary>
    private const string Lost = "The result of this call was not brought back, and is not known any more.";

    /// <summary>The parts of the model's turn that an item is; null where it is none of the gateway's.</summary>
    /// <exception cref="GatewayException">It claims to be, and the gateway did not make it.</exception>
    public IReadOnlyList<ContentPart>? Read(JsonElement item, string type) => type switch
    {
        OpenAIResponsesMcpItems.Call when IsOwn(item, "id") => Call(item),
        OpenAIResponsesMcpItems.ApprovalRequest when IsOwn(item, "id") => [ApprovalRequest(item)],
        OpenAIResponsesMcpItems.List when IsOwnList(item) => [List(item)],
        _ => null,
    };

    /// <summary>The client's answer to a question; null where the gateway did not ask it.</summary>
    public McpApprovalResponsePart? ReadApproval(JsonElement item, string type)
    {
        if (type != OpenAIResponsesMcpItems.ApprovalResponse || !IsOwn(item, "approval_request_id"))
        {
            return null;
        }

        fields.Tally.AddPart();
        bool approved = fields.Boolean(item, "approve") ?? throw fields.Missing(item, "approve");
        return new McpApprovalResponsePart(fields.RequiredText(item, "approval_request_id"), approved)
        {
            Reason = fields.Text(item, "reason"),
        };
    }

    private static bool IsOwn(JsonElement item, string name) =>
        item.TextOf(name) is { } id && OpenAIResponsesMcpItems.IsOwn(id);

    private static bool IsOwnList(JsonElement item) =>
        item.TextOf("id")?.StartsWith($"{OpenAIResponsesMcpItems.ListId}_req", StringComparison.Ordinal) == true;

    private List<ContentPart> Call(JsonElement item)
    {
        fields.Tally.AddPart();
        string id = fields.RequiredText(item, "id");
        (string server, string name) = (fields.RequiredText(item, "server_label"), fields.RequiredText(item, "name"));
        if (fields.Seal is not { } seal
            || !OpenAIResponsesMcpItems.TryOpenCall(seal, id, server, name, out SealedCall? call))
        {
            throw Forged(item);
        }

        string arguments = fields.Text(item, "arguments") is { Length: > 0 } said ? said : "{}";
        var part = new McpCallPart(call.CallId, server, name, arguments)
        {
            Id = id,
            Made = new ToolCallPart(call.CallId, call.ModelName, arguments),
            Round = call.Round,
            ApprovalId = fields.Text(item, "approval_request_id"),
        };
        return Result(item, call.CallId) is { } result ? [part, result] : [part];
    }

    /// <summary>Null where the call broke off before anything came of it.</summary>
    private McpResultPart? Result(JsonElement item, string callId)
    {
        JsonElement? error = fields.Find(item, "error");
        bool isLost = OpenAIResponsesLostResults.IdOf(item) is not null;
        string? text = isLost ? Lost : error is { } failed ? ErrorText(failed) : fields.Text(item, "output");
        if (text is null)
        {
            return null;
        }

        fields.Tally.AddPart();
        return new McpResultPart(callId, text.Length > 0 ? [new TextPart(text)] : [])
        {
            IsError = isLost || error is not null,
        };
    }

    /// <summary>Clients of the first version tell an error as text.</summary>
    private string ErrorText(JsonElement error) => error.ValueKind == JsonValueKind.Object
        ? string.Join('\n', fields.Items(error, "content").Select(piece => fields.Text(piece, "text") ?? ""))
        : fields.Text(error);

    private McpApprovalRequestPart ApprovalRequest(JsonElement item)
    {
        fields.Tally.AddPart();
        string id = fields.RequiredText(item, "id");
        (string server, string name) = (fields.RequiredText(item, "server_label"), fields.RequiredText(item, "name"));
        string arguments = fields.RequiredText(item, "arguments");
        return fields.Seal is { } seal
            && OpenAIResponsesMcpItems.TryOpenApproval(seal, id, server, name, arguments, out SealedCall? call)
                ? new McpApprovalRequestPart(id, server, name, arguments)
                {
                    Id = id,
                    Made = new ToolCallPart(call.CallId, call.ModelName, arguments),
                    Round = call.Round,
                    AskedAt = call.AskedAt,
                }
                : throw Forged(item);
    }

    private McpToolListPart List(JsonElement item)
    {
        fields.Tally.AddPart();
        return new McpToolListPart(
            fields.RequiredText(item, "server_label"), [.. fields.Items(item, "tools").Select(Tool)])
        {
            Error = fields.Text(item, "error"),
        };
    }

    private ToolDefinition Tool(JsonElement tool)
    {
        fields.Tally.AddTool();
        return new ToolDefinition(fields.RequiredText(tool, "name"))
        {
            Description = fields.Text(tool, "description"),
            Parameters = fields.Object(tool, "input_schema"),
        };
    }

    private GatewayException Forged(JsonElement item)
    {
        string path = fields.PathOf(item) + ".id";
        return GatewayException.BadRequest($"'{path}' {SealedCall.Refusal}.", path, SealedCall.RefusalCode);
    }
}
