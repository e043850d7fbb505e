using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// Names the maker of what an answer's provider wants back, so that a later request can go to whoever can read it.
/// </summary>
/// <param name="Account">The provider's name in the configuration.</param>
/// <param name="Model">The model as the provider names it.</param>
internal sealed record StateMaker(string Account, string Model)
{
    /// <summary>The answer, its states named; a changed copy only where it brings one.</summary>
    public ChatResponse Sign(ChatResponse response) => !HasStates(response) ? response : response with
    {
        Choices = [.. response.Choices.Select(choice => choice with { Parts = [.. choice.Parts.Select(Sign)] })],
    };

    /// <summary>The event; a changed copy only where it brings a state.</summary>
    public StreamEvent Sign(StreamEvent streamEvent) => streamEvent switch
    {
        StreamEvent.PartStart { Part.State: not null } start => start with { Part = Sign(start.Part) },
        StreamEvent.PartEnd { State: { } state } end => end with { State = Sign(state) },
        _ => streamEvent,
    };

    private static bool HasStates(ChatResponse response)
    {
        for (int i = 0; i < response.Choices.Count; i++)
        {
            if (response.Choices[i].Parts.Has(static part => part.State is not null))
            {
                return true;
            }
        }

        return false;
    }

    private ContentPart Sign(ContentPart part) => part.State is { } state ? part with { State = Sign(state) } : part;

    private OpaqueState Sign(OpaqueState state) => state with { Account = Account, Model = Model };
}
