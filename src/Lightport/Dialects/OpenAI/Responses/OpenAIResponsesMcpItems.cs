using System.Diagnostics.CodeAnalysis;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Items of tools that the gateway runs: their types, and their ids, which hold what no field does. An id ends like
/// every item's, in the answer that it stands in, so that a client may name it alone.
/// </summary>
internal static class OpenAIResponsesMcpItems
{
    public const string Call = "mcp_call";
    public const string List = "mcp_list_tools";
    public const string ApprovalRequest = "mcp_approval_request";
    public const string ApprovalResponse = "mcp_approval_response";

    /// <summary>What the id of a list begins with; it needs no seal, for nobody goes by what it says.</summary>
    public const string ListId = "mcpl";

    private const string CallId = "mcp_";
    private const string ApprovalId = "mcpr_";
    private const string AnswerMark = "_req";

    /// <param name="place">What ends the id: the answer, and the item's place in it.</param>
    public static string IdOf(McpCallPart call, IdSeal seal, string place) =>
        Of(call.Round, call.Made, call.CallId, call.Name).SealCall(seal, CallId, call.Server, call.Name) + place;

    /// <param name="now">When it is asked.</param>
    public static string IdOf(McpApprovalRequestPart asked, IdSeal seal, string place, DateTimeOffset now) =>
        (Of(asked.Round, asked.Made, asked.ApprovalId, asked.Name) with { AskedAt = now })
            .SealApproval(seal, ApprovalId, asked.Server, asked.Name, asked.Arguments, place);

    /// <summary>Whether an id claims to be the gateway's, of a call or of a question.</summary>
    public static bool IsOwn(string id) =>
        SealedCallText.IsMarked(id, CallId) || SealedCallText.IsMarked(id, ApprovalId);

    public static bool TryOpenCall(
        IdSeal seal, string id, string server, string tool, [NotNullWhen(true)] out SealedCall? call) =>
        SealedCall.TryOpenCall(seal, WithoutPlace(id), CallId, server, tool, out call);

    public static bool TryOpenApproval(
        IdSeal seal,
        string id,
        string server,
        string tool,
        string arguments,
        [NotNullWhen(true)] out SealedCall? call) =>
        SealedCall.TryOpenApproval(
            seal, id, ApprovalId, server, tool, arguments, id[WithoutPlace(id).Length..], out call);

    private static SealedCall Of(int round, ToolCallPart? made, string callId, string name) =>
        new(round, made?.CallId ?? callId, made?.Name ?? name);

    private static string WithoutPlace(string id) =>
        id.LastIndexOf(AnswerMark, StringComparison.Ordinal) is > 0 and var end ? id[..end] : id;
}
