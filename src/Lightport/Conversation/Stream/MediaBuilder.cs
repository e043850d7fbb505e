using System.Buffers;

namespace Lightport.Conversation;

/// <summary>Joins the pieces of a streamed image or sound, each of them base64.</summary>
internal sealed class MediaBuilder
{
    private readonly List<string> _pieces = [];

    public void Add(string? piece)
    {
        if (!string.IsNullOrEmpty(piece))
        {
            _pieces.Add(piece);
        }
    }

    /// <summary>One base64 text; pieces that are padded each were encoded each, and cannot be joined as text.</summary>
    public string Join()
    {
        if (!_pieces.SkipLast(1).Any(piece => piece.EndsWith('=')))
        {
            return string.Concat(_pieces);
        }

        var bytes = new ArrayBufferWriter<byte>();
        foreach (string piece in _pieces)
        {
            if (!Convert.TryFromBase64String(piece, bytes.GetSpan(piece.Length), out int written))
            {
                // Not base64 at all: it is handed on as it came.
                return string.Concat(_pieces);
            }

            bytes.Advance(written);
        }

        return Convert.ToBase64String(bytes.WrittenSpan);
    }
}
