namespace Lightport.Conversation;

/// <summary>
/// What a client asks of a model, whatever the operation. A record, so that a step on the way hands on a changed copy
/// and leaves the original for the next attempt.
/// </summary>
public abstract record ModelRequest
{
    /// <summary>The model's name as the client gave it.</summary>
    public required string Model { get; init; }

    /// <summary>The served dialect that the request came in.</summary>
    public required string Dialect { get; init; }

    public bool Stream { get; init; }
}
