using System.Text;

namespace Lightport.Conversation;

/// <summary>A text that comes in pieces; one that comes whole is kept as it is.</summary>
internal struct TextPieces
{
    private string? _first;
    private StringBuilder? _all;

    /// <summary>A piece has come, be it an empty one.</summary>
    public readonly bool IsBegun => _first is not null;

    public readonly int Length => _all?.Length ?? _first?.Length ?? 0;

    public void Append(string piece)
    {
        if (string.IsNullOrEmpty(_first))
        {
            _first = piece;
        }
        else
        {
            (_all ??= new StringBuilder(_first)).Append(piece);
        }
    }

    public readonly override string ToString() => _all?.ToString() ?? _first ?? "";
}
