using System.Diagnostics.CodeAnalysis;

namespace Lightport.Configuration;

/// <summary>Either a configuration or all that is wrong with its text.</summary>
public sealed class ConfigurationResult
{
    internal ConfigurationResult(GatewayConfiguration configuration) => (Configuration, Errors) = (configuration, []);

    internal ConfigurationResult(IReadOnlyList<ConfigurationError> errors) => Errors = errors;

    public GatewayConfiguration? Configuration { get; }

    /// <summary>In the order of the document.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; }

    [MemberNotNullWhen(true, nameof(Configuration))]
    public bool Valid => Configuration is not null;
}
