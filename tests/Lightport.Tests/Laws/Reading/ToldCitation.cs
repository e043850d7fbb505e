namespace Lightport.Tests.Laws.Reading;

/// <param name="Url">Null for a place in a document.</param>
/// <param name="Span">The words of the answer that cite; null where the wire does not say.</param>
internal sealed record ToldCitation(string? Url, string? Title, string? Span)
{
    public override string ToString() => $"citation {Url ?? "-"} {(string.IsNullOrEmpty(Title) ? "-" : Title)} {Span}";
}
