namespace Lightport.Storage;

/// <summary>An answer that was kept, so that its client can ask for it again or go on from it.</summary>
/// <param name="Owner">Whose it is: for anybody else it does not exist.</param>
/// <param name="Id">The answer's id, as the client was told it.</param>
/// <param name="Input">All that was asked, a JSON array of items.</param>
/// <param name="Response">The answer, a JSON object.</param>
/// <param name="ExpiresAt">From then on it does not exist any more.</param>
public sealed record StoredResponse(
    string Owner, string Id, string Input, string Response, DateTimeOffset ExpiresAt)
    : IExpiring;
