using System.Text;
using System.Text.RegularExpressions;

namespace Lightport.Audit;

/// <summary>The beginning of what a client sent, with what looks like a secret masked.</summary>
internal static class AuditContent
{
    /// <summary>So much of a request is kept, in bytes.</summary>
    public const int MostBytes = 16 << 10;

    /// <summary>So much more is looked at, so that a secret at the cut is seen whole.</summary>
    private const int Beyond = 4 << 10;

    private const string Mask = "[masked]";

    /// <summary>Keys and tokens by the shapes that their makers give them, and private keys.</summary>
    private static readonly Regex Secret = new(
        @"-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[^-]|-[^-])*(?:-----END [A-Z ]*PRIVATE KEY-----)?"
        + @"|\bsk-[A-Za-z0-9_-]{8,}|\b(?:AKIA|ASIA)[A-Z0-9]{12,}|\bAIza[A-Za-z0-9_-]{20,}"
        + @"|\bgh[a-z]_[A-Za-z0-9]{16,}|\bgithub_pat_[A-Za-z0-9_]{16,}|\bxox[a-z]-[A-Za-z0-9-]{8,}"
        + @"|\bhf_[A-Za-z0-9]{16,}|\bgsk_[A-Za-z0-9]{16,}|\bxai-[A-Za-z0-9]{16,}|\blp-[A-Za-z0-9_-]{16,}"
        + @"|\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?"
        + @"|(?i:\bbearer\s+)[A-Za-z0-9._~+/=-]{8,}"
        + "|(?i:(?:password|passwd|secret|api[_-]?key|access[_-]?token)[\"'\\\\]*\\s*[:=]\\s*[\"'\\\\]*)"
        + "[^\\s\"'\\\\,;]{6,}",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>Null where there is nothing.</summary>
    public static string? Of(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return null;
        }

        int looked = Math.Min(body.Length, MostBytes + Beyond);
        string masked = Secret.Replace(Encoding.UTF8.GetString(body[..looked]), Mask);
        return body.Length <= MostBytes
            ? masked
            : $"{masked[..Math.Min(masked.Length, MostBytes)]}… ({body.Length} bytes)";
    }
}
