using System.Globalization;
using System.Text;
using Lightport.Conversation;

namespace Lightport.Mcp.Results;

/// <summary>Collects the parts of a result up to its bounds; what is left out is said in their place.</summary>
internal sealed class ResultParts
{
    /// <summary>Pictures that models can look at, whoever serves them.</summary>
    private static readonly string[] Pictures = ["image/png", "image/jpeg", "image/gif", "image/webp"];

    private readonly List<ContentPart> _parts = [];
    private int _text;
    private int _media;
    private int _leftOut;

    public void AddText(string text)
    {
        int left = McpBounds.LongestText - _text;
        if (text.Length > left)
        {
            string cut = ShortText.Of(text, Math.Max(left, 2));
            text = string.Create(
                CultureInfo.InvariantCulture,
                $"{cut}\n[The gateway cut this text off, which has {text.Length} characters.]");
        }

        if (left <= 0)
        {
            _leftOut++;
            return;
        }

        _text += text.Length;
        Add(new TextPart(text));
    }

    /// <param name="base64">As ASCII.</param>
    /// <param name="uri">Where it is a resource: its name at the server.</param>
    public void AddMedia(ReadOnlyMemory<byte> base64, string mediaType, string? uri = null)
    {
        string kind = mediaType.Split(';')[0].Trim().ToLowerInvariant();
        if (base64.Length > McpBounds.LongestMedia - _media)
        {
            AddText(string.Create(
                CultureInfo.InvariantCulture,
                $"[Content of type '{ShortText.Of(kind)}' was left out, as it has {base64.Length * 3L / 4} bytes.]"));
            return;
        }

        if (kind.StartsWith("image/", StringComparison.Ordinal) && !Pictures.Contains(kind))
        {
            AddText($"[A picture of type '{ShortText.Of(kind)}' was left out, as no model can look at it.]");
            return;
        }

        _media += base64.Length;
        MediaSource source = MediaSource.FromBase64(Encoding.ASCII.GetString(base64.Span), kind);
        Add(kind.Split('/')[0] switch
        {
            "image" => new ImagePart(source),
            "audio" => new AudioPart(source),
            _ => new FilePart(source) { Filename = uri?.Split('/')[^1] },
        });
    }

    public IReadOnlyList<ContentPart> Done()
    {
        if (_leftOut > 0)
        {
            _parts.Add(new TextPart(string.Create(
                CultureInfo.InvariantCulture, $"[The gateway left out {_leftOut} more parts of this result.]")));
        }

        return _parts;
    }

    private void Add(ContentPart part)
    {
        if (_parts.Count >= McpBounds.MostParts)
        {
            _leftOut++;
            return;
        }

        _parts.Add(part);
    }
}
