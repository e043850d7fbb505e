using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Lightport.Conversation;

/// <summary>
/// The letters of a <see cref="SealedCall"/>'s id: prefix, mark, tag, round, time of asking, and what it holds.
/// </summary>
internal static class SealedCallText
{
    /// <summary>What the id begins with, behind the dialect's own prefix. Letters alone: see
    /// <see cref="SealedCall.IsIn"/>.</summary>
    private const string Mark = "lpm_";

    /// <summary>The provider's id stands in it as it is.</summary>
    private const char Plain = 'p';

    /// <summary>The provider's id and the tool's name stand in it in base64url, a line each.</summary>
    private const char Encoded = 'e';

    /// <summary>The same, with the length of the id and, behind it, what the call was made with.</summary>
    private const char Spelled = 's';

    /// <summary>What follows, in seconds since 1970, is when its client was asked.</summary>
    private const char Asked = 't';

    private static readonly SearchValues<char> Letters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    /// <summary>Whether an id of this prefix claims to be one.</summary>
    public static bool IsMarked(string id, string prefix) =>
        id.StartsWith(prefix, StringComparison.Ordinal)
        && id.AsSpan(prefix.Length).StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>The id, with its tag.</summary>
    /// <param name="tool">The tool's name at its server, which the client is told beside the id.</param>
    public static string Write(SealedCall call, string prefix, string tag, string tool)
    {
        string start = $"{prefix}{Mark}{tag}{RoundAndTime(call)}";
        if (call.Spelling is { } spelling)
        {
            return start + Spelled + Encode(string.Create(
                CultureInfo.InvariantCulture, $"{call.ModelName}\n{call.CallId.Length}\n{call.CallId}{spelling}"));
        }

        return call.ModelName == tool && call.CallId.Length > 0 && !call.CallId.AsSpan().ContainsAnyExcept(Letters)
            ? start + Plain + call.CallId
            : start + Encoded + Encode($"{call.ModelName}\n{call.CallId}");
    }

    /// <summary>What tells rounds and questions apart.</summary>
    public static string RoundAndTime(SealedCall call) => call.AskedAt is { } asked
        ? string.Create(CultureInfo.InvariantCulture, $"{call.Round}{Asked}{asked.ToUnixTimeSeconds()}")
        : call.Round.ToString(CultureInfo.InvariantCulture);

    /// <summary>What an id says; whether it is one of the gateway's is for its tag to tell.</summary>
    public static bool TryRead(string id, string prefix, string tool, [NotNullWhen(true)] out SealedCall? call)
    {
        call = null;
        int start = prefix.Length + Mark.Length + IdSeal.TagLength;
        if (!IsMarked(id, prefix) || id.Length <= start)
        {
            return false;
        }

        ReadOnlySpan<char> rest = id.AsSpan(start);
        int kind = rest.IndexOfAny(Plain, Encoded, Spelled);
        if (kind <= 0 || !TryReadRoundAndTime(rest[..kind], out int round, out DateTimeOffset? asked))
        {
            return false;
        }

        ReadOnlySpan<char> held = rest[(kind + 1)..];
        if (rest[kind] == Plain)
        {
            call = new SealedCall(round, held.ToString(), tool) { AskedAt = asked };
            return true;
        }

        if (!Base64Url.IsValid(held))
        {
            return false;
        }

        string text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(held));
        SealedCall? read = rest[kind] == Spelled ? ReadSpelled(text) : ReadEncoded(text);
        call = read is null ? null : read with { Round = round, AskedAt = asked };
        return call is not null;
    }

    private static SealedCall? ReadEncoded(string text) =>
        text.Split('\n', 2) is [var name, var callId] ? new SealedCall(0, callId, name) : null;

    private static SealedCall? ReadSpelled(string text) =>
        text.Split('\n', 3) is [var name, var length, var rest]
        && int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out int end)
        && end <= rest.Length
            ? new SealedCall(0, rest[..end], name) { Spelling = rest[end..] }
            : null;

    private static bool TryReadRoundAndTime(ReadOnlySpan<char> text, out int round, out DateTimeOffset? asked)
    {
        asked = null;
        int time = text.IndexOf(Asked);
        if (time < 0)
        {
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out round);
        }

        if (!int.TryParse(text[..time], NumberStyles.None, CultureInfo.InvariantCulture, out round)
            || !long.TryParse(
                text[(time + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return false;
        }

        asked = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }

    private static string Encode(string held) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(held));
}
