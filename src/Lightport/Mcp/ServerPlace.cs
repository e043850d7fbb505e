namespace Lightport.Mcp;

/// <summary>
/// Whether two addresses may lead to one server, however they are written: a client must not come by another spelling
/// to a server whose tools, approval and pin are configured.
/// </summary>
internal static class ServerPlace
{
    /// <summary>Query, fragment, the scheme, empty segments and case make no other place.</summary>
    public static bool IsSame(Uri one, Uri other) =>
        one.Port == other.Port
        && string.Equals(Host(one), Host(other), StringComparison.OrdinalIgnoreCase)
        && string.Equals(Path(one), Path(other), StringComparison.OrdinalIgnoreCase);

    /// <summary>A dot at the end says only that the name is whole.</summary>
    private static string Host(Uri address) => address.IdnHost.TrimEnd('.');

    private static string Path(Uri address) => string.Join(
        '/', Uri.UnescapeDataString(address.AbsolutePath).Split('/', StringSplitOptions.RemoveEmptyEntries));
}
