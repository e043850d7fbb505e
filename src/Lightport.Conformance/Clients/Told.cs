using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Facts;

namespace Lightport.Conformance.Clients;

/// <summary>What an answer tells a client.</summary>
/// <param name="Facts">All that is said, texts of a kind joined.</param>
/// <param name="Calls">The calls, with what the client must know of them to answer.</param>
/// <param name="Finish">Why it ended, one of the words below; null where it does not say.</param>
/// <param name="Usage">The tokens; null where none are told.</param>
internal sealed record Told(
    IReadOnlyList<Fact> Facts, IReadOnlyList<ToldCall> Calls, string? Finish, Usage? Usage)
{
    public const string Stop = "stop";
    public const string CallsMade = "calls";
    public const string Length = "length";
    public const string Filter = "filter";

    /// <summary>By its length or by a filter: the dialect has one word for both.</summary>
    public const string CutShort = "cut short";

    /// <summary>
    /// The subjects of its parts as they follow each other; null where the dialect has a field for each, and no order.
    /// </summary>
    public IReadOnlyList<string>? Order { get; init; }

    /// <summary>Parts in a row that are of one subject are one; those that say nothing are none.</summary>
    public static IReadOnlyList<string> OrderOf(IEnumerable<string?> subjects)
    {
        var order = new List<string>();
        foreach (string subject in subjects.OfType<string>())
        {
            if (order.Count == 0 || order[^1] != subject)
            {
                order.Add(subject);
            }
        }

        return order;
    }
}

/// <summary>A call as the client got it.</summary>
internal sealed record ToldCall(string Id, string Name, JsonObject Arguments);
