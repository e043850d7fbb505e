using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Lightport.Cli.Gateway;

/// <summary>Says what went wrong with a call, and which exit code it is.</summary>
internal static class GatewayFailures
{
    public static CommandFailure NoAdminKey() => new(ExitCodes.NotAdmitted, "There is no admin key.")
    {
        Code = "no_admin_key",
        Advice = "Set LIGHTPORT_ADMIN_KEY or LIGHTPORT_TOKEN, or give --admin-key-file or --token-file with a file "
            + "or - for standard input.",
    };

    /// <param name="reply">A status that is no success.</param>
    /// <param name="call">What was asked.</param>
    public static CommandFailure Of(GatewayReply reply, GatewayCall call)
    {
        int status = (int)reply.Status;
        if (status is >= 300 and < 400)
        {
            string to = reply.Location is { IsAbsoluteUri: true } location
                ? location.GetLeftPart(UriPartial.Authority)
                : "elsewhere";
            return new CommandFailure(ExitCodes.Unavailable, $"The address answers with a redirect to {to}, which is "
                + "not followed; give --url the address itself.")
            {
                Code = "redirected",
            };
        }

        return TryRead(reply)?.Error is { Message: { } message } error
            ? new CommandFailure(Code(reply.Status), message)
            {
                Code = error.Word,
                Json = reply.Text,
                Advice = Advice(reply.Status, call, error.Word),
                Places = [.. (error.Details ?? []).Select(Place)],
            }
            : new CommandFailure(Code(reply.Status), string.Create(
                CultureInfo.InvariantCulture,
                $"The address answered {status} with {reply.MediaType ?? "nothing"} that no gateway says."))
            {
                Code = "unexpected_answer",
                Advice = Advice(reply.Status, call) ?? "Check --url, and what stands between here and the gateway.",
            };
    }

    /// <summary>Null where it is none of the network's exceptions, or the person cancelled.</summary>
    public static CommandFailure? Of(
        Exception e,
        GatewayAddress address,
        CancellationToken cancellationToken) => e switch
    {
        OperationCanceledException when cancellationToken.IsCancellationRequested => null,
        OperationCanceledException { InnerException: TimeoutException } =>
            Unreached($"No connection to {address} came about within 10 s.", e),
        OperationCanceledException => new CommandFailure(
            ExitCodes.Unavailable, $"{address} did not answer in time; what was asked may be done all the same.", e)
        {
            Code = "timeout",
        },
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            Unreached($"No safe connection to {address} came about: its certificate is not trusted here.", e),
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.ProxyTunnelError,
        } => Unreached($"{address} cannot be reached.", e),
        HttpRequestException or IOException => new CommandFailure(
            ExitCodes.Unavailable, $"{address} broke the connection off before its answer was complete.", e)
        {
            Code = "broken_off",
        },
        _ => null,
    };

    /// <summary>As compilers write it, without the file.</summary>
    private static string Place(GatewayErrorDetail detail) =>
        string.Create(CultureInfo.InvariantCulture, $"{detail.Line}:{detail.Column}: {detail.Message}");

    private static CommandFailure Unreached(string message, Exception e) => new(ExitCodes.Unavailable, message, e)
    {
        Code = "unreachable",
        Advice = "Check --url or LIGHTPORT_URL, and that the gateway runs.",
    };

    private static int Code(HttpStatusCode status) => (int)status switch
    {
        401 or 403 => ExitCodes.NotAdmitted,
        >= 500 => ExitCodes.Unavailable,
        _ => ExitCodes.Refused,
    };

    private static string? Advice(HttpStatusCode status, GatewayCall call, string? word = null) => (int)status switch
    {
        401 when call.Manages => "Check LIGHTPORT_ADMIN_KEY or --admin-key-file: this gateway has another admin key. A "
            + "token may have expired, or be for another audience; its log says why.",
        401 => "Set LIGHTPORT_KEY to a client key; `lightport keys create` makes one.",
        404 when call.Manages && word == "unknown_url" =>
            "Check --url, and that gateway and tool are of the same version.",
        412 => "Somebody changed the configuration in between: look at it again with `lightport diff`.",
        _ => null,
    };

    private static GatewayErrorDocument? TryRead(GatewayReply reply)
    {
        try
        {
            return JsonSerializer.Deserialize(reply.Body.Span, CliJsonContext.Default.GatewayErrorDocument);
        }
        catch (JsonException)
        {
            // Whatever it is, it is no gateway's error, and is told as that.
            return null;
        }
    }
}
