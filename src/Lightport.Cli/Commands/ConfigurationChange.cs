using System.Net;
using Lightport.Cli.Gateway;
using Lightport.Cli.Input;

namespace Lightport.Cli.Commands;

/// <summary>The calls that <c>diff</c>, <c>apply</c> and <c>rollback</c> share.</summary>
internal static class ConfigurationChange
{
    private const string Door = "/manage/config";

    /// <summary>The document in force; null where nothing was ever applied.</summary>
    public static async Task<GatewayReply?> FindAsync(Session session, CancellationToken cancellationToken)
    {
        GatewayCall call = GatewayCall.Get(Door);
        GatewayReply reply = await session.Gateway.AskAsync(call, cancellationToken);
        return reply switch
        {
            { IsSuccess: true } => reply,
            { Status: HttpStatusCode.NotFound, MediaType: "application/json" } => null,
            _ => throw GatewayFailures.Of(reply, call),
        };
    }

    public static Task<GatewayReply> FetchAsync(
        Session session,
        string? version,
        CancellationToken cancellationToken)
    {
        string path = GatewayCall.WithQuery(Door, ("version", version));
        return session.Gateway.SendAsync(GatewayCall.Get(path), cancellationToken);
    }

    /// <summary>Says what a document would change.</summary>
    public static Task<GatewayReply> TryAsync(
        Session session,
        string file,
        ReadOnlyMemory<byte> document,
        string? mark,
        CancellationToken cancellationToken) =>
        PutAsync(session, file, document, mark, ("dry-run", "true"), cancellationToken);

    /// <summary>Puts a document in force.</summary>
    public static Task<GatewayReply> ApplyAsync(
        Session session,
        string file,
        ReadOnlyMemory<byte> document,
        string? mark,
        string? note,
        CancellationToken cancellationToken) =>
        PutAsync(session, file, document, mark, ("note", note), cancellationToken);

    private static async Task<GatewayReply> PutAsync(
        Session session,
        string file,
        ReadOnlyMemory<byte> document,
        string? mark,
        (string Name, string? Value) query,
        CancellationToken cancellationToken)
    {
        var call = new GatewayCall(HttpMethod.Put, GatewayCall.WithQuery(Door, query))
        {
            Body = document,
            MediaType = "application/yaml",
            IfMatch = mark,
        };
        try
        {
            return await session.Gateway.SendAsync(call, cancellationToken);
        }
        catch (CommandFailure failure) when (failure.Places.Count > 0)
        {
            // The gateway was sent a text without a name; an editor finds the place by the file's.
            throw new CommandFailure(failure.ExitCode, failure.Message, failure)
            {
                Code = failure.Code,
                Json = failure.Json,
                Advice = failure.Advice,
                Places = [.. failure.Places.Select(place => $"{Documents.ShownName(file)}:{place}")],
            };
        }
    }
}
