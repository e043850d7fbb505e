namespace Lightport.Configuration;

/// <summary>Where the configuration comes from: a file, built-in defaults, later a table.</summary>
public interface IGatewayConfigurationSource
{
    /// <summary>The version in force. Read once a request, so that a change never splits one.</summary>
    GatewayConfiguration Current { get; }

    /// <summary>Why a newer version was refused; null while the newest is in force.</summary>
    string? LastError { get; }
}
