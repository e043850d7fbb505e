using System.Buffers;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Routing;
using Lightport.Transport.Body;
using Microsoft.AspNetCore.Http;

namespace Lightport.Exchanges;

/// <summary>Gives the client its answer: whole, as a stream, or as an error in its own dialect.</summary>
internal static class AnswerWriter
{
    /// <summary>
    /// What is handed to the host at once, in bytes. It copies what it is given, and keeps the copy's memory, so a long
    /// body goes at the client's pace.
    /// </summary>
    private const int SliceBytes = 64 * 1024;

    public static async ValueTask WriteAsync(Exchange exchange, WholeAnswer answer)
    {
        HttpResponse response = exchange.Context.Response;
        response.ContentType = answer.MediaType;
        response.ContentLength = answer.Body.Length;
        ResponseHeaders.Write(exchange, answer.Headers);
        exchange.MarkFirstByte();
        ReadOnlyMemory<byte> rest = answer.Body;
        do
        {
            ReadOnlyMemory<byte> slice = NextSlice(ref rest);
            await response.BodyWriter.WriteAsync(slice, exchange.Aborted).ConfigureAwait(false);
        }
        while (!rest.IsEmpty);
    }

    /// <summary>A whole answer to a client whose stream has begun already, or is about to.</summary>
    public static async ValueTask WriteAsync(Exchange exchange, ClientStream client, WholeAnswer answer)
    {
        await client.LockAsync(exchange.Aborted).ConfigureAwait(false);
        try
        {
            client.Start(answer.Headers);
            ReadOnlyMemory<byte> rest = answer.Body;
            do
            {
                client.Output.Write(NextSlice(ref rest).Span);
                await client.FlushAsync(exchange.Aborted).ConfigureAwait(false);
            }
            while (!rest.IsEmpty);
        }
        finally
        {
            client.Unlock();
        }
    }

    public static async ValueTask WriteAsync(
        Exchange exchange, ClientStream client, StreamAnswer answer, RequestDeadline deadline)
    {
        GatewayError? failure = null;
        try
        {
            await BeginAsync(client, answer).ConfigureAwait(false);
            await answer.Pump.RunAsync(client).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!exchange.Aborted.IsCancellationRequested)
        {
            failure = answer.Clock.TimeoutError(exchange.Target!.Provider.Name) ?? deadline.Error;
        }
        catch (IOException e) when (!exchange.Aborted.IsCancellationRequested)
        {
            failure = AttemptErrors.Broken(e, exchange.Target!.Provider.Name);
        }
        finally
        {
            TakeFacts(exchange, answer.Pump.Relay);
        }

        await EndAsync(exchange, client, answer, failure).ConfigureAwait(false);

        // Again: a finish that the provider never told is made up for only at the end.
        TakeFacts(exchange, answer.Pump.Relay);
    }

    /// <summary>
    /// An error before anything else was sent: a real status, and a body that the client's SDK understands.
    /// </summary>
    public static async ValueTask WriteErrorAsync(Exchange exchange, GatewayError error)
    {
        exchange.Error = error;
        using var body = new PooledBuffer(1024);
        exchange.Served.EncodeError(error, exchange.RequestId, body);
        HttpResponse response = exchange.Context.Response;
        response.StatusCode = error.Status;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        ResponseHeaders.Write(exchange, error.Headers);
        exchange.MarkFirstByte();
        await response.BodyWriter.WriteAsync(body.Written, exchange.Aborted).ConfigureAwait(false);
    }

    /// <summary>An error instead of a stream; inside it where a keep-alive has sent the status already.</summary>
    public static async ValueTask WriteErrorAsync(Exchange exchange, ClientStream client, GatewayError error)
    {
        exchange.Error = error;
        await client.LockAsync(exchange.Aborted).ConfigureAwait(false);
        try
        {
            if (!client.Started)
            {
                await WriteErrorAsync(exchange, error).ConfigureAwait(false);
                return;
            }

            IStreamEncoder encoder = exchange.Served.CreateStreamEncoder(exchange.ResponseContext(includeUsage: false));
            encoder.Encode(new StreamEvent.Failed(error), client.Output);
            encoder.Complete(client.Output);
            exchange.StreamBroke = true;
            await client.FlushAsync(exchange.Aborted).ConfigureAwait(false);
        }
        finally
        {
            client.Unlock();
        }
    }

    private static ReadOnlyMemory<byte> NextSlice(ref ReadOnlyMemory<byte> rest)
    {
        ReadOnlyMemory<byte> slice = rest[..Math.Min(SliceBytes, rest.Length)];
        rest = rest[slice.Length..];
        return slice;
    }

    private static void TakeFacts(Exchange exchange, IAnswerRelay relay) =>
        (exchange.Usage, exchange.Finish, exchange.ResponseId) =
        (relay.SettledUsage, relay.Finish, relay.ResponseId);

    /// <summary>Sent with what the pump still holds, in one flush.</summary>
    private static async ValueTask BeginAsync(ClientStream client, StreamAnswer answer)
    {
        await client.LockAsync(answer.Clock.Token).ConfigureAwait(false);
        try
        {
            client.Start(answer.Headers);
            client.Output.Write(answer.Pending.Written.Span);
            answer.Pending.Clear();
        }
        finally
        {
            client.Unlock();
        }
    }

    private static async ValueTask EndAsync(
        Exchange exchange, ClientStream client, StreamAnswer answer, GatewayError? failure)
    {
        await client.LockAsync(exchange.Aborted).ConfigureAwait(false);
        try
        {
            answer.Pump.Finish(client.Output, failure);
            exchange.Error = failure ?? Told(answer.Pump.Relay.Error, exchange.Target!);
            exchange.StreamBroke = exchange.Error is not null;
            await client.FlushAsync(exchange.Aborted).ConfigureAwait(false);
        }
        finally
        {
            client.Unlock();
        }
    }

    private static GatewayError? Told(GatewayError? error, Target target) =>
        error is null ? null : error with { Provider = target.Provider.Name };
}
