using System.Text;
using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Tests.Dialects.Json;

public sealed class LenientTextTests
{
    [Theory]
    [InlineData("""{"a":"b"}""", "a", "b")]
    [InlineData("""{"a":"\"\\\/\b\f\n\r\t\u0041"}""", "a", "\"\\/\b\f\n\r\tA")]
    [InlineData("""{"a":"\ud83d\ude00"}""", "a", "\ud83d\ude00")]
    [InlineData("""{"a":"\ud83d\ud83d\ude00\ude00"}""", "a", "\ufffd\ud83d\ude00\ufffd")]
    [InlineData("""{"\ude00":1,"a":"b"}""", "a", "b")]
    public void TextOf_AnyString_IsReadWithoutThrowing(string json, string name, string text) =>
        Assert.Equal(text, JsonElement.Parse(json).TextOf(name));

    [Fact]
    public void Read_BrokenUtf8_BecomesReplacement() =>
        Assert.Equal("a\ufffdb", LenientText.Read([(byte)'"', (byte)'a', 0xFF, (byte)'b', (byte)'"']));

    [Fact]
    public void WriteMended_HalfASurrogatePair_BecomesReplacement() => Assert.Equal(
        """{"n\ufffd":["x\ufffd",1,{"a":null}]}""".Replace("\\ufffd", "\ufffd", StringComparison.Ordinal),
        Written(writer => writer.WriteMended(JsonElement.Parse("""{ "n\ud83d":["x\ud83d", 1,{"a":null}] }"""))));

    [Fact]
    public void WriteOnOneLine_LineBreaksBetweenTokens_AreLeftOut() => Assert.Equal(
        """{ "a": "x\n" }""",
        Written(writer => writer.WriteOnOneLine(JsonElement.Parse("{ \"a\":\r\n \"x\\n\"\n }"))));

    private static string Written(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, JsonSettings.Writing))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
