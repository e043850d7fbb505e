using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Lightport.Audit;

/// <summary>A record as it is read back.</summary>
internal sealed record AuditLine(string Chain, long Number, string Kind, string Previous, string Hash)
{
    /// <summary>The hash of a record that its writer knew of and did not find; null for none.</summary>
    public string? Missing { get; init; }

    /// <summary>Null where it is no record, or not as it was written.</summary>
    public static AuditLine? Read(ReadOnlySpan<byte> line)
    {
        int tail = AuditFields.BeforeHash.Length + AuditFields.HashLength + AuditFields.AfterHash.Length;
        if (line.Length <= tail || !line.EndsWith(AuditFields.AfterHash))
        {
            return null;
        }

        ReadOnlySpan<byte> hashed = line[..^tail];
        ReadOnlySpan<byte> rest = line[hashed.Length..];
        if (!rest.StartsWith(AuditFields.BeforeHash))
        {
            return null;
        }

        string hash = Encoding.ASCII.GetString(rest.Slice(AuditFields.BeforeHash.Length, AuditFields.HashLength));
        return hash == Convert.ToHexStringLower(SHA256.HashData(hashed)) ? Parse(line, hash) : null;
    }

    /// <summary>Whether it may be the beginning of a record whose end was never written.</summary>
    public static bool MayBeCut(ReadOnlySpan<byte> line) =>
        !line.EndsWith(AuditFields.AfterHash)
        && line[..Math.Min(line.Length, AuditFields.Beginning.Length)]
            .SequenceEqual(AuditFields.Beginning[..Math.Min(line.Length, AuditFields.Beginning.Length)]);

    private static AuditLine? Parse(ReadOnlySpan<byte> line, string hash)
    {
        try
        {
            JsonElement record = JsonElement.Parse(line);
            return record.TryGetProperty(AuditFields.Chain, out JsonElement chain)
                && record.TryGetProperty(AuditFields.Number, out JsonElement number)
                && record.TryGetProperty(AuditFields.Kind, out JsonElement kind)
                && record.TryGetProperty(AuditFields.Previous, out JsonElement previous)
                && number.TryGetInt64(out long value)
                    ? new AuditLine(chain.GetString()!, value, kind.GetString()!, previous.GetString()!, hash)
                    {
                        Missing = record.TryGetProperty(AuditFields.Missing, out JsonElement missing)
                            ? missing.GetString()
                            : null,
                    }
                    : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
