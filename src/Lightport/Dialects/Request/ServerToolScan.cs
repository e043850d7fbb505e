using System.Text.Json;
using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects;

/// <summary>
/// Finds in a request's list of tools those that its provider runs itself, in one pass that makes no objects. What is
/// not known to be run by clients counts as one of them.
/// </summary>
internal static class ServerToolScan
{
    /// <summary>What the types of tools begin with that clients run, at all vendors.</summary>
    private static readonly byte[][] RunByClients =
    [
        "function"u8.ToArray(), "custom"u8.ToArray(), "namespace"u8.ToArray(), "computer"u8.ToArray(),
        "bash"u8.ToArray(), "text_editor"u8.ToArray(), "memory"u8.ToArray(), "local_shell"u8.ToArray(),
        "shell"u8.ToArray(), "apply_patch"u8.ToArray(), "tool_search"u8.ToArray(),
    ];

    /// <summary>The bounds, with what tools tell by their <c>type</c> and bound by their <c>max_uses</c>.</summary>
    public static RequestBounds In(RequestBounds bounds, ReadOnlySpan<byte> tools) => Scan(bounds, tools, byType: true);

    /// <summary>The same of Google's, which are told apart by the one field that each has.</summary>
    /// <param name="declarations">The names of the field that clients run.</param>
    public static RequestBounds InNamed(
        RequestBounds bounds, ReadOnlySpan<byte> tools, params ReadOnlySpan<string> declarations) =>
        Scan(bounds, tools, byType: false, declarations);

    private static RequestBounds Scan(
        RequestBounds bounds, ReadOnlySpan<byte> tools, bool byType, ReadOnlySpan<string> declarations = default)
    {
        if (tools.IsEmpty || tools[0] != '[')
        {
            return bounds;
        }

        var reader = new Utf8JsonReader(tools, new JsonReaderOptions { MaxDepth = JsonEnvelope.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            bool isServers = byType
                ? IsServersByType(ref reader, out long? uses)
                : IsServersByName(ref reader, declarations, out uses);
            if (isServers)
            {
                bool isBounded = uses is not null && (!bounds.RunsTools || bounds.ToolRuns is not null);
                bounds = bounds with
                {
                    RunsTools = true,
                    ToolRuns = isBounded ? (bounds.ToolRuns ?? 0) + uses : null,
                };
            }
        }

        return bounds;
    }

    private static bool IsServersByType(ref Utf8JsonReader reader, out long? uses)
    {
        bool isServers = false;
        uses = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isType = reader.ValueTextEquals("type"u8);
            bool isUses = reader.ValueTextEquals("max_uses"u8);
            reader.Read();
            if (isType && reader.TokenType == JsonTokenType.String)
            {
                isServers = !IsRunByClients(reader.ValueSpan);
            }
            else if (isUses && reader.TokenType == JsonTokenType.Number)
            {
                uses = BoundFields.Number(reader.ValueSpan);
            }
            else
            {
                reader.Skip();
            }
        }

        return isServers;
    }

    private static bool IsServersByName(
        ref Utf8JsonReader reader, ReadOnlySpan<string> declarations, out long? uses)
    {
        bool isServers = false;
        uses = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isDeclared = false;
            foreach (string name in declarations)
            {
                isDeclared |= reader.ValueTextEquals(name);
            }

            isServers |= !isDeclared;
            reader.Read();
            reader.Skip();
        }

        return isServers;
    }

    private static bool IsRunByClients(ReadOnlySpan<byte> type)
    {
        foreach (byte[] known in RunByClients)
        {
            if (type.StartsWith(known))
            {
                return true;
            }
        }

        return type.IsEmpty;
    }
}
