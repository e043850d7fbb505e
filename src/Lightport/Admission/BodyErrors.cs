using Lightport.Conversation;
using Lightport.Transport.Body;
using Microsoft.AspNetCore.Http;

namespace Lightport.Admission;

/// <summary>Why a body was not read, in words for whoever sent it.</summary>
internal static class BodyErrors
{
    public static GatewayError NotWhole { get; } =
        GatewayError.BadRequest("The request body did not arrive whole.", code: "invalid_body");

    public static GatewayError NotGzip { get; } =
        GatewayError.BadRequest("The request body is not gzip, as its Content-Encoding says.", code: "invalid_body");

    public static GatewayError UnpacksTooFar { get; } = new(
        ErrorStage.Request,
        ErrorKind.RequestTooLarge,
        StatusCodes.Status413PayloadTooLarge,
        "The request body unpacks to more than 1 MiB and more than 100 times its Content-Length. Send it uncompressed.")
    {
        Code = "request_too_large",
    };

    public static GatewayError TooSlow { get; } = new(
        ErrorStage.Request,
        ErrorKind.Timeout,
        StatusCodes.Status408RequestTimeout,
        "The request body took too long to arrive.")
    {
        Code = "request_timeout",
    };

    private static readonly GatewayError Busy = new(
        ErrorStage.Admission,
        ErrorKind.Overloaded,
        StatusCodes.Status503ServiceUnavailable,
        "The gateway's memory for request and response bodies is in use. Try again in a few seconds.")
    {
        Code = "overloaded",
        Headers = [new("Retry-After", "5")],
    };

    private static readonly GatewayError TooLargeHere = new(
        ErrorStage.Admission,
        ErrorKind.RequestTooLarge,
        StatusCodes.Status413PayloadTooLarge,
        "This request needs more memory than this gateway has for bodies. Send large files by URL or by file id.")
    {
        Code = "request_too_large",
    };

    public static GatewayError NoMemory(BodyBudgetException e) => e.Passes ? Busy : TooLargeHere;
}
