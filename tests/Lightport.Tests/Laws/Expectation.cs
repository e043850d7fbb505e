using Lightport.Tests.Laws.Reading;

namespace Lightport.Tests.Laws;

/// <summary>What a client must read, given what its provider told: all of it that its dialect has words for.</summary>
internal static class Expectation
{
    public static Told Of(Passage passage, Told provider)
    {
        Told told = passage.Same ? provider : new Told(
            [
                .. (passage.Client.TellsAllChoices ? provider.Choices : provider.Choices.Take(1))
                    .Select(choice => passage.Client.Expected(choice, passage.Stream)),
            ],
            provider.Usage is { } usage ? passage.Client.Expected(usage) : null);
        bool unasked = passage is { Stream: true, IncludeUsage: false, Client.AlwaysTellsUsage: false };
        return unasked ? told with { Usage = null } : told;
    }

    /// <summary>The client's answer without what nothing can be held against.</summary>
    public static Told Judged(Passage passage, Told expected, Told client) => client with
    {
        // Where the provider told none, the client may get an estimate.
        Usage = expected.Usage is null ? null : client.Usage,
        Choices = [.. client.Choices.Select((choice, place) => place < expected.Choices.Count
            ? Judged(expected.Choices[place], passage.Same ? choice : Common(choice))
            : choice)],
    };

    private static ToldChoice Judged(ToldChoice expected, ToldChoice client) => client with
    {
        // An id that the provider left out is made; a span that no wire told cannot be wrong.
        Parts = [.. client.Parts.Select((part, place) =>
            place < expected.Parts.Count && expected.Parts[place].Id is null && part.Id is not null
                ? part with { Id = null }
                : part)],
        Citations = [.. client.Citations.Select((citation, place) =>
            place < expected.Citations.Count && expected.Citations[place].Span is null
                ? citation with { Span = null }
                : citation)],
    };

    /// <summary>Pictures and sounds have a place in some dialects and none in others: what all have is compared.</summary>
    private static ToldChoice Common(ToldChoice choice) =>
        choice with { Parts = ToldPart.Join(choice.Parts.Where(part => part.IsCommon)) };
}
