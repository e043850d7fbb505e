using Lightport.Conversation;

namespace Lightport.Enrichment.Memory;

/// <summary>A call that a client has approved, as it is kept: begun, or with what came of it.</summary>
/// <param name="Until">When it has ended at the latest, or whoever ran it has.</param>
/// <param name="Result">Null while nothing has come of it.</param>
internal sealed record ApprovedRun(DateTimeOffset Until, ToolResultPart? Result)
{
    /// <summary>It has ended, and what came of it is kept elsewhere, where it may have to give way.</summary>
    public bool IsApart { get; init; }
}
