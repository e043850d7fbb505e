using Lightport.Transport;

namespace Lightport.Tests.Exchanges;

/// <summary>Every secret's value is its name with "value-of-" before it, unless the test says otherwise.</summary>
internal sealed class TestSecrets : ISecretSource
{
    public HashSet<string> Missing { get; } = [];

    public HashSet<string> Unavailable { get; } = [];

    public Dictionary<string, string> Values { get; } = [];

    public List<string> Invalidated { get; } = [];

    public ValueTask<string?> GetAsync(string name, CancellationToken cancellationToken) =>
        Unavailable.Contains(name) ? throw new SecretUnavailableException("the vault is away, says canary-vault")
            : new(Missing.Contains(name) ? null : Values.GetValueOrDefault(name, "value-of-" + name));

    public void Invalidate(string name) => Invalidated.Add(name);
}
