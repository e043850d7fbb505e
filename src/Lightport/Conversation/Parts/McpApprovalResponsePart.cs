namespace Lightport.Conversation;

/// <summary>The client's answer to a <see cref="McpApprovalRequestPart"/>.</summary>
/// <param name="ApprovalId">The question's id.</param>
/// <param name="Approved">The tool may be called.</param>
public sealed record McpApprovalResponsePart(string ApprovalId, bool Approved) : ContentPart
{
    /// <summary>Why, in the client's words; null where it says nothing.</summary>
    public string? Reason { get; init; }
}
