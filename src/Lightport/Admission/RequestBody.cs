using Lightport.Conversation;
using Lightport.Transport;
using Lightport.Transport.Body;
using Microsoft.AspNetCore.Http;

namespace Lightport.Admission;

/// <summary>Reads a request's body whole, unpacked where it came as gzip.</summary>
internal static class RequestBody
{
    /// <summary>How long a body of up to <see cref="BodyBudget.LargestSmall"/> may take: 19 KB a second.</summary>
    private static readonly TimeSpan SmallTime = TimeSpan.FromSeconds(60);

    /// <summary>How long any other may take: 340 KB a second for the longest.</summary>
    private static readonly TimeSpan LargeTime = TimeSpan.FromMinutes(5);

    /// <summary>Below this length, in bytes, the server's own least rate is limit enough.</summary>
    private const int Trifle = 16 * 1024;

    /// <param name="maxBytes">The longest body that is read.</param>
    /// <param name="tooLarge">What a longer body is answered with, also when only reading it shows its size.</param>
    /// <param name="budget">Answers for its memory.</param>
    /// <exception cref="GatewayException">It is too long, came too slowly, or not whole.</exception>
    /// <exception cref="BodyBudgetException">There is no memory for it just now.</exception>
    public static async ValueTask<PooledBuffer> ReadAsync(
        HttpRequest request,
        long maxBytes,
        GatewayError tooLarge,
        BodyBudget budget,
        TimeProvider clock,
        CancellationToken aborted)
    {
        long? length = request.ContentLength;
        if (length <= Trifle)
        {
            return await ReadAsync(request, maxBytes, tooLarge, budget, aborted).ConfigureAwait(false);
        }

        TimeSpan time = length <= BodyBudget.LargestSmall ? SmallTime : LargeTime;
        using var late = new CancellationTokenSource(time, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, aborted);
        try
        {
            return await ReadAsync(request, maxBytes, tooLarge, budget, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!aborted.IsCancellationRequested)
        {
            throw new GatewayException(BodyErrors.TooSlow, e);
        }
    }

    private static async ValueTask<PooledBuffer> ReadAsync(
        HttpRequest request,
        long maxBytes,
        GatewayError tooLarge,
        BodyBudget budget,
        CancellationToken cancellationToken)
    {
        try
        {
            PooledBuffer? body = RequestGuard.IsGzip(request)
                ? await GzipBody.ReadAsync(request, (int)maxBytes, budget, cancellationToken)
                    .ConfigureAwait(false)
                : await BodyReader.ReadAsync(
                    request.Body, request.ContentLength, (int)maxBytes, budget, cancellationToken)
                    .ConfigureAwait(false);
            return body ?? throw new GatewayException(tooLarge);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new GatewayException(tooLarge, e);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status408RequestTimeout)
        {
            throw new GatewayException(BodyErrors.TooSlow, e);
        }
        catch (InvalidDataException e)
        {
            throw new GatewayException(BodyErrors.NotGzip, e);
        }
        catch (IOException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (IOException e)
        {
            // Kestrel's own exception for a bad body is one of these, and so is that for a chunk size past all numbers.
            throw new GatewayException(BodyErrors.NotWhole, e);
        }
    }
}
