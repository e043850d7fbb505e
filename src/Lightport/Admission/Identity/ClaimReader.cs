namespace Lightport.Admission.Identity;

/// <summary>Makes of a good token's claims whom it stands for, as the configuration maps them.</summary>
internal static class ClaimReader
{
    /// <summary>Of names and tags, in UTF-16 units: they stand in logs and usage.</summary>
    private const int LongestText = 200;

    /// <summary>Who it is, or why that cannot be told.</summary>
    public static (VerifiedIdentity? Identity, string? Objection) Read(TrustedIssuer issuer, TokenClaims claims)
    {
        ClaimMap map = issuer.Claims;
        if (claims.Text(map.Subject) is not { } subject)
        {
            return (null, $"it has no '{map.Subject}', which says whose it is");
        }

        if (map.GroupClaims.FirstOrDefault(claim => IsElsewhere(claims, claim)) is { } missing)
        {
            return (null, $"its '{missing}' are too many to stand in it; have the issuer put in only those groups that "
                + "are assigned to the application, or map roles");
        }

        HashSet<string> groups = [.. map.GroupClaims.SelectMany(claims.Values)];
        string name = Name(issuer, claims.Text(map.Name) ?? subject);
        ClientFacts[] facts = [.. map.Groups.Where(group => groups.Contains(group.Key)).Select(group => group.Value)];
        if (facts.Length == 0 && map.Default is { } others)
        {
            facts = [others];
        }

        var roles = AdminRoles.None;
        foreach ((string group, AdminRoles granted) in map.Admins)
        {
            roles |= groups.Contains(group) ? granted : AdminRoles.None;
        }

        // The issuer's name before the subject's: of two issuers each may have a subject of the other's name.
        string id = KeyHash.Of($"{issuer.Name}\n{subject}").Id;
        Caller? caller = facts.Length == 0 ? null : new Caller(name, id)
        {
            IsIdentity = true,
            Models = Models(facts),
            Tags = Tags(facts, map, claims),
            Limits = facts.Select(fact => fact.Limits).FirstOrDefault(limits => limits is not null),
        };
        return (new VerifiedIdentity(name, caller, roles), null);
    }

    /// <summary>
    /// Entra leaves out the groups of who is in more than 200, and says where to ask for them:
    /// https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference#groups-overage-claim.
    /// </summary>
    private static bool IsElsewhere(TokenClaims claims, string claim) =>
        !claims.Has(claim)
        && (claims.Has($"_claim_names.{claim}") || (claim == "groups" && claims.Text("hasgroups") == "true"));

    /// <summary>Never that of a client key, which rules may go by: an identity's name says at whom it is one.</summary>
    private static string Name(TrustedIssuer issuer, string text)
    {
        string plain = Plain(text);
        return plain.Contains('@', StringComparison.Ordinal) ? plain : $"{plain}@{issuer.Metadata.Host}";
    }

    private static string Plain(string text) => string.Concat(
        text.Take(LongestText)
            .Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter));

    /// <summary>Whoever is in several groups may what any of them may.</summary>
    private static ModelAllowList Models(ClientFacts[] facts) =>
        facts is [{ Models: var only }] ? only : new ModelAllowList(facts.SelectMany(fact => fact.Models.Globs));

    /// <summary>
    /// Of a tag that several groups give, the first group's counts, and each before what a claim says of it.
    /// </summary>
    private static Dictionary<string, string> Tags(ClientFacts[] facts, ClaimMap map, TokenClaims claims)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string tag, string value) in facts.SelectMany(fact => fact.Tags))
        {
            tags.TryAdd(tag, value);
        }

        foreach ((string tag, string claim) in map.TagClaims)
        {
            if (claims.Text(claim) is { } value)
            {
                tags.TryAdd(tag, Plain(value));
            }
        }

        return tags;
    }
}
