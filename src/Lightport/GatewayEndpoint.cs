namespace Lightport;

/// <summary>One door of the gateway.</summary>
/// <param name="Name">Names the function on Azure, the endpoint on Kestrel, and the door in logs.</param>
/// <param name="Method">The one HTTP method it answers; <c>*</c> for any.</param>
/// <param name="Path">The path as clients call it; <c>{id}</c> stands for one model name, slashes included.</param>
/// <param name="Kind">What is behind it.</param>
public sealed record GatewayEndpoint(string Name, string Method, string Path, EndpointKind Kind)
{
    /// <summary>The dialect spoken at this door; null where the client's headers tell.</summary>
    public string? Dialect { get; init; }

    /// <summary>
    /// Whether a key is asked for. Health and the probes of clients that have not signed in need none.
    /// </summary>
    public bool NeedsKey => Kind is EndpointKind.Inference or EndpointKind.ModelList or EndpointKind.Model;
}

public enum EndpointKind
{
    /// <summary>A request to a model: the whole journey.</summary>
    Inference,
    ModelList,
    Model,
    Health,
    Welcome,

    /// <summary>A HEAD that asks only whether anybody is there.</summary>
    Probe,

    /// <summary>Every path and method that is no door.</summary>
    Unknown,
}
