namespace Lightport.Tests.Prefix;

/// <summary>Holds each of a conversation's requests to the one before it, and gathers what is broken by its cause.</summary>
internal sealed class PrefixWatch(Folding folding)
{
    private readonly Dictionary<string, List<string>> _broken = [];

    public int Pairs { get; private set; }

    public bool Holds => _broken.Count == 0;

    /// <summary>Breaches by their cause, with the first few of each.</summary>
    public string Report => string.Join("\n\n", _broken.OrderByDescending(cause => cause.Value.Count)
        .Select(cause => $"{cause.Value.Count} × {cause.Key}\n{string.Join('\n', cause.Value.Take(3))}"));

    /// <param name="bodies">What the provider was sent, the shortest first.</param>
    public void Compare(string name, IReadOnlyList<string> bodies)
    {
        Sent[] sent = [.. bodies.Select(Sent.Of)];
        for (int i = 1; i < sent.Length; i++)
        {
            Pairs++;
            if (PrefixLaw.Broken(sent[i - 1], sent[i], folding) is { } breach)
            {
                string[] parts = breach.Split('\n', 2);
                _broken.TryAdd(parts[0], []);
                _broken[parts[0]].Add($"{name}, request {i}:\n{parts[1]}");
            }
        }
    }
}
