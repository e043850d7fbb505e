using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>An item of a kept answer.</summary>
/// <param name="AnswerId">The answer that it stands in.</param>
/// <param name="NotFound">What is told where this client has no such item.</param>
public sealed record KeptItem(string AnswerId, GatewayError NotFound)
{
    /// <summary>The request says enough of it to go on without.</summary>
    public bool MayBeMissing { get; init; }
}
