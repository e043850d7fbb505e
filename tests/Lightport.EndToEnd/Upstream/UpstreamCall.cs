using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Conformance.Upstreams;
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
        Headers = context.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Path = context.Request.Path + context.Request.QueryString.ToString();
        Model = context.Request.RouteValues.TryGetValue("model", out object? model)
            ? (string)model!
            : Body.GetProperty("model").GetString()!;
        Request = new UpstreamRequest(
            context.Request.Path.Value!,
            context.Request.QueryString.Value ?? "",
            Headers,
            JsonNode.Parse(raw)!.AsObject());
        Script = StrictWire.For(wire, Model);
        context.RequestAborted.Register(() => _canceled.TrySetResult());
    }

    public HttpContext Context { get; }

    public Wire Wire { get; }

    public string Path { get; }

    public byte[] Raw { get; }

    public JsonElement Body { get; }

    public string Model { get; }

    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The request as the conformance suite's scripts read it.</summary>
    public UpstreamRequest Request { get; }

    /// <summary>Who speaks for this provider; null where a wire of this folder does.</summary>
    public UpstreamScript? Script { get; }

    public bool Stream => Script?.IsStream(Request)
        ?? (Body.TryGetProperty("stream", out JsonElement stream) && stream.GetBoolean());

    /// <summary>Completes when the gateway gives the request up.</summary>
    public Task Canceled => _canceled.Task;

    /// <summary>Set by a test to let a held answer go on.</summary>
    public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The results of tools in the history, in order.</summary>
    public IReadOnlyList<ToolResult> ToolResults => [.. ToolResult.Of(Wire, Body)];

    /// <summary>Whether any object of the body has this member with this value.</summary>
    public bool Has(string name, string value) => Has(Body, name, value);

    public string Header(string name) => Headers.GetValueOrDefault(name, "");

    private static bool Has(JsonElement element, string name, string value) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Any(member =>
            (member.Name == name && member.Value.ValueKind == JsonValueKind.String && member.Value.ValueEquals(value))
            || Has(member.Value, name, value)),
        JsonValueKind.Array => element.EnumerateArray().Any(item => Has(item, name, value)),
        _ => false,
    };
}
