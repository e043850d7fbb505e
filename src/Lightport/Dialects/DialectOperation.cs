using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// One operation as one dialect says it, in up to three parts. A dialect's own folder makes it; the registry finds it.
/// </summary>
/// <param name="Dialect">The dialect's id, as catalog files and logs write it.</param>
/// <param name="Operation">What is asked for.</param>
public sealed record DialectOperation(string Dialect, Operation Operation)
{
    /// <summary>How a provider's file calls the endpoint where it hears this.</summary>
    public string Endpoint { get; init; } = Dialect;

    /// <summary>
    /// The dialect whose requests and answers these are, where only what stands around them is another's (Claude on a
    /// cloud): clients of that one pass here too.
    /// </summary>
    public string Says { get; init; } = Dialect;

    /// <summary>
    /// The formats of state that it takes back, of <see cref="StateFormats"/>; chat's depend on what its server knows.
    /// </summary>
    public IReadOnlyList<string> Reads { get; init; } = [];

    /// <summary>Clients may say it; null where only providers hear it.</summary>
    public IServed? Served { get; init; }

    /// <summary>Providers may be told it out of a conversation; null where it only passes.</summary>
    public ISpoken? Spoken { get; init; }

    /// <summary>Bytes pass where client and provider both speak it; null where they never do.</summary>
    public IPassed? Passed { get; init; }
}
