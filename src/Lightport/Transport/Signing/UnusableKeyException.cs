namespace Lightport.Transport.Signing;

/// <summary>A secret is none that its signer can sign with. Its value is not told.</summary>
/// <param name="wanted">What it must be, as the end of a sentence.</param>
public sealed class UnusableKeyException(string wanted) : Exception($"The secret must be {wanted}.")
{
    /// <summary>What it must be, as the end of a sentence.</summary>
    public string Wanted { get; } = wanted;
}
