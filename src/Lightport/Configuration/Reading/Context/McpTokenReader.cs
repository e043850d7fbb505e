using Lightport.Admission.Identity;
using Lightport.Configuration.Yaml;
using Lightport.Mcp.Identity;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads where tokens for an MCP server are asked for:
/// <c>{ token-url: "https://…", client-id: lightport, secret: CRM_SECRET, scope: "api://crm/.default" }</c>, or
/// by the <c>issuer</c> that says where, and with a <c>private-key</c> in place of the secret.
/// </summary>
internal static class McpTokenReader
{
    private const string SecretKey = "secret";

    private const string GrantKey = "grant";

    private const string StepUpKey = "step-up";

    private const string PrivateKey = "private-key";

    private static readonly SectionKeys OwnKeys =
        new("token-url", "issuer", "client-id", SecretKey, PrivateKey, "scope", StepUpKey, "resource")
        {
            Example = "{ token-url: \"https://login.example.com/token\", client-id: lightport, secret: CRM_SECRET }",
        };

    private static readonly SectionKeys BehalfKeys = new([.. OwnKeys.Known, GrantKey], []);

    private static readonly Dictionary<string, bool> Grants = new() { ["token-exchange"] = false, ["entra"] = true };

    /// <summary>Tokens for the gateway itself; null, and an error, where something is missing.</summary>
    public static ClientCredentials? ReadOwn(YamlNode node, string path, ReadingContext context) =>
        Section.Read(node, path, OwnKeys, context.Errors) is { } section ? Credentials(section, context) : null;

    /// <summary>Tokens for its users; null, and an error, where something is missing.</summary>
    public static OnBehalfOf? ReadBehalf(YamlNode node, string path, ReadingContext context)
    {
        if (Section.Read(node, path, BehalfKeys, context.Errors) is not { } section)
        {
            return null;
        }

        bool isEntra = section.Word(GrantKey, Grants) ?? false;
        return Credentials(section, context) is { } gateway ? new OnBehalfOf(gateway, isEntra) : null;
    }

    private static ClientCredentials? Credentials(Section section, ReadingContext context)
    {
        bool signs = section.Find(PrivateKey) is not null;
        if (signs && section.Find(SecretKey) is { } both)
        {
            section.Errors.Add(both, $"{section.Path} has both '{SecretKey}' and '{PrivateKey}'; one is shown.");
        }

        string? secret = SecretReference.Read(section, signs ? PrivateKey : SecretKey, context);
        string? id = section.Text("client-id");
        if (section.Find("client-id") is null)
        {
            section.Errors.Add(
                section.At, $"{section.Path} needs 'client-id', who the gateway is where tokens are given.");
        }

        bool isIssuer = section.Find("issuer") is not null && section.Find("token-url") is null;
        return Address(section, isIssuer ? "issuer" : "token-url") is { } address
            && id is not null
            && secret is not null
            ? new ClientCredentials(isIssuer ? null : address, id, secret)
            {
                Issuer = section.Text("issuer"),
                Signs = signs,
                Scope = section.Text("scope"),
                StepUp = section.Find(StepUpKey) is null ? [] : IssuerReader.Texts(section, StepUpKey),
                Resource = section.Text("resource"),
                AllowsPrivate = McpServerReader.IsWrittenPrivate(address),
            }
            : null;
    }

    private static Uri? Address(Section section, string key)
    {
        if (Uri.TryCreate(section.Text(key), UriKind.Absolute, out Uri? address)
            && KeySetSource.IsTrustworthy(address)
            && address.UserInfo.Length == 0
            && (key == "token-url" || address.Query.Length + address.Fragment.Length == 0))
        {
            return address;
        }

        section.Errors.Add(section.Find(key) ?? section.At, $"{section.Path} needs '{key}', an address with "
            + "https (or http on this machine)"
            + (key == "issuer" ? " and without a query." : ", or the 'issuer' that says it."));
        return null;
    }
}
