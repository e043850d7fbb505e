using Lightport.Transport;

namespace Lightport.Tests.Transport;

/// <summary>A source whose every fetch waits for the test to answer it.</summary>
internal sealed class ScriptedSecretSource : ISecretSource
{
    public List<TaskCompletionSource<string?>> Fetches { get; } = [];

    public List<string> Invalidated { get; } = [];

    public ValueTask<string?> GetAsync(string name, CancellationToken cancellationToken)
    {
        var fetch = new TaskCompletionSource<string?>();
        Fetches.Add(fetch);
        return new(fetch.Task);
    }

    public void Invalidate(string name) => Invalidated.Add(name);
}
