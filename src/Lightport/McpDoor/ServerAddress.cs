using Lightport.Mcp;

namespace Lightport.McpDoor;

/// <summary>
/// The address of a server's resource, or a template of such, as clients of the gateway's own server know it: the
/// server's own behind its label. It is always there, so that no address comes to mean another server's when one more
/// is configured; and as a path without an authority, which no client's library rewrites.
/// </summary>
internal static class ServerAddress
{
    private const string Scheme = "lightport:";

    /// <summary>No label has it.</summary>
    private const char Mark = '/';

    public static string Of(McpServer server, string uri) => $"{Scheme}{server.Label}{Mark}{uri}";

    /// <summary>Null where it is none of a server's.</summary>
    public static (string Label, string Uri)? Parse(string address)
    {
        if (!address.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return null;
        }

        string rest = address[Scheme.Length..];
        int mark = rest.IndexOf(Mark, StringComparison.Ordinal);
        return mark > 0 && mark + 1 < rest.Length ? (rest[..mark], rest[(mark + 1)..]) : null;
    }
}
