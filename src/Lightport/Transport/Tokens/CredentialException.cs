namespace Lightport.Transport.Tokens;

/// <summary>A credential that no token will come of until somebody changes it.</summary>
/// <param name="message">What is wrong with it, as the end of a sentence; holds nothing of its value.</param>
public sealed class CredentialException(string message) : Exception(message);
