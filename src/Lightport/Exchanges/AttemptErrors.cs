using Lightport.Conversation;
using Lightport.Transport;
using Lightport.Transport.Framing;
using Lightport.Transport.Signing;

namespace Lightport.Exchanges;

/// <summary>
/// Why an attempt came to nothing, in words for the client. An exception's own message never gets out, nor where
/// secrets are kept: that is the log's to say.
/// </summary>
internal static class AttemptErrors
{
    /// <summary>Another attempt of the same request has begun to answer: nothing failed.</summary>
    public static GatewayError Beaten { get; } =
        new(ErrorStage.Upstream, ErrorKind.Canceled, 499, "Another target answered first.");

    public static GatewayError MissingSecret(string provider, string secret) => NotReady(
        ErrorStage.Secret,
        provider,
        $"{provider} is not ready: its secret '{secret}' is not set where the gateway runs.");

    public static GatewayError MalformedSecret(string provider, string secret) => NotReady(
        ErrorStage.Secret,
        provider,
        $"{provider} is not ready: its secret '{secret}' holds a character that no header may hold.");

    public static GatewayError UnusableSecret(UnusableKeyException e, string provider, string secret) => NotReady(
        ErrorStage.Secret,
        provider,
        $"{provider} is not ready: its secret '{secret}' must be {e.Wanted}.");

    public static GatewayError MissingSigner(string provider, string signer) => NotReady(
        ErrorStage.Encode,
        provider,
        $"{provider} is not ready: the gateway was built without its signer '{signer}'.");

    public static GatewayError MissingTokenSource(string provider, string source) => NotReady(
        ErrorStage.Secret,
        provider,
        $"{provider} is not ready: the gateway was built without its source of tokens '{source}'.");

    /// <param name="what">What is wrong with what the gateway has for it, as the end of a sentence.</param>
    public static GatewayError UnusableCredential(string provider, string what) => NotReady(
        ErrorStage.Secret,
        provider,
        $"{provider} is not ready: its secret {what}.");

    public static GatewayError IllegalHeader(IllegalHeaderException e, string provider) => NotReady(
        ErrorStage.Encode,
        provider,
        $"{provider} is not ready: its header '{e.Name}' holds a character that no header may hold.");

    public static GatewayError SecretUnavailable(string provider) => Create(
        ErrorStage.Secret,
        ErrorKind.Internal,
        503,
        "secret_unavailable",
        provider,
        $"The key for {provider} cannot be had at the moment. Try again shortly; the log says why.");

    /// <summary>
    /// The provider refused the installation's key, which the client neither sent nor can mend. The provider's words
    /// are left out: they are about that key, and some quote a part of it.
    /// </summary>
    public static GatewayError KeyRefused(string provider) => Create(
        ErrorStage.Secret,
        ErrorKind.Upstream,
        502,
        "provider_key_refused",
        provider,
        $"{provider} refused the key that the gateway has for it. Your own key is fine; whoever runs the gateway "
        + "must renew the provider's.") with
    {
        Retryable = false,
    };

    /// <summary>A key that was brought goes to the provider it was brought for, and to no other of the route.</summary>
    public static GatewayError ForeignKey(string provider) => Create(
        ErrorStage.Secret,
        ErrorKind.Authentication,
        401,
        "invalid_api_key",
        provider,
        $"The key sent is not for {provider}. Send one of its keys, or ask for another model.") with
    {
        Retryable = false,
    };

    public static GatewayError Connection(UpstreamException e, string provider) => e.Failure switch
    {
        UpstreamFailure.ConnectTimeout => Create(
            ErrorStage.Connect,
            ErrorKind.Timeout,
            504,
            "connect_timeout",
            provider,
            $"{provider} took too long to connect to."),
        UpstreamFailure.Connect => Create(
            ErrorStage.Connect,
            ErrorKind.Upstream,
            502,
            "connect_failed",
            provider,
            $"{provider} could not be reached."),
        _ => Broken(e, provider) with { Stage = ErrorStage.FirstByte },
    };

    public static GatewayError Broken(Exception e, string provider) =>
        e switch
        {
            FrameTooLargeException => GatewayError.BadUpstream(e.Message, ErrorStage.Stream) with { Retryable = false },
            MalformedFrameException => GatewayError.BadUpstream(e.Message, ErrorStage.Stream),
            _ => GatewayError.BadUpstream(
                $"{provider} broke off before its answer was complete.", ErrorStage.Stream),
        } with
        {
            Provider = provider,
        };

    /// <summary>Whoever runs the gateway has something to set first.</summary>
    private static GatewayError NotReady(ErrorStage stage, string provider, string message) =>
        Create(stage, ErrorKind.Internal, 503, "provider_not_configured", provider, message) with { Lasts = true };

    private static GatewayError Create(
        ErrorStage stage, ErrorKind kind, int status, string code, string provider, string message) =>
        new(stage, kind, status, message) { Code = code, Provider = provider, Retryable = true };
}
