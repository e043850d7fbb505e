namespace Lightport.Transport;

/// <summary>A secret may well exist, but could not be read.</summary>
/// <param name="message">Names the secret and says what to do; holds no value.</param>
/// <param name="inner">What the source reported, where that is known to hold no value.</param>
public sealed class SecretUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
