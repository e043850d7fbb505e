namespace Lightport.Tests.Laws.Reading;

/// <summary>One answer of several.</summary>
/// <param name="Finish">One of chat's four words.</param>
/// <param name="Parts">Thinking, text and calls in their order; pieces of a kind that follow each other are one.</param>
/// <param name="States">What the provider wants back with the thinking, in order.</param>
/// <param name="CallStates">What it wants back with calls.</param>
internal sealed record ToldChoice(
    int Index,
    string Finish,
    IReadOnlyList<ToldPart> Parts,
    IReadOnlyList<string> States,
    IReadOnlyList<string> CallStates,
    IReadOnlyList<ToldCitation> Citations)
{
    public IEnumerable<string> Lines =>
    [
        $"choice {Index}: {Finish}",
        .. Parts.Select(part => part.ToString()),
        .. States.Select(state => "state " + state),
        .. CallStates.Select(state => "call-state " + state),
        .. Citations.Select(citation => citation.ToString()),
    ];
}
