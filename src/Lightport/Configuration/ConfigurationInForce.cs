using Microsoft.Extensions.Logging;

namespace Lightport.Configuration;

/// <summary>The last good configuration, and what is wrong with the one that came after it.</summary>
internal sealed class ConfigurationInForce(ILogger logger)
{
    /// <summary>Ten thousand bad rows are one mistake; the log and the health door tell its beginning.</summary>
    private const int LongestError = 4_000;

    private volatile GatewayConfiguration? _current;
    private volatile string? _lastError;
    private string? _reservation;

    public GatewayConfiguration? Current => _current;

    public string? LastError => _lastError;

    /// <param name="reservation">What is wrong with it and does not keep it from serving; null for nothing.</param>
    public void Put(GatewayConfiguration configuration, string? reservation = null)
    {
        _current = configuration;
        logger.InForce(configuration.Routing.Version, configuration.Source);
        foreach (string warning in configuration.Warnings)
        {
            logger.Doubtful(warning);
        }

        _reservation = reservation;
        Confirm();
    }

    /// <summary>Keeps the last good one, and says why; a reason that was said already is not said again.</summary>
    public void Refuse(string reasons)
    {
        reasons = reasons.Length <= LongestError ? reasons : $"{reasons[..LongestError]}… and more";
        if (_lastError != reasons)
        {
            _lastError = reasons;
            logger.Refused(_current?.Routing.Version ?? "none", reasons);
        }
    }

    /// <summary>What is in force is the newest there is.</summary>
    public void Confirm()
    {
        if (_reservation is not null)
        {
            Refuse(_reservation);
        }
        else if (_lastError is not null)
        {
            _lastError = null;
            logger.Recovered(_current?.Routing.Version ?? "none");
        }
    }
}
