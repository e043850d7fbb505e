using Lightport.Mcp.Connections;
using Lightport.Transport;
using Lightport.Transport.Tokens;

namespace Lightport.Mcp.Identity;

/// <summary>A token for one server, as the gateway or as one user: exchanged anew shortly before its end.</summary>
/// <param name="user">What shows who the user is; null where the gateway asks as itself.</param>
internal sealed class McpToken(
    McpHttp http, ISecretSource secrets, McpServer server, OnBehalfOf? behalf, string? user, TimeProvider time)
    : RefreshedValue<string>(time)
{
    /// <summary>A call that is sent just before a token's end may arrive after it.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private ClientCredentials Credentials => behalf?.Gateway ?? (ClientCredentials)server.Identity!;

    /// <summary>What it is to open; null where whoever gives it knows.</summary>
    public string? Scope { get; init; }

    /// <summary>The name of the secret that it is exchanged for.</summary>
    public string Secret => Credentials.Secret;

    protected override string Name => $"The token for the MCP server '{server.Label}'";

    protected override async ValueTask<Lease<string>> FetchAsync(CancellationToken limit)
    {
        string secret = await secrets.GetAsync(Credentials.Secret, limit).ConfigureAwait(false)
            ?? throw new CredentialException($"needs the secret {Credentials.Secret}, which is not set");
        TokenPlace place = await TokenPlace.FindAsync(http, server, Credentials, limit).ConfigureAwait(false);
        (string token, TimeSpan lifetime) = await TokenRequest
            .SendAsync(http, Credentials with { Scope = Scope }, place, secret, Grant(), Time.GetUtcNow(), limit)
            .ConfigureAwait(false);
        TimeSpan serves = lifetime > Margin * 2 ? lifetime - Margin : lifetime / 2;
        return new(token, serves * 0.8, serves);
    }

    /// <summary>It serves on until its end, and not beyond.</summary>
    protected override TimeSpan Extended(TimeSpan left) => left;

    private KeyValuePair<string, string>[] Grant() => behalf switch
    {
        null => [new("grant_type", "client_credentials")],
        { IsEntra: true } =>
        [
            new("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
            new("assertion", user!),
            new("requested_token_use", "on_behalf_of"),
        ],
        _ =>
        [
            new("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
            new("subject_token", user!),
            new("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
            new("requested_token_type", "urn:ietf:params:oauth:token-type:access_token"),
        ],
    };
}
