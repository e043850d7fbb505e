namespace Lightport.Configuration;

/// <summary>There is no configuration to start with; the message is for the person who starts the gateway.</summary>
public sealed class ConfigurationException(string message) : Exception(message)
{
    internal ConfigurationException(IEnumerable<ConfigurationError> errors)
        : this(string.Join('\n', errors))
    {
    }
}
