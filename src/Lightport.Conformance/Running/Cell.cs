namespace Lightport.Conformance.Running;

/// <summary>One cell of the matrix.</summary>
/// <param name="Client">The dialect of the client.</param>
/// <param name="Provider">The dialect of the provider; of a session that moves, both.</param>
/// <param name="Case">The case's id.</param>
/// <param name="Title">The case as people read it.</param>
/// <param name="IsStream">Whether answers were streamed.</param>
/// <param name="Verdict">How it came out.</param>
public sealed record Cell(string Client, string Provider, string Case, string Title, bool IsStream, Verdict Verdict)
{
    /// <summary>Whether it is a session that goes from one provider to another.</summary>
    public bool IsMove => Provider.Contains(" → ", StringComparison.Ordinal);

    /// <summary>Whole or streamed, as a word.</summary>
    public string Form => IsStream ? "streamed" : "whole";
}
