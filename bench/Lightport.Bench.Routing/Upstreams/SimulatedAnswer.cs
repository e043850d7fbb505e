using Lightport.Bench.Routing.Clock;

namespace Lightport.Bench.Routing.Upstreams;

/// <summary>An answer whose first content has come.</summary>
/// <param name="rest">How long the rest takes.</param>
/// <param name="end">Called when it is over.</param>
internal sealed class SimulatedAnswer(VirtualTime time, TimeSpan rest, Action end) : IDisposable
{
    private bool _over;

    public async Task ReadAsync()
    {
        await Task.Delay(rest, time);
        Dispose();
    }

    /// <summary>Whoever does not read it to its end gives it up.</summary>
    public void Dispose()
    {
        if (!_over)
        {
            _over = true;
            end();
        }
    }
}
