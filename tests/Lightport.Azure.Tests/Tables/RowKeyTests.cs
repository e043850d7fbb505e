using Lightport.Azure.Tables;

namespace Lightport.Azure.Tests.Tables;

public sealed class RowKeyTests
{
    [Theory]
    [InlineData("gpt-4o", "gpt-4o")]
    [InlineData("openai/gpt-4o", "openai~002Fgpt-4o")]
    [InlineData(@"a\b#c?d%e|f~g", "a~005Cb~0023c~003Fd~0025e~007Cf~007Eg")]
    [InlineData("a\tb\u0085c\u0000", "a~0009b~0085c~0000")]
    [InlineData("模型-🚀", "模型-🚀")]
    [InlineData("", "")]
    public void Encode_AnyText_IsAKeyThatReadsBack(string text, string expected)
    {
        Assert.Equal(expected, RowKey.Encode(text));
        Assert.Equal(text, RowKey.Decode(expected));
    }

    [Fact]
    public void Encode_EveryCharacter_ReadsBackAndHoldsNoneThatAKeyMustNot()
    {
        string text = string.Concat(Enumerable.Range(0, 0x10000).Select(code => (char)code));

        string key = RowKey.Encode(text, int.MaxValue);

        Assert.Equal(text, RowKey.Decode(key));
        Assert.DoesNotContain(key, character => char.IsControl(character) || @"/\#?%|".Contains(character));
    }

    [Theory]
    [InlineData('a')]
    [InlineData('/')]
    [InlineData('ж')]
    public void Encode_TooLong_IsCutAndStillToldApart(char character)
    {
        string text = new(character, 5000);

        string key = RowKey.Encode(text + "1");

        Assert.InRange(key.Length, RowKey.MaxLength - 10, RowKey.MaxLength);
        Assert.NotEqual(key, RowKey.Encode(text + "2"));
        Assert.False(RowKey.IsWhole(key));
        Assert.StartsWith(RowKey.Decode(key).TrimEnd('…'), text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(445)]
    [InlineData(446)]
    public void Encode_CutInsideACharacterOfTwo_LeavesItOut(int before)
    {
        string key = RowKey.Encode(new string('a', before) + string.Concat(Enumerable.Repeat("🚀", 200)));

        Assert.DoesNotContain('\uFFFD', TextColumns.WellFormed(key));
    }

    [Fact]
    public void IsWhole_KeyAtTheLimit_IsUncut()
    {
        string text = new('a', RowKey.MaxLength);

        Assert.Equal(text, RowKey.Encode(text));
        Assert.True(RowKey.IsWhole(RowKey.Encode(text)));
    }

    [Theory]
    [InlineData("a~")]
    [InlineData("a~12")]
    [InlineData("a~zzzz")]
    public void Decode_NoEscape_StaysAsItIs(string key) => Assert.Equal(key, RowKey.Decode(key));
}
