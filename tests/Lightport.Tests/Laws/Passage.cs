using Lightport.Tests.Laws.Clients;

namespace Lightport.Tests.Laws;

/// <summary>One way through the gateway.</summary>
/// <param name="Client">Who asks.</param>
/// <param name="Same">The provider's dialect is the client's.</param>
/// <param name="Exact">The provider is declared to keep its wire to the letter.</param>
/// <param name="Stream">The client asked for a stream.</param>
/// <param name="IncludeUsage">The client asked for usage at the stream's end.</param>
/// <param name="Piece">How many bytes the provider's body comes in at a time.</param>
internal sealed record Passage(ServedClient Client, bool Same, bool Exact, bool Stream, bool IncludeUsage, int Piece)
{
    /// <summary>The provider's bytes are the client's, breaches and all.</summary>
    public bool IsCopy => Same && Exact;
}
