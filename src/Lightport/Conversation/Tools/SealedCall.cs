using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Lightport.Conversation;

/// <summary>
/// The id by which a client is told a call of an MCP server's tool, or is asked whether there may be one. It holds what
/// the client's dialect has no field for: the round, and the call's id and name at its provider. Only letters stand in
/// it that every dialect's ids may have (<c>^[a-zA-Z0-9_-]+$</c>).
/// </summary>
/// <param name="Round">Which round of the answer it belongs to, from 0.</param>
/// <param name="CallId">The provider's id of the call.</param>
/// <param name="ModelName">The tool's name as the model was told it.</param>
internal sealed record SealedCall(int Round, string CallId, string ModelName)
{
    /// <summary>When the client was asked whether there may be the call; null for one that is made.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>
    /// What it was made with as its provider wrote that; null where the client brings it back just so.
    /// </summary>
    public string? Spelling { get; init; }

    /// <summary>
    /// What the id of words has in it that the model said behind a call of the same round: where a call and its result
    /// are told as one, nothing else tells them from those of the next round.
    /// </summary>
    public const string TiedWords = "lptie";

    /// <summary>What is wrong with an id that cannot be opened, to follow its place.</summary>
    public const string Refusal =
        "is not as this gateway told it to this caller: the call, its tool or its server was changed, or it was told "
        + "to another key, by another gateway, or by one whose key is gone (LIGHTPORT_SEAL_KEY was changed, or is not "
        + "set)";

    public const string RefusalCode = "invalid_seal";

    private const string CallKind = "mcp call";
    private const string ApprovalKind = "mcp approval";

    /// <summary>
    /// Whether such an id may stand in a text of JSON. One that is written with escapes counts too: each of the mark's
    /// characters becomes <c>\u005…</c> to <c>\u007…</c>.
    /// </summary>
    public static bool IsIn(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("_lpm_"u8) >= 0)
        {
            return true;
        }

        ReadOnlySpan<byte> rest = json;
        for (int at = rest.IndexOf("\\u00"u8); at >= 0; at = rest.IndexOf("\\u00"u8))
        {
            rest = rest[(at + "\\u00"u8.Length)..];
            if (rest.Length > 0 && rest[0] is >= (byte)'5' and <= (byte)'7')
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The id of a call, bound to its server and tool.</summary>
    /// <param name="prefix">What ids of such calls begin with in the client's dialect.</param>
    public string SealCall(IdSeal seal, string prefix, string server, string tool) =>
        SealedCallText.Write(this, prefix, seal.Tag(CallKind, [.. Bound(server, tool)]), tool);

    /// <summary>The id of a question, bound to all that is asked, to who is asked, and to itself.</summary>
    /// <param name="arguments">What the tool would be called with.</param>
    /// <param name="place">What ends the id, so that two questions of the same call are never one.</param>
    public string SealApproval(
        IdSeal seal, string prefix, string server, string tool, string arguments, string place) =>
        SealedCallText.Write(
            this, prefix, seal.Tag(ApprovalKind, [.. Bound(server, tool), arguments, place, seal.Owner]), tool) + place;

    /// <returns>False where the gateway did not make this id for just this call.</returns>
    public static bool TryOpenCall(
        IdSeal seal, string id, string prefix, string server, string tool, [NotNullWhen(true)] out SealedCall? call) =>
        SealedCallText.TryRead(id, prefix, tool, out call) && AreSame(id, call.SealCall(seal, prefix, server, tool));

    /// <param name="id">With what ends it.</param>
    /// <param name="place">What ends it.</param>
    /// <returns>False where the gateway did not make this id for just this question and this caller.</returns>
    public static bool TryOpenApproval(
        IdSeal seal,
        string id,
        string prefix,
        string server,
        string tool,
        string arguments,
        string place,
        [NotNullWhen(true)] out SealedCall? call) =>
        SealedCallText.TryRead(id[..^place.Length], prefix, tool, out call)
        && AreSame(id, call.SealApproval(seal, prefix, server, tool, arguments, place));

    private string[] Bound(string server, string tool) =>
        [server, tool, SealedCallText.RoundAndTime(this), CallId, ModelName, Spelling ?? ""];

    /// <summary>
    /// An id is good only as it would be made again, letter for letter: what reads alike and is written otherwise would
    /// be one call under many ids.
    /// </summary>
    private static bool AreSame(string id, string made) => CryptographicOperations.FixedTimeEquals(
        MemoryMarshal.AsBytes(id.AsSpan()), MemoryMarshal.AsBytes(made.AsSpan()));
}
