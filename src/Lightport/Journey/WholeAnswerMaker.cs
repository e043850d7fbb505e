using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Passthrough;
using Lightport.Transport.Body;

namespace Lightport.Journey;

/// <summary>Turns a provider's whole body into the client's, and notes what it says of usage.</summary>
internal static class WholeAnswerMaker
{
    private const string Json = "application/json";

    /// <param name="body">The provider's body, which the answer takes over.</param>
    /// <exception cref="GatewayException">It is no answer, or an error in spite of its status.</exception>
    public static WholeAnswer Make(
        Exchange exchange,
        DialectRegistry dialects,
        ComposedCall call,
        PooledBuffer body,
        IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        if (call.Passthrough is { } passthrough && !exchange.Stream)
        {
            PassthroughBody passed = passthrough.ReadBody(
                Utf8Text.Mend(body.Written), call.PassthroughOptions!);
            if (passed.Error is { } error)
            {
                throw new GatewayException(error);
            }

            (exchange.Usage, exchange.Finish, exchange.ResponseId) = (passed.Usage, passed.Finish, passed.Id);
            return new WholeAnswer(passed.Body, Json, body) { Headers = headers };
        }

        IDialect spoken = call.Spoken ?? dialects.Spoken(call.Passthrough!.Dialect);
        ResponseContext context = call.Response ?? call.PassthroughOptions!.Response;
        ChatResponse response = spoken.DecodeResponse(body.Written);
        if (response.Usage is null)
        {
            response = response with { Usage = UsageEstimator.Estimate(response, context.EstimatedPromptTokens) };
        }

        (exchange.Usage, exchange.ResponseId) = (response.Usage, response.Id);
        exchange.Finish = response.Choices is [var first, ..] ? first.Finish.Reason : null;
        var output = new PooledBuffer(body.Length + 1024);
        string mediaType = exchange.Stream
            ? WriteAsStream(exchange.Served, response, context, output)
            : WriteWhole(exchange.Served, response, context, output);
        return new WholeAnswer(output.Written, mediaType, body, output) { Headers = headers };
    }

    private static string WriteWhole(
        IServedDialect served, ChatResponse response, ResponseContext context, PooledBuffer output)
    {
        served.EncodeResponse(response, context, output);
        return Json;
    }

    /// <summary>The client asked for a stream and the provider gave none: its answer is told in one go.</summary>
    private static string WriteAsStream(
        IServedDialect served, ChatResponse response, ResponseContext context, PooledBuffer output)
    {
        IStreamEncoder encoder = served.CreateStreamEncoder(context);
        foreach (StreamEvent streamEvent in ResponseReplay.Events(response))
        {
            encoder.Encode(streamEvent, output);
        }

        encoder.Complete(output);
        return "text/event-stream";
    }
}
