using System.Text.Json;
using Lightport.Conversation;

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

    private readonly ToldRuns _runs = new(context, IdPrefix, CallInput);

    public void WriteCall(Utf8JsonWriter writer, McpCallPart call, string arguments)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, Call);
        writer.WriteString("id"u8, _runs.IdOf(call));
        writer.WriteString("name"u8, call.Name);
        CallArguments.Write(writer, "input"u8, arguments);
        writer.WriteString("server_name"u8, call.Server);
        writer.WriteEndObject();
    }

    public void WriteResult(Utf8JsonWriter writer, McpResultPart result)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, Result);
        writer.WriteString("tool_use_id"u8, _runs.IdOf(result));
        writer.WriteBoolean("is_error"u8, result.IsError);
        _runs.WriteText(writer, "content", Result, result);
        writer.WriteEndObject();
    }
}
