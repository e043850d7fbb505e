namespace Lightport.Transport.Tokens.Google;

/// <summary>What Google's token endpoint gives a token for.</summary>
internal interface IGoogleGrant
{
    /// <summary>Where it is asked for.</summary>
    Uri TokenAddress { get; }

    /// <summary>The form that asks for it.</summary>
    /// <exception cref="CredentialException">The credential is not sound.</exception>
    IReadOnlyList<KeyValuePair<string, string>> Form(string scope, DateTimeOffset now);
}
