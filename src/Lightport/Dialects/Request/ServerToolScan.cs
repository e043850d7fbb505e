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

    /// <summary>Why nothing bounds a request that has such a tool.</summary>
    private const string AsksModel = "a tool asks another model, which may be dearer; leave it out";
    private const string HasFee =
        "a tool is billed by more than tokens and searches, such as its container's time or a fee of its own; leave "
        + "it out";

    /// <summary>The bounds, with what tools tell by their <c>type</c>.</summary>
    /// <param name="hasUses">The dialect bounds the runs of each by its <c>max_uses</c>.</param>
    public static RequestBounds In(RequestBounds bounds, ReadOnlySpan<byte> tools, bool hasUses = false) =>
        Scan(bounds, tools, hasUses, byType: true);

    /// <summary>The same of Google's, which are told apart by the one field that each has.</summary>
    /// <param name="declarations">The names of the field that clients run.</param>
    public static RequestBounds InNamed(
        RequestBounds bounds, ReadOnlySpan<byte> tools, params ReadOnlySpan<string> declarations) =>
        Scan(bounds, tools, hasUses: false, byType: false, declarations);

    /// <summary>The bounds, with the tools that items of a conversation bring.</summary>
    public static RequestBounds InItems(RequestBounds bounds, ReadOnlySpan<byte> items)
    {
        if (items.IsEmpty || items[0] != '[')
        {
            return bounds;
        }

        var reader = new Utf8JsonReader(items, new JsonReaderOptions { MaxDepth = JsonEnvelope.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isTools = IsNamed(reader, "tools");
                ReadOnlySpan<byte> value = ReadValue(ref reader, items);
                bounds = isTools ? In(bounds, value) : bounds;
            }
        }

        return bounds;
    }

    private static RequestBounds Scan(
        RequestBounds bounds,
        ReadOnlySpan<byte> tools,
        bool hasUses,
        bool byType,
        ReadOnlySpan<string> declarations = default)
    {
        if (tools.IsEmpty || tools.SequenceEqual("null"u8))
        {
            return bounds;
        }

        var reader = new Utf8JsonReader(tools, new JsonReaderOptions { MaxDepth = JsonEnvelope.MaxDepth });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            // Servers that read Protocol Buffers take what stands alone for a list of one.
            return With(bounds, ref reader, tools, hasUses, byType, declarations);
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            bounds = With(bounds, ref reader, tools, hasUses, byType, declarations);
        }

        return bounds;
    }

    /// <summary>The bounds with the one tool that the reader stands at.</summary>
    private static RequestBounds With(
        RequestBounds bounds,
        ref Utf8JsonReader reader,
        ReadOnlySpan<byte> tools,
        bool hasUses,
        bool byType,
        ReadOnlySpan<string> declarations)
    {
        long? uses = null;
        (bool isServers, bool asksModel, ToolFee fee) = (true, false, ToolFee.None);
        int start = (int)reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
        }
        else
        {
            isServers = byType
                ? IsServersByType(ref reader, tools, out uses, out asksModel, out fee)
                : IsServersByName(ref reader, declarations);
        }

        if (byType && reader.TokenType == JsonTokenType.EndObject)
        {
            // A group of tools is its clients' as far as each of them is.
            bounds = InGroup(bounds, tools[start..(int)reader.BytesConsumed], hasUses);
        }

        if (!isServers)
        {
            return bounds;
        }

        bool isBounded = hasUses && uses is not null && (!bounds.RunsTools || bounds.ToolRuns is not null);
        return bounds with
        {
            RunsTools = true,
            ToolRuns = isBounded ? Sum(bounds.ToolRuns ?? 0, uses!.Value) : null,
            BillsSearches = bounds.BillsSearches || fee == ToolFee.Search,
            Unbounded = hasUses && asksModel ? AsksModel
                : fee == ToolFee.Unknown ? HasFee
                : bounds.Unbounded,
        };
    }

    /// <summary>The bounds with the tools that stand inside one, however often it says them.</summary>
    private static RequestBounds InGroup(RequestBounds bounds, ReadOnlySpan<byte> tool, bool hasUses)
    {
        var fields = new JsonFieldReader(tool, "tools");
        while (fields.Next())
        {
            bounds = fields.Found
                ? Scan(bounds, tool[fields.ValueStart..fields.ValueEnd], hasUses, byType: true)
                : bounds;
        }

        return bounds;
    }

    private static bool IsServersByType(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> tools, out long? uses, out bool asksModel, out ToolFee fee)
    {
        (asksModel, fee) = (false, ToolFee.None);
        (bool isServers, bool isPlaced, bool isClients, bool isElsewhere) = (false, false, false, false);
        SaidNumber said = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isType = IsNamed(reader, "type");
            bool isUses = IsNamed(reader, "max_uses");
            bool isModel = IsNamed(reader, "model");
            bool isPlace = IsNamed(reader, "environment");
            bool isRunner = IsNamed(reader, "execution");
            ReadOnlySpan<byte> value = ReadValue(ref reader, tools);
            asksModel |= isModel && !value.SequenceEqual("null"u8);
            isServers |= isType && !IsRunByClients(value);
            isPlaced |= isType && (value.StartsWith("\"shell"u8) || value.StartsWith("\"tool_search"u8));
            bool isHere = isPlace ? IsLocal(value) : isRunner && value.SequenceEqual("\"client\""u8);
            isClients |= isHere;
            isElsewhere |= (isPlace || isRunner) && !isHere;
            fee = isType && ToolFees.Of(value) is var own && own > fee ? own : fee;
            said = isUses ? said.And(BoundFields.Number(value)) : said;
        }

        uses = said.IsUnclear ? null : said.Most;
        // A shell is in a container of the provider's, and a search for tools its own, unless the client's is said.
        return isServers || (isPlaced && (isElsewhere || !isClients));
    }

    private static bool IsServersByName(ref Utf8JsonReader reader, ReadOnlySpan<string> declarations)
    {
        bool isServers = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isDeclared = false;
            foreach (string name in declarations)
            {
                isDeclared |= IsNamed(reader, name);
            }

            isServers |= !isDeclared;
            reader.Read();
            reader.Skip();
        }

        return isServers;
    }

    private static bool IsLocal(ReadOnlySpan<byte> environment) =>
        NeedFields.Value(environment, "type").SequenceEqual("\"local\""u8);

    /// <param name="type">JSON text.</param>
    private static bool IsRunByClients(ReadOnlySpan<byte> type)
    {
        if (type[0] != '"')
        {
            return type.SequenceEqual("null"u8);
        }

        ReadOnlySpan<byte> text = type[1..^1];
        foreach (byte[] known in RunByClients)
        {
            if (text.StartsWith(known))
            {
                return true;
            }
        }

        return text.IsEmpty;
    }

    /// <summary>Goes from a name to the end of its value, which is JSON text.</summary>
    private static ReadOnlySpan<byte> ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return text[start..(int)reader.BytesConsumed];
    }

    private static bool IsNamed(in Utf8JsonReader reader, string name)
    {
        try
        {
            return reader.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: JSON, but the name of nothing.
            return false;
        }
    }

    private static long Sum(long one, long other) => one > long.MaxValue - other ? long.MaxValue : one + other;
}
