using Lightport.Configuration.Yaml;
using Lightport.Mcp.Identity;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads how the gateway shows an MCP server who asks: <c>auth: { key: DOCS_MCP_TOKEN }</c>, or a token by
/// <c>client-credentials</c> or <c>on-behalf-of</c>.
/// </summary>
internal static class McpAuthReader
{
    public const string Key = "auth";

    private const string HeaderKey = "header";
    private const string CredentialsKey = "client-credentials";
    private const string BehalfKey = "on-behalf-of";

    private static readonly SectionKeys Keys = new(SecretReference.Key, HeaderKey, CredentialsKey, BehalfKey)
    {
        Example = "{ key: DOCS_MCP_TOKEN }",
    };

    private static readonly string[] Kinds = [SecretReference.Key, CredentialsKey, BehalfKey];

    /// <summary>Null where nothing is shown, or something is wrong.</summary>
    public static McpIdentity? Read(Section server, ReadingContext context)
    {
        string path = $"{server.Path}.{Key}";
        if (server.Find(Key) is not { } node || Section.Read(node, path, Keys, server.Errors) is not { } section)
        {
            return null;
        }

        if (Kinds.Count(kind => section.Find(kind) is not null) != 1)
        {
            section.Errors.Add(node, $"{path} needs one of '{string.Join("', '", Kinds)}'.");
            return null;
        }

        if (section.Find(CredentialsKey) is { } credentials)
        {
            return McpTokenReader.ReadOwn(credentials, $"{path}.{CredentialsKey}", context);
        }

        if (section.Find(BehalfKey) is { } behalf)
        {
            return McpTokenReader.ReadBehalf(behalf, $"{path}.{BehalfKey}", context);
        }

        string? header = section.Text(HeaderKey);
        if (header is not null && !HttpHeaderNames.IsName(header))
        {
            section.Errors.Add(section.Find(HeaderKey)!, $"{path} has a name that no HTTP header can have.");
        }

        return SecretReference.Read(section, SecretReference.Key, context) is { } secret
            ? new SecretHeader(secret, header)
            : null;
    }
}
