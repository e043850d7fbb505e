using System.Text.Json;
using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects;

/// <summary>Finds in a request's list of tools those of MCP servers, in one pass that makes no objects.</summary>
internal static class ToolsetScan
{
    /// <summary>Whether a request has any, or brings back what a client was told of one.</summary>
    /// <param name="type">The dialect's word for such a tool.</param>
    /// <param name="turns">The field that the conversation stands in.</param>
    public static bool AreNamedIn(JsonEnvelope body, string type, string turns) =>
        HasTool(NeedFields.Value(body, "tools"), type) || SealedCall.IsIn(NeedFields.Value(body, turns));

    /// <param name="tools">JSON text; empty where there is none.</param>
    /// <param name="type">The dialect's word for such a tool.</param>
    public static bool HasTool(ReadOnlySpan<byte> tools, string type)
    {
        if (tools.IsEmpty || tools[0] != '[' || (tools.IndexOf("mcp"u8) < 0 && tools.IndexOf("\\u00"u8) < 0))
        {
            return false;
        }

        var reader = new Utf8JsonReader(tools, new JsonReaderOptions { MaxDepth = JsonEnvelope.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject && IsOf(ref reader, type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a tool to its end, unless it is one.</summary>
    private static bool IsOf(ref Utf8JsonReader reader, string type)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isType = Is(reader, "type");
            reader.Read();
            if (isType && reader.TokenType == JsonTokenType.String && Is(reader, type))
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static bool Is(in Utf8JsonReader reader, string word)
    {
        try
        {
            return reader.ValueTextEquals(word);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: JSON, but no word of any dialect's.
            return false;
        }
    }
}
