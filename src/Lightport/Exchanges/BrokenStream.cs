namespace Lightport.Exchanges;

/// <summary>
/// The end of a stream that broke. Some clients read over error events (NuGet's OpenAI does) and would take a clean end
/// for the answer's own, so their connection is broken off.
/// </summary>
internal static class BrokenStream
{
    /// <param name="delivery">
    /// What was written must arrive first: a connection that is cut at once loses it on the way.
    /// </param>
    public static async Task BreakOffAsync(Exchange exchange, TimeSpan delivery)
    {
        await Task.Delay(delivery, exchange.Clock, exchange.Aborted)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        exchange.Context.Abort();
    }
}
