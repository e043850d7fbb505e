using Lightport.Dialects;
using Lightport.Tests.Laws.Reading;

namespace Lightport.Tests.Laws;

/// <summary>What a client must read, given what its provider told: all of it that its dialect has words for.</summary>
internal static class Expectation
{
    public static Told Of(Passage passage, Told provider)
    {
        Told told = passage.Same ? provider : provider with
        {
            // A message is one answer: of several choices the first is told.
            Choices = passage.Client == DialectIds.AnthropicMessages
                ? [.. provider.Choices.Take(1).Select(ForMessages)]
                : [.. provider.Choices.Select(choice => ForChat(choice, passage.Stream))],
        };
        bool unasked = passage is { Stream: true, IncludeUsage: false, Client: not DialectIds.AnthropicMessages };
        return unasked ? told with { Usage = null } : told;
    }

    /// <summary>The client's answer without what nothing can be held against.</summary>
    public static Told Judged(Told expected, Told client) => client with
    {
        // Where the provider told none, the client may get an estimate.
        Usage = expected.Usage is null ? null : client.Usage,
        Choices = [.. client.Choices.Select((choice, place) =>
            place < expected.Choices.Count ? Judged(expected.Choices[place], choice) : choice)],
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

    private static ToldChoice ForMessages(ToldChoice choice)
    {
        bool refused = choice.Parts.Any(part => part.Kind == ToldPart.Refusal);
        return choice with
        {
            Index = 0,
            Finish = refused && choice.Finish == "stop" ? "content_filter" : choice.Finish,
            Parts = ToldPart.Join(choice.Parts.Where(IsCommon).Select(AsText)),

            // A call's state rides in a thinking block before it.
            States = [.. choice.States, .. choice.CallStates],
            CallStates = [],
            Citations = [.. OfPages(choice).Select(citation => citation with { Span = null })],
        };
    }

    private static ToldChoice ForChat(ToldChoice choice, bool stream)
    {
        IEnumerable<ToldPart> parts = choice.Parts.Where(IsCommon);
        return choice with
        {
            // A whole message has one field for each kind.
            Parts = ToldPart.Join(stream ? parts : parts.OrderBy(part => Array.IndexOf(FieldOrder, part.Kind))),
            Citations = [.. OfPages(choice)],
        };
    }

    private static readonly string[] FieldOrder =
        [ToldPart.Thinking, ToldPart.Words, ToldPart.Call, ToldPart.Refusal, ToldPart.Audio];

    private static bool IsCommon(ToldPart part) => FieldOrder.Contains(part.Kind);

    private static ToldPart AsText(ToldPart part) =>
        part.Kind is ToldPart.Refusal or ToldPart.Audio ? part with { Kind = ToldPart.Words } : part;

    private static IEnumerable<ToldCitation> OfPages(ToldChoice choice) =>
        choice.Citations.Where(citation => citation.Url is not null);
}
