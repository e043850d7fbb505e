namespace Lightport.Storage;

/// <summary>What became of a request, as a store keeps it.</summary>
/// <param name="Json">A JSON object on one line.</param>
public sealed record StoredReceipt(RequestId Id, string Json);
