using Lightport.Admission.Identity;
using Lightport.Configuration.Yaml;
using Lightport.Mcp.Identity;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads where tokens for an MCP server are asked for:
/// <c>{ token-url: "https://…", client-id: lightport, secret: CRM_SECRET, scope: "api://crm/.default" }</c>.
/// </summary>
internal static class McpTokenReader
{
    private const string SecretKey = "secret";

    private const string GrantKey = "grant";

    private static readonly SectionKeys OwnKeys = new("token-url", "client-id", SecretKey, "scope", "resource");

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
        string? secret = SecretReference.Read(section, SecretKey, context);
        string? id = section.Text("client-id");
        if (section.Find("client-id") is null)
        {
            section.Errors.Add(
                section.At, $"{section.Path} needs 'client-id', who the gateway is where tokens are given.");
        }

        return Address(section) is { } address && id is not null && secret is not null
            ? new ClientCredentials(address, id, secret)
            {
                Scope = section.Text("scope"),
                Resource = section.Text("resource"),
                AllowsPrivate = McpServerReader.IsWrittenPrivate(address),
            }
            : null;
    }

    private static Uri? Address(Section section)
    {
        if (Uri.TryCreate(section.Text("token-url"), UriKind.Absolute, out Uri? address)
            && KeySetSource.IsTrustworthy(address)
            && address.UserInfo.Length == 0)
        {
            return address;
        }

        section.Errors.Add(section.Find("token-url") ?? section.At, $"{section.Path} needs 'token-url', an address "
            + "with https (or http on this machine).");
        return null;
    }
}
