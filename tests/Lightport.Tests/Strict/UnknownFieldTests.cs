using System.Text.Json.Nodes;
using Lightport.Tests.Dialects;
using Lightport.Tests.Exchanges;
using Xunit.Abstractions;

namespace Lightport.Tests.Strict;

/// <summary>
/// Nothing is dropped in silence: a field that nobody knows, in any object of a client's request, reaches the target, is
/// named among what was lost, or is refused by name.
/// </summary>
public sealed class UnknownFieldTests(ITestOutputHelper output) : IDisposable
{
    private const string Unknown = "zz_unknown";

    private const string Image =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private const string Chat = $$"""
        "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{} } } }],
        "messages":[{"role":"system","content":"s"},
          {"role":"user","content":[{"type":"text","text":"hi"},{"type":"image_url","image_url":{"url":"data:image/png;base64,{{Image}}"} },
            {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0x"} }]},
          {"role":"assistant","content":"t","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"} }]},
          {"role":"tool","tool_call_id":"a","content":[{"type":"text","text":"r"}]}],
        "response_format":{"type":"text"},"reasoning":{"effort":"low"}
        """;

    private const string Messages = $$"""
        "max_tokens":3000,"system":[{"type":"text","text":"s"}],"metadata":{"user_id":"u"},"thinking":{"type":"adaptive"},
        "tools":[{"name":"f","input_schema":{"type":"object","properties":{} } }],"tool_choice":{"type":"auto"},
        "output_config":{"effort":"low"},
        "messages":[{"role":"user","content":[{"type":"text","text":"hi"},
            {"type":"image","source":{"type":"base64","media_type":"image/png","data":"{{Image}}"} },
            {"type":"document","citations":{"enabled":false},
             "source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0x"} },
            {"type":"document","source":{"type":"content","content":[{"type":"text","text":"c"}]} }]},
          {"role":"assistant","content":[{"type":"text","text":"t"},{"type":"tool_use","id":"a","name":"f","input":{} }]},
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":[{"type":"text","text":"r"}]}]}]
        """;

    private const string Responses = $$"""
        "store":false,"reasoning":{"effort":"low"},"text":{"verbosity":"low"},
        "tools":[{"type":"function","name":"f","strict":false,"parameters":{"type":"object","properties":{} } }],
        "input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"hi"},
            {"type":"input_image","image_url":"data:image/png;base64,{{Image}}"},
            {"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0x"}]},
          {"type":"message","role":"assistant","id":"m","status":"completed","content":[{"type":"output_text","text":"t","annotations":[]}]},
          {"type":"function_call","call_id":"a","name":"f","arguments":"{}"},
          {"type":"function_call_output","call_id":"a","output":"r"}]
        """;

    private const string Interactions = $$"""
        "store":false,"system_instruction":"s","generation_config":{"temperature":0.5},"response_format":{"type":"text"},
        "tools":[{"type":"function","name":"f","description":"d","parameters":{"type":"object","properties":{} } }],
        "input":[{"type":"user_input","content":[{"type":"text","text":"hi"},{"type":"image","data":"{{Image}}","mime_type":"image/png"}]},
          {"type":"thought","signature":"","summary":[]},
          {"type":"model_output","content":[{"type":"text","text":"t"}]},
          {"type":"function_call","id":"a","name":"f","arguments":{} },
          {"type":"function_result","call_id":"a","name":"f","result":"r"}]
        """;

    private const string Gemini = $$"""
        "systemInstruction":{"parts":[{"text":"s"}]},"generationConfig":{"thinkingConfig":{"thinkingLevel":"low"} },
        "tools":[{"functionDeclarations":[{"name":"f","description":"d","parametersJsonSchema":{"type":"object"} }]}],
        "contents":[{"role":"user","parts":[{"text":"hi"},{"inlineData":{"mimeType":"image/png","data":"{{Image}}"} },
            {"inlineData":{"mimeType":"application/pdf","data":"JVBERi0x","displayName":"a.pdf"} }]},
          {"role":"model","parts":[{"text":"t"},{"functionCall":{"id":"a","name":"f","args":{} } }]},
          {"role":"user","parts":[{"functionResponse":{"id":"a","name":"f","response":{"output":"r"},
             "parts":[{"inlineData":{"mimeType":"image/png","data":"{{Image}}"} }]} }]}]
        """;

    /// <summary>What stands in these is the client's own, or a map of names.</summary>
    private static readonly string[] Own =
    [
        "parameters", "input_schema", "input", "metadata", "arguments", "parametersJsonSchema", "args", "response",
    ];

    private readonly SaidEverywhere _gateway = new();

    [Theory]
    [InlineData("messages")]
    [InlineData("responses")]
    [InlineData("converse")]
    [InlineData("gemini")]
    public async Task OfChat_IsCarriedOrTold(string model) =>
        await SweepAsync(GatewayEndpoints.ChatCompletions, model, Chat);

    [Theory]
    [InlineData("chat")]
    [InlineData("responses")]
    [InlineData("converse")]
    [InlineData("gemini")]
    public async Task OfMessages_IsCarriedOrTold(string model) =>
        await SweepAsync(GatewayEndpoints.Messages, model, Messages);

    [Theory]
    [InlineData("chat")]
    [InlineData("messages")]
    [InlineData("converse")]
    [InlineData("gemini")]
    public async Task OfResponses_IsCarriedOrTold(string model) =>
        await SweepAsync(GatewayEndpoints.Responses, model, Responses);

    [Theory]
    [InlineData("chat")]
    [InlineData("messages")]
    [InlineData("responses")]
    [InlineData("converse")]
    public async Task OfGemini_IsCarriedOrTold(string model) =>
        await SweepAsync(GatewayEndpoints.GenerateContentBeta, model, Gemini);

    [Theory]
    [InlineData("chat")]
    [InlineData("messages")]
    [InlineData("responses")]
    [InlineData("converse")]
    [InlineData("gemini")]
    public async Task OfInteractions_IsCarriedOrTold(string model) =>
        await SweepAsync(GatewayEndpoints.Interactions, model, Interactions);

    public void Dispose() => _gateway.Dispose();

    private async Task SweepAsync(GatewayEndpoint door, string model, string fields)
    {
        int places = Objects(Body(fields), "").Count();
        Assert.True(places > 8, $"{places} objects");
        var silent = new List<string>();
        for (int place = 0; place < places; place++)
        {
            JsonObject body = Body(fields);
            (JsonObject owner, string path) = Objects(body, "").ElementAt(place);
            owner[Unknown] = 1;
            (JsonObject? sent, int status, string lost) =
                await _gateway.AskAsync(door, model, body.ToJsonString()[1..^1]);
            if (!lost.Contains(Unknown, StringComparison.Ordinal)
                && sent?.ToJsonString().Contains(Unknown, StringComparison.Ordinal) != true)
            {
                silent.Add($"{path} ({status})");
            }
        }

        output.WriteLine($"{places} objects");
        Assert.True(silent.Count == 0, string.Join('\n', silent));
    }

    private static JsonObject Body(string fields) => JsonNode.Parse($"{{{fields}}}")!.AsObject();

    private static IEnumerable<(JsonObject Owner, string Path)> Objects(JsonNode? node, string path)
    {
        if (node is JsonObject owner)
        {
            yield return (owner, path);
            foreach ((string name, JsonNode? value) in owner)
            {
                bool isList = value is JsonArray;
                if (isList || !Own.Contains(name))
                {
                    foreach ((JsonObject, string) inner in Objects(value, $"{path}.{name}"))
                    {
                        yield return inner;
                    }
                }
            }
        }
        else if (node is JsonArray list)
        {
            for (int i = 0; i < list.Count; i++)
            {
                foreach ((JsonObject, string) inner in Objects(list[i], $"{path}[{i}]"))
                {
                    yield return inner;
                }
            }
        }
    }
}
