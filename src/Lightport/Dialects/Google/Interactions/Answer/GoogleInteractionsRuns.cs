using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Writes what the gateway's runs were, as the steps of MCP servers' tools that Google tells of its own
/// (https://ai.google.dev/api/interactions-api). The id of a call is sealed, and its result names it.
/// </summary>
internal sealed class GoogleInteractionsRuns(AnswerContext context)
{
    public const string Call = "mcp_server_tool_call";
    public const string Result = "mcp_server_tool_result";
    public const string IdPrefix = "mcp_call_";

    private const string CallArgumentsField = $"{Call}.arguments";

    private readonly ToldRuns _runs = new(context, IdPrefix, CallArgumentsField);

    /// <summary>Writes a call's step.</summary>
    public void WriteCall(Utf8JsonWriter writer, McpCallPart call)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, Call);
        writer.WriteString("id"u8, _runs.IdOf(call));
        WriteMade(writer, call);
        writer.WriteEndObject();
    }

    /// <summary>Writes a streamed call's delta, which has all of what it is made with.</summary>
    public static void WriteCallDelta(Utf8JsonWriter writer, McpCallPart call)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, Call);
        WriteMade(writer, call);
        writer.WriteEndObject();
    }

    /// <summary>Writes the step of what came of a call; failure is told as a function's result tells it.</summary>
    public void WriteResult(Utf8JsonWriter writer, McpResultPart result)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, Result);
        writer.WriteString("call_id"u8, _runs.IdOf(result));
        if (result.IsError)
        {
            writer.WriteBoolean("is_error"u8, true);
        }

        _runs.WriteText(writer, "result", Result, result);
        writer.WriteEndObject();
    }

    private static void WriteMade(Utf8JsonWriter writer, McpCallPart call)
    {
        writer.WriteString("server_name"u8, call.Server);
        writer.WriteString("name"u8, call.Name);
        CallArguments.Write(writer, "arguments"u8, ToldRuns.ArgumentsOf(call));
    }
}
