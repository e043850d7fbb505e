using Lightport.Transport.Tokens;

namespace Lightport.Tests.Transport.Tokens;

/// <summary>A source whose every exchange waits for the test to answer it.</summary>
internal sealed class ScriptedTokenSource : ITokenSource
{
    public List<(string? Credential, string Scope, TaskCompletionSource<ProviderToken> Answer)> Asked { get; } = [];

    public ValueTask<ProviderToken> GetAsync(string? credential, string scope, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<ProviderToken>();
        Asked.Add((credential, scope, answer));
        return new(answer.Task);
    }
}
