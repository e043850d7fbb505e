using System.Text;
using System.Text.Unicode;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Lightport.Transport.Body;

/// <summary>
/// Finds the parts of one form. It takes what clients send and nothing that two readers could read in two ways, for
/// what is checked here is read again by a provider.
/// </summary>
internal ref struct FormReader(ReadOnlyMemory<byte> body, string boundary)
{
    /// <summary>https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1</summary>
    public const int MaxBoundaryLength = 70;

    private const int MaxParts = 256;
    private const int MaxHeaderBytes = 8 * 1024;

    private readonly byte[] _delimiter = Encoding.ASCII.GetBytes("\r\n--" + boundary);
    private readonly ReadOnlySpan<byte> _body = body.Span;
    private readonly List<FormPart> _parts = [];
    private int _at;

    /// <returns>Null where it is none.</returns>
    public IReadOnlyList<FormPart>? Read()
    {
        // The first delimiter has no line end before it.
        if (!TryTake(_delimiter.AsSpan(2)))
        {
            return null;
        }

        while (TryTake("\r\n"u8))
        {
            if (_parts.Count == MaxParts || !TryReadPart(out FormPart part) || IsTwice(part))
            {
                return null;
            }

            _parts.Add(part);
        }

        return TryTake("--"u8) && (_at == _body.Length || (TryTake("\r\n"u8) && _at == _body.Length)) ? _parts : null;
    }

    private bool TryTake(ReadOnlySpan<byte> expected)
    {
        bool follows = _body[_at..].StartsWith(expected);
        _at += follows ? expected.Length : 0;
        return follows;
    }

    private bool TryReadPart(out FormPart part)
    {
        part = default;
        ReadOnlySpan<byte> rest = _body[_at..];
        int headers = rest[..Math.Min(rest.Length, MaxHeaderBytes)].IndexOf("\r\n\r\n"u8);
        if (headers < 0 || !TryReadHeaders(rest[..headers], out string? name, out bool isFile))
        {
            return false;
        }

        int start = headers + 4;
        int length = rest[start..].IndexOf(_delimiter);
        if (length < 0)
        {
            return false;
        }

        part = new FormPart(name!, isFile, _at + start, length);
        _at += start + length + _delimiter.Length;
        return true;
    }

    private static bool TryReadHeaders(ReadOnlySpan<byte> headers, out string? name, out bool isFile)
    {
        (name, isFile) = (null, false);
        if (!Utf8.IsValid(headers))
        {
            return false;
        }

        foreach (string line in Encoding.UTF8.GetString(headers).Split("\r\n"))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            string field = colon < 0 ? "" : line[..colon];
            if (field.Length == 0 || !field.All(unit => char.IsAsciiLetterOrDigit(unit) || unit == '-'))
            {
                return false;
            }

            bool isSound = field.ToLowerInvariant() switch
            {
                "content-disposition" => name is null && TryReadDisposition(line[(colon + 1)..], out name, out isFile),
                "content-transfer-encoding" => IsPlain(line[(colon + 1)..].Trim()),
                _ => true,
            };
            if (!isSound)
            {
                return false;
            }
        }

        return name is not null;
    }

    private static bool TryReadDisposition(string value, out string? name, out bool isFile)
    {
        (name, isFile) = (null, false);
        if (!ContentDispositionHeaderValue.TryParse(value, out ContentDispositionHeaderValue? disposition)
            || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)
            || StringSegment.IsNullOrEmpty(disposition.Name)
            || Count(disposition, "name") != 1
            || Count(disposition, "name*") != 0)
        {
            return false;
        }

        name = HeaderUtilities.UnescapeAsQuotedString(disposition.Name).ToString();
        isFile = disposition.FileName.HasValue || disposition.FileNameStar.HasValue;
        return true;
    }

    /// <summary>Some readers undo an encoding, others do not.</summary>
    private static bool IsPlain(string encoding) => encoding.ToLowerInvariant() is "binary" or "8bit" or "7bit";

    private static int Count(ContentDispositionHeaderValue disposition, string parameter) =>
        disposition.Parameters.Count(found => found.Name.Equals(parameter, StringComparison.OrdinalIgnoreCase));

    /// <summary>Only files and the items of a list may stand more than once.</summary>
    private readonly bool IsTwice(FormPart part)
    {
        foreach (FormPart other in _parts)
        {
            if (JsonNames.AreSame(other.Name, part.Name) && !part.IsItem && !(part.IsFile && other.IsFile))
            {
                return true;
            }
        }

        return false;
    }
}
