namespace Lightport.Bench.Runner.Contenders;

/// <summary>A start line.</summary>
internal sealed record Launch(string File, params string[] Arguments)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
