namespace Lightport.Configuration;

/// <summary>
/// The host's last word on a configuration, wherever it comes from. The host gives it once it knows where it listens,
/// so that no reload, apply or roll-back can open a public address to everyone.
/// </summary>
public sealed class ConfigurationGuard
{
    /// <summary>A reason to refuse a configuration, or null.</summary>
    public Func<GatewayConfiguration, string?> Refusal { get; set; } = _ => null;
}
