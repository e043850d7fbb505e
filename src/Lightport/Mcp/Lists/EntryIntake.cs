using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Lightport.Conversation;
using ModelContextProtocol;

namespace Lightport.Mcp.Lists;

/// <summary>Takes what a server lists one by one, and leaves out what cannot be told on, saying why.</summary>
internal sealed class EntryIntake<T>(EntryKind<T> kind)
    where T : class
{
    /// <summary>So many are named; a server that errs in more errs in all.</summary>
    private const int MostNamed = 20;

    private static readonly JsonTypeInfo<T> Form =
        (JsonTypeInfo<T>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T));

    private readonly Dictionary<string, T> _taken = new(StringComparer.Ordinal);
    private readonly List<T> _inOrder = [];
    private readonly List<string> _leftOut = [];
    private int _length;

    public IReadOnlyList<T> Taken => _inOrder;

    public IReadOnlyList<string> LeftOut => _leftOut;

    public void Add(JsonNode? said)
    {
        string text;
        T? entry;
        try
        {
            text = said?.ToJsonString() ?? "";
            entry = said.Deserialize(Form);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            // It lacks a field, has one twice, or a text that is none.
            (text, entry) = ("", null);
        }

        string? key = entry is not null && kind.IsWhole(entry) ? kind.Key(entry) : null;
        if (Problem(key, text.Length) is { } problem)
        {
            LeaveOut(key ?? "one without a name", problem);
            return;
        }

        _length += text.Length;
        _taken.Add(key!, entry!);
        _inOrder.Add(entry!);
    }

    private void LeaveOut(string key, string problem)
    {
        if (_leftOut.Count < MostNamed)
        {
            _leftOut.Add($"{ShortText.Of(key, McpBounds.LongestName)} ({problem})");
        }
    }

    private string? Problem(string? key, int length) => key switch
    {
        null => "what it says of itself is not what the protocol has",
        { Length: 0 } => "it has no name to ask for it by",
        _ when key.Length > kind.LongestKey || key.Any(char.IsControl) => "its name cannot be told",
        _ when _taken.ContainsKey(key) => "there are two of this name",
        _ when _taken.Count >= McpBounds.MostEntries => $"there are more than {McpBounds.MostEntries}",
        _ when length > McpBounds.LongestEntry => "it says too much of itself",
        _ when _length + length > McpBounds.LongestList => "they say too much together",
        _ => null,
    };
}
