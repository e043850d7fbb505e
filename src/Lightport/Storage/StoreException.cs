namespace Lightport.Storage;

/// <summary>A store failed. The message says what and what to do, and quotes nothing that the store holds.</summary>
public sealed class StoreException(StoreFailure failure, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public StoreFailure Failure { get; } = failure;
}
