using System.Buffers;
using System.Text;

namespace Lightport.Conversation;

/// <summary>Joins the pieces of streamed audio into the sound that they are of.</summary>
internal sealed class AudioBuilder
{
    private readonly List<string> _data = [];
    private StringBuilder? _transcript;
    private string? _id;
    private long? _expiresAt;

    public void Add(StreamEvent.AudioDelta delta)
    {
        _id ??= delta.Id;
        _expiresAt = delta.ExpiresAt ?? _expiresAt;
        if (delta.Transcript is { } transcript)
        {
            (_transcript ??= new StringBuilder()).Append(transcript);
        }

        if (delta.Data is { Length: > 0 } data)
        {
            _data.Add(data);
        }
    }

    public AudioPart Build() => new(MediaSource.FromBase64(Join(), null))
    {
        Id = _id,
        Transcript = _transcript?.ToString(),
        ExpiresAt = _expiresAt,
    };

    /// <summary>One base64 text; pieces that are padded each were encoded each, and cannot be joined as text.</summary>
    private string Join()
    {
        if (!_data.SkipLast(1).Any(piece => piece.EndsWith('=')))
        {
            return string.Concat(_data);
        }

        var bytes = new ArrayBufferWriter<byte>();
        foreach (string piece in _data)
        {
            if (!Convert.TryFromBase64String(piece, bytes.GetSpan(piece.Length), out int written))
            {
                // Not base64 at all: it is handed on as it came.
                return string.Concat(_data);
            }

            bytes.Advance(written);
        }

        return Convert.ToBase64String(bytes.WrittenSpan);
    }
}
