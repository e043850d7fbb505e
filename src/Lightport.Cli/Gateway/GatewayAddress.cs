namespace Lightport.Cli.Gateway;

/// <summary>Where the gateway is; what is shown of it holds no secret.</summary>
internal sealed class GatewayAddress
{
    public const string Default = "http://localhost:7071";

    private readonly Uri _root;

    private GatewayAddress(Uri root) => _root = root;

    /// <summary>Whether nobody reads along: https, or this machine.</summary>
    public bool IsPrivate => _root.Scheme == Uri.UriSchemeHttps || _root.IsLoopback;

    public bool IsLoopback => _root.IsLoopback;

    /// <param name="text">An address with or without <c>/v1</c>, as clients are given it; null for the default.</param>
    /// <exception cref="CommandFailure">It is no address of a gateway.</exception>
    public static GatewayAddress Parse(string? text)
    {
        string address = (string.IsNullOrWhiteSpace(text) ? Default : text.Trim()).TrimEnd('/');
        if (address.EndsWith("/v1", StringComparison.Ordinal))
        {
            address = address[..^3];
        }

        bool good = Uri.TryCreate(address + "/", UriKind.Absolute, out Uri? root)
            && (root.Scheme == Uri.UriSchemeHttp || root.Scheme == Uri.UriSchemeHttps)
            && root.Query.Length == 0
            && root.Fragment.Length == 0
            && root.UserInfo.Length == 0;

        // What was given is not repeated: a key may stand in it.
        return good ? new GatewayAddress(root!) : throw new CommandFailure(
            ExitCodes.WrongUse, "--url or LIGHTPORT_URL is no address of a gateway: write it as http://host:port or "
            + "https://host, without a key, a name or a question mark.");
    }

    public Uri At(string path) => new(_root, path.TrimStart('/'));

    public override string ToString() => _root.ToString().TrimEnd('/');
}
