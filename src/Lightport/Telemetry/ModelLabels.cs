using System.Collections.Concurrent;

namespace Lightport.Telemetry;

/// <summary>
/// The names of models as metrics may have them. Each makes series of its own that last as long as the process, and
/// clients can invent names; so there are those of the configuration, those that some provider has answered to, up to
/// a number, and one for all others.
/// </summary>
/// <param name="isConfigured">Whether the configuration in force has it.</param>
internal sealed class ModelLabels(Func<string, bool> isConfigured)
{
    /// <summary>A provider that answers to any name would else be a way around.</summary>
    internal const int MostAnswered = 500;

    /// <summary>Every other name.</summary>
    public const string Other = "(other)";

    private readonly ConcurrentDictionary<string, bool> _answered = new();
    private int _count;

    /// <param name="answered">A provider has answered to it just now.</param>
    public string Of(string name, bool answered)
    {
        if (_answered.ContainsKey(name) || isConfigured(name))
        {
            return name;
        }

        if (!answered || Volatile.Read(ref _count) >= MostAnswered)
        {
            return Other;
        }

        if (_answered.TryAdd(name, true))
        {
            Interlocked.Increment(ref _count);
        }

        return name;
    }
}
