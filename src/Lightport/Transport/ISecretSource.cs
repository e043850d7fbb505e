namespace Lightport.Transport;

/// <summary>Where providers' keys come from. Values never appear in logs or errors.</summary>
public interface ISecretSource
{
    /// <summary>The secret's value, or null where there is none of that name.</summary>
    /// <exception cref="SecretUnavailableException">The source cannot be asked just now, or will not say.</exception>
    ValueTask<string?> GetAsync(string name, CancellationToken cancellationToken);

    /// <summary>The provider refused this value: the next call must not answer from a cache.</summary>
    void Invalidate(string name);
}
