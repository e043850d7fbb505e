using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Lightport.EndToEnd.Upstream;

/// <summary>One request that reached a fake provider.</summary>
internal sealed class UpstreamCall
{
    private readonly TaskCompletionSource _canceled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public UpstreamCall(HttpContext context, Wire wire, byte[] raw)
    {
        (Context, Wire, Raw) = (context, wire, raw);
        Body = JsonElement.Parse(raw);
        Model = Body.GetProperty("model").GetString()!;
        Headers = context.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Path = context.Request.Path + context.Request.QueryString.ToString();
        context.RequestAborted.Register(() => _canceled.TrySetResult());
    }

    public HttpContext Context { get; }

    public Wire Wire { get; }

    public string Path { get; }

    public byte[] Raw { get; }

    public JsonElement Body { get; }

    public string Model { get; }

    public IReadOnlyDictionary<string, string> Headers { get; }

    public bool Stream => Body.TryGetProperty("stream", out JsonElement stream) && stream.GetBoolean();

    /// <summary>Completes when the gateway gives the request up.</summary>
    public Task Canceled => _canceled.Task;

    /// <summary>Set by a test to let a held answer go on.</summary>
    public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The results of tools in the history, in order, whichever way the wire says them.</summary>
    public IReadOnlyList<ToolResult> ToolResults =>
        [.. Body.GetProperty("messages").EnumerateArray()
            .SelectMany(message => Wire == Wire.OpenAI ? OpenAIResults(message) : AnthropicResults(message))];

    /// <summary>Whether any object of the body has this member with this value.</summary>
    public bool Has(string name, string value) => Has(Body, name, value);

    public string Header(string name) => Headers.GetValueOrDefault(name, "");

    private static IEnumerable<ToolResult> OpenAIResults(JsonElement message) =>
        message.GetProperty("role").GetString() == "tool"
            ? [new(message.GetProperty("tool_call_id").GetString()!, Text(message.GetProperty("content")))]
            : [];

    private static IEnumerable<ToolResult> AnthropicResults(JsonElement message) =>
        message.GetProperty("content") is { ValueKind: JsonValueKind.Array } blocks
            ? blocks.EnumerateArray()
                .Where(block => block.GetProperty("type").GetString() == "tool_result")
                .Select(block => new ToolResult(
                    block.GetProperty("tool_use_id").GetString()!, Text(block.GetProperty("content"))))
            : [];

    private static string Text(JsonElement content) => content.ValueKind == JsonValueKind.String
        ? content.GetString()!
        : string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString()));

    private static bool Has(JsonElement element, string name, string value) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Any(member =>
            (member.Name == name && member.Value.ValueKind == JsonValueKind.String && member.Value.ValueEquals(value))
            || Has(member.Value, name, value)),
        JsonValueKind.Array => element.EnumerateArray().Any(item => Has(item, name, value)),
        _ => false,
    };
}
