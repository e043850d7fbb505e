namespace Lightport.Admission.Identity;

/// <summary>What an issuer's claims mean here, as it is configured.</summary>
internal sealed record ClaimMap
{
    /// <summary>The claim that tells one identity from all others of its issuer, for ever.</summary>
    public string Subject { get; init; } = "sub";

    /// <summary>The claim by which logs and usage call an identity; where a token has none, its subject.</summary>
    public string Name { get; init; } = "preferred_username";

    /// <summary>The claims that say which groups somebody is in.</summary>
    public IReadOnlyList<string> GroupClaims { get; init; } = ["groups"];

    /// <summary>What each group may, in the order of the document.</summary>
    public OrderedDictionary<string, ClientFacts> Groups { get; init; } = [];

    /// <summary>What somebody may who is in none of them; null for nothing.</summary>
    public ClientFacts? Default { get; init; }

    /// <summary>A tag's name to the claim that holds its value.</summary>
    public IReadOnlyDictionary<string, string> TagClaims { get; init; } = new Dictionary<string, string>();

    /// <summary>What each group may do at the management doors.</summary>
    public IReadOnlyDictionary<string, AdminRoles> Admins { get; init; } = new Dictionary<string, AdminRoles>();

    /// <summary>Somebody can come in by it.</summary>
    public bool LetsAnyoneIn => Groups.Count > 0 || Default is not null || Admins.Count > 0;
}
