using System.Security.Cryptography;
using System.Text;

namespace Lightport.Mcp.Connections;

/// <summary>
/// Which server is asked, and as whom: what may share a connection and an answer. Labels do not count, so that two
/// clients' servers of one name share nothing, and a server that is renamed keeps what is known of it.
/// </summary>
/// <param name="Server">A hash of everything by which the server is reached.</param>
/// <param name="User">A hash of the signed-in user's token; empty where the server is asked as the gateway.</param>
internal readonly record struct ServerKey(string Server, string User)
{
    public static ServerKey Of(McpServer server, McpCaller caller) => new(
        ServerHash(server),
        server.Identity is { IsUsers: true } ? Hash($"{caller.Scope}\n{caller.UserToken}") : "");

    /// <summary>What may be kept for every user.</summary>
    public ServerKey ForAll => this with { User = "" };

    public static string ServerHash(McpServer server)
    {
        var text = new StringBuilder();
        Add(text, server.Address?.AbsoluteUri ?? "");
        Add(text, $"{server.AllowsPrivate}");
        if (server.Program is { } program)
        {
            Add(text, program.Command);
            AddAll(text, program.Arguments);
            AddAll(text, program.Environment.SelectMany(variable => new[] { variable.Key, variable.Value }));
            AddAll(text, program.Secrets.SelectMany(variable => new[] { variable.Key, variable.Value }));
        }

        AddIdentity(text, server.Identity);
        AddAll(text, server.Headers.SelectMany(header => new[] { header.Key, header.Value }));
        return Hash(text.ToString());
    }

    private static void AddIdentity(StringBuilder text, Identity.McpIdentity? identity)
    {
        Add(text, identity?.GetType().Name ?? "");
        switch (identity)
        {
            case Identity.SecretHeader secret:
                Add(text, secret.Secret);
                Add(text, secret.Header ?? "");
                break;
            case Identity.ClientToken client:
                Add(text, client.Token);
                break;
            case Identity.ClientCredentials credentials:
                AddCredentials(text, credentials);
                break;
            case Identity.OnBehalfOf behalf:
                Add(text, $"{behalf.IsEntra}");
                AddCredentials(text, behalf.Gateway);
                break;
            default:
                break;
        }
    }

    private static void AddCredentials(StringBuilder text, Identity.ClientCredentials credentials)
    {
        Add(text, credentials.TokenAddress?.AbsoluteUri ?? "");
        Add(text, credentials.Issuer ?? "");
        Add(text, $"{credentials.Signs}");
        Add(text, credentials.ClientId);
        Add(text, credentials.Secret);
        Add(text, credentials.Scope ?? "");
        Add(text, credentials.Resource ?? "");
    }

    private static void AddAll(StringBuilder text, IEnumerable<string> values)
    {
        foreach (string value in values)
        {
            Add(text, value);
        }

        Add(text, "");
    }

    /// <summary>With its length, so that no two lists make one text.</summary>
    private static void Add(StringBuilder text, string value) =>
        text.Append(value.Length).Append(':').Append(value);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
