using System.Text;
using System.Text.Json.Nodes;

namespace Lightport.Cli.Gateway;

/// <summary>One request to the gateway.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">From the root, with its query.</param>
internal sealed record GatewayCall(HttpMethod Method, string Path)
{
    public ReadOnlyMemory<byte>? Body { get; init; }

    public string MediaType { get; init; } = "application/json";

    public string? IfMatch { get; init; }

    /// <summary>The claims of whom it is about, as JSON of ASCII alone; null for nobody.</summary>
    public string? Claims { get; init; }

    /// <summary>The media type that is asked for; null for the gateway's choice.</summary>
    public string? Accept { get; init; }

    /// <summary>Whether it takes the admin key; else it is a client's call.</summary>
    public bool Manages => Path.StartsWith("/manage/", StringComparison.Ordinal);

    public static GatewayCall Get(string path) => new(HttpMethod.Get, path);

    public static GatewayCall Post(string path, JsonNode body) => new(HttpMethod.Post, path) { Body = Bytes(body) };

    public static GatewayCall Patch(string path, JsonNode body) => new(HttpMethod.Patch, path) { Body = Bytes(body) };

    public static GatewayCall Delete(string path) => new(HttpMethod.Delete, path);

    /// <summary>A path and what of the query has a value.</summary>
    public static string WithQuery(string path, params (string Name, string? Value)[] query)
    {
        string joined = string.Join('&', query
            .Where(part => part.Value is not null)
            .Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
        return joined.Length == 0 ? path : $"{path}?{joined}";
    }

    private static ReadOnlyMemory<byte> Bytes(JsonNode body) => Encoding.UTF8.GetBytes(body.ToJsonString());
}
