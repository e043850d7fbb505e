using System.Net.Http.Headers;
using System.Text;
using System.Text.Unicode;

namespace Lightport.Transport.Body;

/// <summary>
/// A body of <c>multipart/form-data</c> (https://www.rfc-editor.org/rfc/rfc7578), by position: enough to read a few
/// fields and to change one without touching or copying the files beside it.
/// </summary>
public sealed class FormBody
{
    /// <summary>The longest value that is read as text, in bytes.</summary>
    private const int MaxTextBytes = 64 * 1024;

    private FormBody(ReadOnlyMemory<byte> body, IReadOnlyList<FormPart> parts) => (Body, Parts) = (body, parts);

    public ReadOnlyMemory<byte> Body { get; }

    public IReadOnlyList<FormPart> Parts { get; }

    /// <summary>The length of all that is no file, in bytes.</summary>
    public long TextBytes
    {
        get
        {
            long bytes = 0;
            foreach (FormPart part in Parts)
            {
                bytes += part.IsFile ? 0 : part.Length;
            }

            return bytes;
        }
    }

    /// <summary>Whether a body of this media type is read as a form.</summary>
    public static bool IsForm(string mediaType) => BoundaryOf(mediaType) is not null;

    /// <returns>
    /// Null where it is no form, or one that another reader could take for another: cut short, with a field that stands
    /// twice, an encoding of its own, or anything before, between and behind the parts.
    /// </returns>
    public static FormBody? Read(string mediaType, ReadOnlyMemory<byte> body) =>
        BoundaryOf(mediaType) is { } boundary && new FormReader(body, boundary).Read() is { } parts
            ? new FormBody(body, parts)
            : null;

    public ReadOnlySpan<byte> Value(FormPart part) => Body.Span.Slice(part.Start, part.Length);

    /// <summary>A field's text; null where there is no such field, or it is a file or no text.</summary>
    public string? TextOf(string name) => Find(name) is { IsFile: false } part ? Text(part) : null;

    /// <summary>A part's text; null where it is too long for one or no UTF-8.</summary>
    public string? Text(FormPart part) => part.Length <= MaxTextBytes && Utf8.IsValid(Value(part))
        ? Encoding.UTF8.GetString(Value(part))
        : null;

    /// <summary>The form with another value for a field that it has: slices of it around the new one.</summary>
    public BodySegments With(string name, ReadOnlyMemory<byte> value) => Find(name) is { } part
        ? new BodySegments([Body[..part.Start], value, Body[(part.Start + part.Length)..]])
        : new BodySegments([Body]);

    private FormPart? Find(string name)
    {
        foreach (FormPart part in Parts)
        {
            if (part.Name == name)
            {
                return part;
            }
        }

        return null;
    }

    private static string? BoundaryOf(string mediaType)
    {
        if (!MediaTypeHeaderValue.TryParse(mediaType, out MediaTypeHeaderValue? type)
            || type.MediaType?.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        string? boundary = null;
        foreach (NameValueHeaderValue parameter in type.Parameters)
        {
            if (parameter.Name.Equals("boundary", StringComparison.OrdinalIgnoreCase))
            {
                if (boundary is not null)
                {
                    return null;
                }

                boundary = parameter.Value?.Trim('"');
            }
        }

        return boundary is { Length: > 0 and <= FormReader.MaxBoundaryLength } ? boundary : null;
    }
}
