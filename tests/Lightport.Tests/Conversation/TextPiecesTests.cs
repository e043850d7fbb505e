using Lightport.Conversation;

namespace Lightport.Tests.Conversation;

public sealed class TextPiecesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("whole", "whole")]
    [InlineData("", "")]
    [InlineData("ab", "", "a", "b")]
    [InlineData("abc", "a", "", "bc")]
    public void Append_AnyPieces_JoinsThem(string text, params string[] pieces)
    {
        var joined = default(TextPieces);
        foreach (string piece in pieces)
        {
            joined.Append(piece);
        }

        Assert.Equal((text, text.Length, pieces.Length > 0), (joined.ToString(), joined.Length, joined.IsBegun));
    }

    [Fact]
    public void Append_OnePiece_KeepsIt()
    {
        string text = new('x', 100);
        var joined = default(TextPieces);
        joined.Append(text);

        Assert.Same(text, joined.ToString());
    }
}
