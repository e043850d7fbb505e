namespace Lightport.Admission.Identity;

/// <summary>An issuer answered with something that says nothing of its keys.</summary>
internal sealed class IssuerUnreadableException(string message) : Exception(message);
