using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

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

    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    /// <summary>Writes a call's step.</summary>
    public void WriteCall(Utf8JsonWriter writer, McpCallPart call)
    {
        IdSeal seal = context.Seal ?? throw new InvalidOperationException("Nothing seals the ids of calls.");
        var held = new SealedCall(call.Round, call.Made?.CallId ?? call.CallId, call.Made?.Name ?? call.Name)
        {
            Spelling = Spelling(ArgumentsOf(call)),
        };
        string id = held.SealCall(seal, IdPrefix, call.Server, call.Name);
        _ids[call.CallId] = id;
        writer.WriteStartObject();
        writer.WriteString("type"u8, Call);
        writer.WriteString("id"u8, id);
        WriteNames(writer, call.Server, call.Name);
        CallArguments.Write(writer, "arguments"u8, ArgumentsOf(call));
        writer.WriteEndObject();
    }

    /// <summary>Writes a streamed call's delta, which has all of what it is made with.</summary>
    public static void WriteCallDelta(Utf8JsonWriter writer, McpCallPart call)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, Call);
        WriteNames(writer, call.Server, call.Name);
        CallArguments.Write(writer, "arguments"u8, ArgumentsOf(call));
        writer.WriteEndObject();
    }

    /// <summary>Writes the step of what came of a call; failure is told as a function's result tells it.</summary>
    public void WriteResult(Utf8JsonWriter writer, McpResultPart result)
    {
        if (!ToldResult.IsText(result.Parts))
        {
            context.Losses.Add(Result);
        }

        writer.WriteStartObject();
        writer.WriteString("type"u8, Result);
        writer.WriteString("call_id"u8, _ids.GetValueOrDefault(result.CallId, result.CallId));
        if (result.IsError)
        {
            writer.WriteBoolean("is_error"u8, true);
        }

        writer.WriteStartArray("result"u8);
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

    private static void WriteNames(Utf8JsonWriter writer, string server, string name)
    {
        writer.WriteString("server_name"u8, server);
        writer.WriteString("name"u8, name);
    }

    private static string ArgumentsOf(McpCallPart call) => call.Made?.Arguments ?? call.Arguments;

    /// <summary>What the client does not bring back by itself, as it reads the object and writes it anew.</summary>
    private string? Spelling(string arguments)
    {
        if (CallSpelling.IsEverybodys(arguments))
        {
            return null;
        }

        if (!CallSpelling.Fits(arguments))
        {
            context.Losses.Add(CallArgumentsField);
            return null;
        }

        return arguments;
    }
}
