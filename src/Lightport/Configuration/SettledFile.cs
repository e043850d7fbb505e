using Microsoft.Extensions.Primitives;

namespace Lightport.Configuration;

/// <summary>
/// Follows a file, and tells what is in it once it has settled: once two readings, some time apart, are the same. A
/// person's editor may empty a file before it fills it, or save in two writes, and half a configuration can be valid.
/// </summary>
internal sealed class SettledFile : IDisposable
{
    /// <summary>Longer than a pause inside one saving, and than file systems' coarsest time stamps.</summary>
    internal static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    private readonly Lock _looking = new();
    private readonly ConfigurationFile _file;
    private readonly Action<FileReading> _settled;
    private readonly ITimer _timer;
    private readonly IDisposable _watch;
    private FileReading _seen;

    /// <param name="settled">Is given each outcome that held; also one that was given before.</param>
    public SettledFile(ConfigurationFile file, TimeProvider clock, Action<FileReading> settled)
    {
        (_file, _settled) = (file, settled);
        _timer = clock.CreateTimer(
            static file => ((SettledFile)file!).LookAgain(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _watch = ChangeToken.OnChange(file.Watch, Look);

        // What changed between the first reading and the watch would else wait for the next change.
        Look();
    }

    public void Dispose()
    {
        _watch.Dispose();
        _timer.Dispose();
    }

    private void Look()
    {
        lock (_looking)
        {
            _seen = _file.TryRead();
            LookAgainLater();
        }
    }

    private void LookAgain()
    {
        FileReading now;
        lock (_looking)
        {
            now = _file.TryRead();
            if (now != _seen)
            {
                _seen = now;
                LookAgainLater();
                return;
            }
        }

        _settled(now);
    }

    private void LookAgainLater() => _timer.Change(Quiet, Timeout.InfiniteTimeSpan);
}
