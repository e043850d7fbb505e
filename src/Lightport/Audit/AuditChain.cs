using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lightport.Audit;

/// <summary>
/// Makes of events the records of one process, each a line of JSON that ends with SHA-256 over all of it that stands
/// before, the hash of the record before it included: one that is missing, changed or moved is seen.
/// </summary>
/// <param name="id">Tells this process's records from all others'.</param>
/// <param name="previous">The hash of the record that stands before; null for none.</param>
internal sealed class AuditChain(string id, string? previous)
{
    /// <summary>People read these lines: only what JSON asks for is escaped.</summary>
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly ArrayBufferWriter<byte> _record = new();
    private string _previous = previous ?? AuditFields.Nothing;
    private long _next;

    /// <summary>The hash of the last record.</summary>
    public string Last => _previous;

    public void Append(AuditEvent audited, IBufferWriter<byte> lines)
    {
        _record.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_record, Options))
        {
            json.WriteStartObject();
            json.WriteString(AuditFields.Chain, id);
            json.WriteNumber(AuditFields.Number, _next++);
            AuditJson.Write(json, audited);
            json.WriteString(AuditFields.Previous, _previous);
            json.WriteEndObject();
        }

        // The closing brace comes after the hash.
        ReadOnlySpan<byte> hashed = _record.WrittenSpan[..^1];
        _previous = Convert.ToHexStringLower(SHA256.HashData(hashed));
        lines.Write(hashed);
        lines.Write(AuditFields.BeforeHash);
        Span<byte> hash = lines.GetSpan(AuditFields.HashLength);
        lines.Advance(System.Text.Encoding.ASCII.GetBytes(_previous, hash));
        lines.Write(AuditFields.AfterHash);
        lines.Write("\n"u8);
    }
}
