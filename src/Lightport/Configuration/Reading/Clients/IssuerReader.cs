using System.Buffers;
using Lightport.Admission.Identity;
using Lightport.Configuration.Yaml;

namespace Lightport.Configuration.Reading;

/// <summary>Reads one of <c>identity.issuers</c>, which is several where it has <c>tenants</c>.</summary>
internal static class IssuerReader
{
    private const string Path = "identity.issuers";
    private const string Tenant = "{tenantid}";

    /// <summary>Where an issuer's metadata is, by OpenID Connect Discovery 1.0, section 4.</summary>
    private const string WellKnown = "/.well-known/openid-configuration";

    private static readonly SectionKeys Keys = new(
        "issuer", "tenants", "metadata", "audience", "algorithms", "types", "clock-skew",
        "subject", "name", "tags", "groups", "default", "admins", "scopes");

    /// <summary>RFC 6749, section 3.3.</summary>
    private static readonly SearchValues<char> ScopeLetters = SearchValues.Create(
        [.. Enumerable.Range('!', '~' - '!' + 1).Select(letter => (char)letter).Except("\"\\")]);

    private static readonly TimeSpan LongestSkew = TimeSpan.FromMinutes(5);

    /// <summary>Words that Entra takes in an address for any tenant, and puts into no token.</summary>
    private static readonly string[] AnyTenant = ["common", "organizations", "consumers"];

    public static IEnumerable<TrustedIssuer> Read(YamlNode node, ConfigurationErrors errors)
    {
        if (Section.Read(node, Path, Keys, errors) is not { } section)
        {
            return [];
        }

        string? name = Name(section);
        string metadata = section.Text("metadata") ?? name?.TrimEnd('/') + WellKnown;
        string[] audiences = Texts(section, "audience");
        if (audiences.Length == 0)
        {
            errors.Add(section.At, $"{Path} needs 'audience': what stands in 'aud' of tokens that are for this gateway "
                + "(api://lightport); others are not taken.");
        }

        var form = new TrustedIssuer("", new Uri("about:blank"), audiences, ClaimMapReader.Read(section))
        {
            Algorithms = Algorithms(section),
            ClockSkew = ClockSkew(section),
            Scopes = Scopes(section),
        };
        form = section.Find("types") is null ? form : form with { Types = Texts(section, "types") };
        return name is null ? [] : [.. Tenants(section, name)
            .Select(tenant => (Name: Fill(name, tenant), Metadata: Address(section, Fill(metadata, tenant))))
            .Where(of => of.Metadata is not null)
            .Select(of => form with { Name = of.Name, Metadata = of.Metadata! })];
    }

    /// <summary>A text, or a list of them.</summary>
    public static string[] Texts(Section section, string key) => section.Find(key) switch
    {
        null => [],
        ScalarNode => section.Text(key) is { } one ? [one] : [],
        var list => [.. Section.Items(list, $"{section.Path}.{key}", section.Errors)
            .Select(item => Section.TextOf(item, $"{section.Path}.{key}", section.Errors))
            .OfType<string>()],
    };

    private static string? Name(Section section)
    {
        if (section.Find("issuer") is not { } node)
        {
            section.Errors.Add(
                section.At, $"{Path} needs 'issuer': what stands in 'iss' of its tokens, to the letter.");
            return null;
        }

        string? name = section.Text("issuer");
        if (name is not null && AnyTenant.Any(word => name.Contains($"/{word}/", StringComparison.Ordinal)))
        {
            section.Errors.Add(node, $"no token has this in its 'iss'; write {Tenant} there, and list the tenants "
                + "under 'tenants'.");
            return null;
        }

        return name;
    }

    private static string[] Tenants(Section section, string name)
    {
        string[] tenants = Texts(section, "tenants");
        bool asked = name.Contains(Tenant, StringComparison.Ordinal);
        if (asked != tenants.Length > 0)
        {
            section.Errors.Add(section.Find("tenants") ?? section.Find("issuer")!, asked
                ? $"'tenants' must list the tenants that {Tenant} stands for: anyone can make one of their own."
                : $"'tenants' is for an issuer with {Tenant} in it; remove it, or write {Tenant} there.");
            return [];
        }

        if (Array.Find(tenants, tenant => !Guid.TryParseExact(tenant, "D", out _)) is { } wrong)
        {
            section.Errors.Add(section.Find("tenants")!, $"'{wrong}' is no tenant's id, which has the form "
                + "00000000-0000-0000-0000-000000000000; a domain's name stands in no token.");
            return [];
        }

        return asked ? tenants : [""];
    }

    private static string Fill(string text, string tenant) => text.Replace(Tenant, tenant, StringComparison.Ordinal);

    private static Uri? Address(Section section, string text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            && KeySetSource.IsTrustworthy(address)
            && address.UserInfo.Length == 0)
        {
            return address;
        }

        section.Errors.Add(section.Find("metadata") ?? section.Find("issuer")!, "an issuer's keys are asked for at an "
            + "address with https (or http on this machine); if 'issuer' is none, say one as 'metadata'.");
        return null;
    }

    private static IReadOnlyList<string> Algorithms(Section section)
    {
        if (section.Find("algorithms") is not { } node)
        {
            return TrustedIssuer.AllAlgorithms;
        }

        string[] algorithms = Texts(section, "algorithms");
        if (algorithms.Length == 0 || algorithms.Except(TrustedIssuer.AllAlgorithms).Any())
        {
            section.Errors.Add(node, $"{Path}.algorithms are of {string.Join(", ", TrustedIssuer.AllAlgorithms)}; "
                + "others are not safe here.");
        }

        return algorithms;
    }

    private static string[] Scopes(Section section)
    {
        string[] scopes = Texts(section, "scopes");
        if (Array.Exists(scopes, scope => scope.AsSpan().ContainsAnyExcept(ScopeLetters)))
        {
            section.Errors.Add(section.Find("scopes")!, $"{Path}.scopes are words without spaces and quotes, as in "
                + "api://lightport/ask.");
        }

        return scopes;
    }

    private static TimeSpan ClockSkew(Section section)
    {
        if (section.Text("clock-skew") is not { } text)
        {
            return TrustedIssuer.DefaultClockSkew;
        }

        if (Durations.Parse(text, TimeSpan.Zero, LongestSkew) is { } skew)
        {
            return skew;
        }

        section.Errors.Add(
            section.Find("clock-skew")!, $"{Path}.clock-skew is a length of time from 0s to 5m, as in 60s.");
        return default;
    }
}
