namespace Lightport.Conversation;

/// <summary>One of the attempts that a request failed after, as its client is told of it.</summary>
/// <param name="Target">Where it was tried, as <c>provider/model</c>.</param>
/// <param name="Took">How long.</param>
public sealed record FailedAttempt(string Target, ErrorKind Kind, int Status, TimeSpan Took);
