namespace Lightport.Limits.Leases;

/// <summary>Waits for the store, and not for ever.</summary>
internal static class Patience
{
    /// <summary>Until the talk has ended or the time is up, which whoever waits sees by the clock.</summary>
    public static async ValueTask EndsAsync(
        Task talk, TimeSpan within, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await talk.WaitAsync(within, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The talk goes on for those who come later.
        }
    }
}
