namespace Lightport.Providers;

/// <summary>An address cannot be made: a setting is missing, or a value has no place in an address.</summary>
/// <param name="placeholder">The setting at fault, or <c>model</c>.</param>
/// <param name="message">What is wrong, without the value.</param>
internal sealed class EndpointTemplateException(string placeholder, string message) : Exception(message)
{
    /// <summary>The setting at fault, or <c>model</c> where the client's model cannot be carried.</summary>
    public string Placeholder { get; } = placeholder;
}
