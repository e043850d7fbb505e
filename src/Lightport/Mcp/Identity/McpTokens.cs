using System.Collections.Concurrent;
using Lightport.Mcp.Connections;
using Lightport.Transport;
using Lightport.Transport.Tokens;

namespace Lightport.Mcp.Identity;

/// <summary>Tokens for servers, each kept until shortly before its end; one exchange of each is in flight.</summary>
internal sealed class McpTokens(McpHttp http, ISecretSource secrets, TimeProvider time)
{
    /// <summary>Of servers and users; they are exchanged anew where there are more.</summary>
    private const int Most = 4096;

    private readonly ConcurrentDictionary<ServerKey, McpToken> _tokens = new();
    private readonly StepUps _stepUps = new(time);

    /// <exception cref="McpException">None can be had; the message says why and what to do.</exception>
    public async ValueTask<string> GetAsync(McpServer server, McpCaller caller, CancellationToken cancellationToken)
    {
        var behalf = server.Identity as OnBehalfOf;
        if (behalf is not null && caller.UserToken is null)
        {
            throw new McpException($"The MCP server '{server.Label}' is asked in the name of a signed-in user, and "
                + "this request shows none: sign in, and call with that token in place of a client key.");
        }

        var key = ServerKey.Of(server, caller);
        while (true)
        {
            McpToken token = TokenOf(key, server, behalf, caller);
            try
            {
                return (await token.GetAsync(cancellationToken).ConfigureAwait(false))!;
            }
            catch (CredentialException e)
            {
                _tokens.TryRemove(KeyValuePair.Create(key, token));
                if (_stepUps.Refuse(key, CredentialsOf(server), token.Scope))
                {
                    // One call may need more than is given; the others go on with what they had.
                    continue;
                }

                // The secret may have been changed where it is kept, or the user's token may have ended.
                secrets.Invalidate(token.Secret);
                throw new McpException(
                    $"The MCP server '{server.Label}' cannot be asked, as the gateway {e.Message}.", e);
            }
            catch (SecretUnavailableException e)
            {
                throw new McpException($"The MCP server '{server.Label}' cannot be asked just now: {e.Message}", e);
            }
        }
    }

    private McpToken TokenOf(ServerKey key, McpServer server, OnBehalfOf? behalf, McpCaller caller)
    {
        if (_tokens.TryGetValue(key, out McpToken? token))
        {
            return token;
        }

        if (_tokens.Count >= Most)
        {
            _tokens.Clear();
        }

        string? user = behalf is null ? null : caller.UserToken;
        return _tokens.GetOrAdd(key, _ => new McpToken(http, secrets, server, behalf, user, time)
        {
            Scope = _stepUps.ScopeOf(key, CredentialsOf(server)),
        });
    }

    /// <summary>The server says that a call needs more than the token allows.</summary>
    /// <returns>Whether another, of more, is asked for next.</returns>
    public bool StepUp(McpServer server, McpCaller caller, IReadOnlyList<string> scopes)
    {
        var key = ServerKey.Of(server, caller);
        if (!_stepUps.Take(key, CredentialsOf(server), scopes))
        {
            return false;
        }

        _tokens.TryRemove(key, out _);
        return true;
    }

    private static ClientCredentials CredentialsOf(McpServer server) =>
        server.Identity is OnBehalfOf behalf ? behalf.Gateway : (ClientCredentials)server.Identity!;

    /// <summary>The server refused it: the next is exchanged anew.</summary>
    public void Forget(McpServer server, McpCaller caller) => _tokens.TryRemove(ServerKey.Of(server, caller), out _);
}
