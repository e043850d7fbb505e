namespace Lightport.Enrichment.Sources;

/// <summary>Words that stand in the configuration itself: its author's own, and so no data.</summary>
internal sealed record TextSource(string Name, string Text) : ContextSource(Name)
{
    public override bool IsForeign => false;
}
