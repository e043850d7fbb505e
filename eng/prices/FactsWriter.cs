using System.Text.Json;

namespace Lightport.PriceTables;

/// <summary>Writes what the gateway's <c>ModelFactsFile</c> reads, a line for each model.</summary>
internal static class FactsWriter
{
    /// <summary>What models.dev says that a model can do; null where it says nothing.</summary>
    public static string? Entry(JsonElement model)
    {
        decimal? context = Tokens(model, "context");
        string?[] fields =
        [
            Field("context", context?.ToString("0")),
            Field("prompt", Tokens(model, "input") is { } prompt && prompt != context ? prompt.ToString("0") : null),
            Field("output", Tokens(model, "output")?.ToString("0")),
            Field("takes", Modalities(model, "input")),
            Field("gives", Modalities(model, "output")),
            Field("tools", Word(model, "tool_call")),
            Field("schema", Word(model, "structured_output")),
            Field("reasoning", Word(model, "reasoning")),
        ];
        string[] known = [.. fields.OfType<string>()];
        return known.Length > 0 ? $"{{ {string.Join(", ", known)} }}" : null;
    }

    private static string? Field(string name, string? value) => value is null ? null : $"\"{name}\": {value}";

    private static decimal? Tokens(JsonElement model, string limit) =>
        model.At("limit", limit).Number() is > 0 and <= int.MaxValue and var tokens ? tokens : null;

    private static string? Word(JsonElement model, string name) => model.At(name)?.ValueKind switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    private static string? Modalities(JsonElement model, string side)
    {
        string[] words = [.. (model.At("modalities", side)?.EnumerateArray() ?? [])
            .Select(word => word.GetString() is "pdf" ? "file" : word.GetString()!)
            .Order(StringComparer.Ordinal)];
        return words.Length > 0 ? $"[{string.Join(", ", words.Select(word => $"\"{word}\""))}]" : null;
    }
}
