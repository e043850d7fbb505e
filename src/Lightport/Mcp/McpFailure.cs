using System.Net;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Mcp.Connections;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ProtocolException = ModelContextProtocol.McpException;

namespace Lightport.Mcp;

/// <summary>What an exception on the way to a server means.</summary>
/// <param name="Word">One word for logs and metrics.</param>
/// <param name="Sentence">What happened, of the server as "it"; may be told to clients and models.</param>
/// <param name="MayHaveRun">It is not known whether the server worked on what was asked.</param>
internal sealed record McpFailure(string Word, string Sentence, bool MayHaveRun)
{
    private const int LongestSaid = 1000;

    /// <summary>Whether it tells of a server, and not of a defect here.</summary>
    public static bool IsTheServers(Exception e) => e is ProtocolException or McpException or HttpRequestException
        or IOException or TimeoutException or JsonException or AnswerTooLargeException or InvalidOperationException
        or OperationCanceledException || IsOfReading(e);

    /// <summary>
    /// What the framework and the package throw besides, where JSON is no message: a field that is there twice, a text
    /// that is no Unicode, a number, a date or an address that is none.
    /// </summary>
    private static bool IsOfReading(Exception e) => e is ArgumentException or FormatException or NotSupportedException
        or OverflowException or InvalidCastException or KeyNotFoundException or IndexOutOfRangeException;

    /// <summary>
    /// Whether the server has surely not worked on it, and another connection may go better: the session is over, or it
    /// does not speak the revision that was remembered.
    /// </summary>
    public static bool IsUnheard(Exception e, McpConnection connection) => e switch
    {
        UnsupportedProtocolVersionException => true,
        McpProtocolException { ErrorCode: McpErrorCode.HeaderMismatch or McpErrorCode.MethodNotFound } =>
            connection.WasRemembered,
        HttpRequestException { StatusCode: HttpStatusCode.NotFound } => true,
        HttpRequestException { StatusCode: HttpStatusCode.BadRequest } => connection.WasRemembered,
        _ => false,
    };

    /// <param name="e">One of <see cref="IsTheServers"/>.</param>
    public static McpFailure Of(Exception e) => e switch
    {
        McpException own => new(own.Word, own.Message, MayHaveRun: false),
        McpProtocolException said => new("rpc_error", $"It answered with an error: {Short(said.Message)}", false),
        AnswerTooLargeException large => new("too_large", large.Message, MayHaveRun: true),
        HttpRequestException { StatusCode: { } status } => new(
            "http_error", $"It answered with HTTP {(int)status}{Advice(status)}.", (int)status >= 500),
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.Unknown
            or HttpRequestError.InvalidResponse } unclear when !IsRefusedAddress(unclear) => Broken,
        HttpRequestException => new("unreachable", "It cannot be reached.", MayHaveRun: false),
        OperationCanceledException or TimeoutException =>
            new("timeout", "It did not answer in time.", MayHaveRun: true),
        JsonException => Unreadable,
        _ when IsOfReading(e) => Unreadable,

        // Half of a surrogate pair, or a value of another kind; the package's own says that something is asked for.
        InvalidOperationException { Source: { } source }
            when source.StartsWith("System.Text.Json", StringComparison.Ordinal) => Unreadable,
        ObjectDisposedException => Broken,
        InvalidOperationException => new(
            "input_required",
            "It asks its user for something first, which cannot be asked through this gateway.",
            MayHaveRun: false),
        ClientTransportClosedException or IOException => Broken,
        _ => new("no_answer", "It ended without an answer to what was asked.", MayHaveRun: true),
    };

    private static McpFailure Unreadable { get; } =
        new("unreadable", "Its answer cannot be understood.", MayHaveRun: true);

    private static McpFailure Broken { get; } = new("broken", "The connection to it broke off.", MayHaveRun: true);

    /// <summary>See <see cref="Transport.PublicConnection"/>.</summary>
    private static bool IsRefusedAddress(HttpRequestException e) =>
        e.HttpRequestError == HttpRequestError.Unknown && e.InnerException is null;

    private static string Short(string said)
    {
        // The package puts its own words before the server's.
        const string Own = "Request failed (remote): ";
        return ShortText.Of(
            said.StartsWith(Own, StringComparison.Ordinal) ? said[Own.Length..] : said, LongestSaid);
    }

    private static string Advice(HttpStatusCode status) => (int)status switch
    {
        401 or 403 => ", as it refuses what this gateway showed it",
        >= 300 and < 400 => ", leading to another address, which is not followed",
        429 => ", as it is asked too often",
        _ => "",
    };
}
