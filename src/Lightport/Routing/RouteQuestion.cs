namespace Lightport.Routing;

/// <summary>What a route is chosen by.</summary>
/// <param name="Model">The model that the client asked for.</param>
public readonly record struct RouteQuestion(string Model)
{
    /// <summary>The client's <c>x-lightport-provider</c>; null where it sent none.</summary>
    public string? Provider { get; init; }

    /// <summary>In bring-your-own mode, the provider that the key tells (<see cref="KeyPrefixIndex"/>).</summary>
    public ConfiguredProvider? KeyProvider { get; init; }

    /// <summary>Whether a name may be shown to this client; null shows every one.</summary>
    public Func<string, bool>? MayUse { get; init; }
}
