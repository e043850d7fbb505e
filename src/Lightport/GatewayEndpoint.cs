using Lightport.Dialects;
using Lightport.Doors;

namespace Lightport;

/// <summary>One door of the gateway.</summary>
/// <param name="Name">Names the function on Azure, the endpoint on Kestrel, and the door in logs.</param>
/// <param name="Method">The one HTTP method it answers; <c>*</c> for any.</param>
/// <param name="Path">The path as clients call it, with <c>{id}</c> for a name.</param>
/// <param name="Kind">What is behind it.</param>
public sealed record GatewayEndpoint(string Name, string Method, string Path, EndpointKind Kind)
{
    /// <summary>The dialect spoken at this door; null where the client's headers tell.</summary>
    public string? Dialect { get; init; }

    /// <summary>What is asked for at a door that a provider is behind.</summary>
    public Operation Operation { get; init; }

    /// <summary>Whether what stands for <c>{…}</c> may hold slashes: model names do, and unknown paths.</summary>
    public bool TakesSlashes { get; init; } = Kind is EndpointKind.Model or EndpointKind.Unknown;

    /// <summary>
    /// Whether a client key is asked for. Management has a key of its own; health and the probes of clients that have
    /// not signed in need none.
    /// </summary>
    public bool NeedsKey => Kind is EndpointKind.Inference or EndpointKind.ModelList or EndpointKind.Model
        or EndpointKind.KeptResponse or EndpointKind.Mcp;

    /// <summary>A door to answers that were kept.</summary>
    internal static GatewayEndpoint KeptResponse(
        string name, string method, string path, string dialect = DialectIds.OpenAIResponses) =>
        new(name, method, path, EndpointKind.KeptResponse)
        {
            Dialect = dialect,
            Operation = Operation.KeptAnswer,
        };

    /// <summary>Whether a path leads here, whatever the method.</summary>
    public bool IsAt(string path) => Kind != EndpointKind.Unknown && (Path == path || Placed(path) is not null);

    /// <summary>
    /// What stands in a path for <c>{name}</c>; null where this door has no such place. The server has unescaped all of
    /// the path but its slashes; unescaping again would make of <c>%256d</c> an m.
    /// </summary>
    public string? ValueIn(string path, string name) =>
        Path.Contains('{', StringComparison.Ordinal)
        && Path.Contains($"{{{name}}}", StringComparison.Ordinal)
        && Placed(path) is { } value
            ? value.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase)
            : null;

    /// <summary>What stands in a path for the one name in braces; null where the path leads elsewhere.</summary>
    private string? Placed(string path)
    {
        int open = Path.IndexOf('{', StringComparison.Ordinal);
        if (open < 0)
        {
            return null;
        }

        string before = Path[..open];
        string after = Path[(Path.IndexOf('}', open) + 1)..];
        if (path.Length <= before.Length + after.Length
            || !path.StartsWith(before, StringComparison.Ordinal)
            || !path.EndsWith(after, StringComparison.Ordinal))
        {
            return null;
        }

        string value = path[before.Length..^after.Length];
        return TakesSlashes || !value.Contains('/', StringComparison.Ordinal) ? value : null;
    }
}

/// <summary>What is behind a door.</summary>
public enum EndpointKind
{
    /// <summary>A request to a model: the whole journey.</summary>
    Inference,
    ModelList,
    Model,

    /// <summary>An answer that was kept for whoever got it.</summary>
    KeptResponse,

    /// <summary>The gateway as a server of the Model Context Protocol.</summary>
    Mcp,

    /// <summary>Whose tokens open the MCP door (RFC 9728).</summary>
    ProtectedResource,

    /// <summary>Whether requests can be answered: for whoever spreads the load.</summary>
    Health,

    /// <summary>Whether the process is up: for whoever would start it anew.</summary>
    Live,
    Welcome,

    /// <summary>For whoever runs the gateway.</summary>
    Management,

    /// <summary>A HEAD that asks only whether anybody is there.</summary>
    Probe,

    /// <summary>Every path and method that is no door.</summary>
    Unknown,
}
