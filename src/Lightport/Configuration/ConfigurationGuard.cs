namespace Lightport.Configuration;

/// <summary>
/// The host's last word on a configuration, wherever it comes from. The host gives it once it knows where it listens,
/// so that no reload, apply or roll-back can open a public address to everyone.
/// </summary>
public sealed class ConfigurationGuard
{
    private readonly Lock _adding = new();
    private volatile Func<GatewayConfiguration, string?>[] _refusals = [];

    /// <summary>From now on a configuration must pass this too.</summary>
    /// <param name="refusal">A reason to refuse a configuration, or null.</param>
    public void Require(Func<GatewayConfiguration, string?> refusal)
    {
        lock (_adding)
        {
            _refusals = [.. _refusals, refusal];
        }
    }

    /// <summary>The first reason to refuse a configuration, or null.</summary>
    public string? Refusal(GatewayConfiguration configuration)
    {
        foreach (Func<GatewayConfiguration, string?> refusal in _refusals)
        {
            if (refusal(configuration) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }
}
