using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Writes what the gateway's runs were, as the blocks of the MCP connector
/// (https://platform.claude.com/docs/en/agents-and-tools/mcp-connector#response-content-types). The id of a call is
/// sealed, and its result names it.
/// </summary>
internal sealed class AnthropicMessagesMcpBlocks(AnswerContext context)
{
    public const string Call = "mcp_tool_use";
    public const string Result = "mcp_tool_result";
    public const string IdPrefix = "mcptoolu_";

    private const string CallInput = "mcp_tool_use.input";

    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    public void WriteCall(Utf8JsonWriter writer, McpCallPart call, string arguments)
    {
        IdSeal seal = context.Seal ?? throw new InvalidOperationException("Nothing seals the ids of calls.");
        var held = new SealedCall(call.Round, call.Made?.CallId ?? call.CallId, call.Made?.Name ?? call.Name)
        {
            Spelling = Spelling(call.Made?.Arguments ?? call.Arguments),
        };
        string id = held.SealCall(seal, IdPrefix, call.Server, call.Name);
        _ids[call.CallId] = id;
        writer.WriteStartObject();
        writer.WriteString("type"u8, Call);
        writer.WriteString("id"u8, id);
        writer.WriteString("name"u8, call.Name);
        CallArguments.Write(writer, "input"u8, arguments);
        writer.WriteString("server_name"u8, call.Server);
        writer.WriteEndObject();
    }

    /// <summary>What the client does not bring back by itself, as it reads the input and writes it anew.</summary>
    private string? Spelling(string arguments)
    {
        if (CallSpelling.IsEverybodys(arguments))
        {
            return null;
        }

        if (!CallSpelling.Fits(arguments))
        {
            context.Losses.Add(CallInput);
            return null;
        }

        return arguments;
    }

    public void WriteResult(Utf8JsonWriter writer, McpResultPart result)
    {
        if (!ToldResult.IsText(result.Parts))
        {
            context.Losses.Add(Result);
        }

        writer.WriteStartObject();
        writer.WriteString("type"u8, Result);
        writer.WriteString("tool_use_id"u8, _ids.GetValueOrDefault(result.CallId, result.CallId));
        writer.WriteBoolean("is_error"u8, result.IsError);
        writer.WriteStartArray("content"u8);
        if (ToldResult.Text(result.Parts) is { Length: > 0 } text)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "text"u8);
            writer.WriteString("text"u8, text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
