using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

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
    /// <summary>What the id begins with, behind the dialect's own prefix. Letters alone: see
    /// <see cref="IsIn"/>.</summary>
    private const string Mark = "lpm_";

    /// <summary>What is wrong with an id that cannot be opened, to follow its place.</summary>
    public const string Refusal =
        "is not as this gateway told it to this caller: the call, its tool or its server was changed, or it was told "
        + "to another key or by another gateway";

    public const string RefusalCode = "invalid_seal";

    /// <summary>The provider's id stands in it as it is.</summary>
    private const char Plain = 'p';

    /// <summary>The provider's id and the tool's name stand in it in base64url, a line each.</summary>
    private const char Encoded = 'e';

    private const string CallKind = "mcp call";
    private const string ApprovalKind = "mcp approval";

    private static readonly SearchValues<char> Letters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

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

    /// <summary>Whether an id of this prefix claims to be one.</summary>
    public static bool IsMarked(string id, string prefix) =>
        id.StartsWith(prefix, StringComparison.Ordinal)
        && id.AsSpan(prefix.Length).StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>The id of a call, bound to its server and tool.</summary>
    /// <param name="prefix">What ids of such calls begin with in the client's dialect.</param>
    public string SealCall(IdSeal seal, string prefix, string server, string tool) =>
        Seal(prefix, seal.Tag(CallKind, [.. Bound(server, tool)]), tool);

    /// <summary>The id of a question, bound to all that is asked, to who is asked, and to itself.</summary>
    /// <param name="arguments">What the tool would be called with.</param>
    /// <param name="place">What ends the id, so that two questions of the same call are never one.</param>
    public string SealApproval(
        IdSeal seal, string prefix, string server, string tool, string arguments, string place) =>
        Seal(prefix, seal.Tag(ApprovalKind, [.. Bound(server, tool), arguments, place, seal.Owner]), tool) + place;

    /// <returns>False where the gateway did not make this id for just this call.</returns>
    public static bool TryOpenCall(
        IdSeal seal, string id, string prefix, string server, string tool, [NotNullWhen(true)] out SealedCall? call) =>
        TryRead(id, prefix, tool, out call) && AreSame(id, call.SealCall(seal, prefix, server, tool));

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
        TryRead(id[..^place.Length], prefix, tool, out call)
        && AreSame(id, call.SealApproval(seal, prefix, server, tool, arguments, place));

    private string Seal(string prefix, string tag, string tool)
    {
        string round = Round.ToString(CultureInfo.InvariantCulture);
        bool isPlain = ModelName == tool && CallId.Length > 0 && !CallId.AsSpan().ContainsAnyExcept(Letters);
        return isPlain
            ? $"{prefix}{Mark}{tag}{round}{Plain}{CallId}"
            : $"{prefix}{Mark}{tag}{round}{Encoded}"
                + Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{ModelName}\n{CallId}"));
    }

    private string[] Bound(string server, string tool) =>
        [server, tool, Round.ToString(CultureInfo.InvariantCulture), CallId, ModelName];

    /// <summary>
    /// An id is good only as it would be made again, letter for letter: what reads alike and is written otherwise would
    /// be one call under many ids.
    /// </summary>
    private static bool AreSame(string id, string made) => CryptographicOperations.FixedTimeEquals(
        MemoryMarshal.AsBytes(id.AsSpan()), MemoryMarshal.AsBytes(made.AsSpan()));

    private static bool TryRead(string id, string prefix, string tool, [NotNullWhen(true)] out SealedCall? call)
    {
        call = null;
        int start = prefix.Length + Mark.Length + IdSeal.TagLength;
        if (!IsMarked(id, prefix) || id.Length <= start)
        {
            return false;
        }

        ReadOnlySpan<char> rest = id.AsSpan(start);
        int kind = rest.IndexOfAny(Plain, Encoded);
        if (kind <= 0 || !int.TryParse(rest[..kind], NumberStyles.None, CultureInfo.InvariantCulture, out int round))
        {
            return false;
        }

        ReadOnlySpan<char> held = rest[(kind + 1)..];
        if (rest[kind] == Plain)
        {
            call = new SealedCall(round, held.ToString(), tool);
            return true;
        }

        if (!Base64Url.IsValid(held)
            || Encoding.UTF8.GetString(Base64Url.DecodeFromChars(held)).Split('\n', 2) is not [var name, var callId])
        {
            return false;
        }

        call = new SealedCall(round, callId, name);
        return true;
    }
}
