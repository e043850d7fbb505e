namespace Lightport.Mcp;

/// <summary>For whom a server is asked.</summary>
/// <param name="Scope">Tells this caller from others in whatever is remembered; it is no secret.</param>
/// <param name="RequestId">The gateway's id of the request, for logs.</param>
internal sealed record McpCaller(string Scope, string RequestId)
{
    /// <summary>The signed-in user's token, for servers that are asked in its name; never sent on as it is.</summary>
    public string? UserToken { get; init; }

    public override string ToString() => Scope;
}
