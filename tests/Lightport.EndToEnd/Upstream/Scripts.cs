using Lightport.EndToEnd.Gateway;

namespace Lightport.EndToEnd.Upstream;

/// <summary>The answers that all wires give, by the model's name.</summary>
internal static class Scripts
{
    public const string Signature = "c2lnbmF0dXJlLW9mLXRoZS1mYWtl+/==";
    public const string Person = """{"name":"Ada","age":36}""";

    /// <summary>One red pixel.</summary>
    public const string Pixel =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

    /// <summary>Of the protocol's own example server.</summary>
    private static readonly ScriptedCall Sum = new("call_a", "get-sum", """{"a":2,"b":3}""");

    /// <summary>Where the wires have an image's bytes.</summary>
    private static readonly string[] PixelFields = ["url", "image_url", "data", "bytes"];

    /// <summary>Where they want back what they signed.</summary>
    private static readonly string[] StateFields = ["signature", "encrypted_content", "thoughtSignature"];

    public static IReadOnlyDictionary<string, Func<UpstreamCall, Task>> All { get; } = Answers()
        .ToDictionary(pair => pair.Key, pair => (Func<UpstreamCall, Task>)(call => WriteAsync(call, pair.Value(call))))
        .Concat(EndpointScripts.All)
        .Concat(FaultScripts.All)
        .ToDictionary();

    public static Task WriteAsync(UpstreamCall call, ScriptedAnswer answer) => call switch
    {
        { Script: { } script } => StrictWire.WriteAsync(call, script, answer),
        { Wire: Wire.OpenAI } => OpenAIWire.WriteAsync(call, answer),
        _ => AnthropicWire.WriteAsync(call, answer),
    };

    private static Dictionary<string, Func<UpstreamCall, ScriptedAnswer>> Answers() => new()
    {
        ["text"] = _ => new() { Text = $"Ünï 🧭 {Canary.Answer}", Usage = new(Input: 20, Output: 12) },
        ["length"] = _ => new() { Text = "cut", Truncated = true },
        ["usage"] = _ => new()
        {
            Text = "counted",
            Usage = new(Input: 20, CacheRead: 128, CacheWrite: 64, Output: 12, Reasoning: 5),
        },
        ["tool"] = call => call.ToolResults is [var result]
            ? new() { Text = $"{result.Id} said {result.Text}" }
            : new() { Text = "Let me look.", Calls = [new("call_a", "weather", """{"city":"Zürich"}""")] },
        ["tools-parallel"] = call => call.ToolResults is { Count: 2 } results
            ? new() { Text = string.Join(", ", results.Select(item => $"{item.Id}={item.Text}")) }
            : new()
            {
                Calls =
                [
                    new("call_a", "weather", """{"city":"Oslo"}"""), new("call_b", "weather", """{"city":"Rome"}"""),
                ],
            },
        ["tools-chain"] = call => call.ToolResults switch
        {
            [] => new() { Calls = [new("call_a", "weather", """{"city":"Oslo"}""")] },
            [_] => new() { Calls = [new("call_b", "weather", """{"city":"Rome"}""")] },
            var results => new() { Text = string.Join(" then ", results.Select(item => item.Text)) },
        },
        ["sum"] = call => call.ToolResults is [.., var last]
            ? new() { Text = last.Text }
            : new() { Text = "Let me add.", Calls = [Sum] },
        ["sum-mixed"] = call => call.ToolResults is { Count: > 0 } results
            ? new() { Text = string.Join(" then ", results.Select(item => item.Text)) }
            : new() { Calls = [Sum, new("call_b", "weather", """{"city":"Oslo"}""")] },
        ["sum-then-weather"] = call => call.ToolResults switch
        {
            [] => new() { Calls = [Sum] },
            [_] => new() { Calls = [new("call_b", "weather", """{"city":"Oslo"}""")] },
            var results => new() { Text = string.Join(" then ", results.Select(item => item.Text)) },
        },
        ["slow"] = call => call.ToolResults is [.., var last]
            ? new() { Text = last.Text }
            : new() { Calls = [new("call_a", "trigger-long-running-operation", """{"duration":1,"steps":8}""")] },
        ["reasoning"] = call => new()
        {
            Reasoning = "Thinking it over.",
            Signature = Signature,
            Text = call.ToolResults.Count == 0 ? "Let me look." : StateReturned(call),
            Calls = call.ToolResults.Count == 0 ? [new("call_a", "weather", """{"city":"Oslo"}""")] : [],
            Usage = new(Reasoning: 5),
        },
        ["structured"] = call => ForcedTool.Of(call) is { } tool
            ? new() { Calls = [new("call_a", tool, Person)] }
            : new() { Text = HasSchema(call) ? Person : "no schema came" },
        ["image"] = call => new()
        {
            Text = PixelFields.Any(field => call.Has(field, Pixel) || call.Has(field, $"data:image/png;base64,{Pixel}"))
                ? "a pixel"
                : "nothing",
        },
    };

    private static bool HasSchema(UpstreamCall call) =>
        call.Has("type", "json_schema") || call.Has("responseMimeType", "application/json");

    private static string StateReturned(UpstreamCall call) => call.Wire == Wire.OpenAI
        ? "done"
        : StateFields.Any(field => call.Has(field, Signature)) ? "signature came back" : "signature lost";
}
