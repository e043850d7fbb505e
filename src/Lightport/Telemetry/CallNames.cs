using System.Collections.Concurrent;

namespace Lightport.Telemetry;

/// <summary>
/// How spans of calls begin: their name, and the attributes that a sampler may decide by. Kept for the models that are
/// called again and again; clients can invent names, so that there is an end to it.
/// </summary>
internal sealed class CallNames
{
    private readonly ConcurrentDictionary<(string Operation, string Provider, string Model), CallName> _known = new();
    private int _room = 500;

    /// <param name="operation">The conventions' word for it.</param>
    /// <param name="providerId">The provider's id in the catalog.</param>
    /// <param name="model">The model's name at the provider.</param>
    public CallName Of(string operation, string providerId, string model)
    {
        if (_known.TryGetValue((operation, providerId, model), out CallName? name))
        {
            return name;
        }

        name = new CallName(
            $"{operation} {model}",
            [
                new(TelemetryNames.OperationName, operation),
                new(TelemetryNames.ProviderName, TelemetryNames.ProviderOf(providerId)),
                new(TelemetryNames.RequestModel, model),
            ]);
        if (Volatile.Read(ref _room) > 0 && Interlocked.Decrement(ref _room) >= 0)
        {
            _known.TryAdd((operation, providerId, model), name);
        }

        return name;
    }
}
