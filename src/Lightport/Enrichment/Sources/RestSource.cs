using Lightport.Routing.Rules;

namespace Lightport.Enrichment.Sources;

/// <summary>What a GET answers.</summary>
internal sealed record RestSource(string Name, AddressTemplate Address) : ContextSource(Name)
{
    /// <summary>What of a JSON answer is taken; null for the answer as it is.</summary>
    public JsonSelector? Path { get; init; }

    /// <summary>The name of the secret that is shown; null for none.</summary>
    public string? Secret { get; init; }

    /// <summary>The header that it is shown in; null for a bearer token in <c>Authorization</c>.</summary>
    public string? Header { get; init; }

    /// <summary>It may be at an address that only this network can reach.</summary>
    public bool AllowsPrivate { get; init; }

    public override IEnumerable<RequestFormula> Formulas => base.Formulas.Concat(Address.Formulas);
}
