using System.IO.Compression;
using Lightport.Conversation;
using Lightport.Transport;
using Lightport.Transport.Body;
using Microsoft.AspNetCore.Http;

namespace Lightport.Admission;

/// <summary>
/// Unpacks a request's body, up to a limit and to a multiple of its packed length: a few bytes that unpack to a hundred
/// megabytes would have the gateway work for whoever sent them.
/// </summary>
internal static class GzipBody
{
    /// <summary>How many times its length a body may unpack to. A conversation as JSON comes to five or ten.</summary>
    private const int MostTimes = 100;

    /// <summary>What any body may unpack to, and the most that one of unknown length may, in bytes.</summary>
    private const int Always = 1024 * 1024;

    /// <returns>The unpacked bytes; null where they are more than <paramref name="maxBytes"/>.</returns>
    /// <exception cref="GatewayException">They are too many for what they came in.</exception>
    /// <exception cref="InvalidDataException">It is no gzip, or broken.</exception>
    /// <exception cref="BodyBudgetException">There is no memory for it just now.</exception>
    public static async ValueTask<PooledBuffer?> ReadAsync(
        HttpRequest request, int maxBytes, BodyBudget budget, CancellationToken cancellationToken)
    {
        long allowed = Math.Max(Always, (request.ContentLength ?? 0) * MostTimes);
        var unpacked = new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true);
        await using (unpacked.ConfigureAwait(false))
        {
            PooledBuffer? body = await BodyReader
                .ReadAsync(unpacked, null, (int)Math.Min(maxBytes, allowed), budget, cancellationToken)
                .ConfigureAwait(false);
            return body is null && allowed < maxBytes ? throw new GatewayException(BodyErrors.UnpacksTooFar) : body;
        }
    }
}
