using System.Text;
using Lightport.Dialects.Passthrough;

namespace Lightport.Tests.Dialects.Passthrough;

public sealed class PassedTextTests
{
    [Theory]
    [InlineData("""{"text":"abc"}""", 3)]
    [InlineData("""{"text" : "abc"}""", 0)]
    [InlineData("""{"text":  "abc","text":"d"}""", 3)]
    [InlineData("""{"text":""}""", 0)]
    [InlineData("""{"text":null}""", 0)]
    [InlineData("""{"text":["abc"]}""", 0)]
    [InlineData("""{"said":"\"text\":\"abc\""}""", 0)]
    [InlineData("""{"text":"a\"b\\"}""", 6)]
    [InlineData("""{"text":"abc""", 3)]
    [InlineData("{\"text\":\"abc\\\"", 5)]
    [InlineData("{\"text\":\"abc\\", 4)]
    [InlineData("""{"text":""", 0)]
    [InlineData("", 0)]
    public void BytesOf_Field_IsItsEscapedText(string data, int bytes) =>
        Assert.Equal(bytes, PassedText.BytesOf(Encoding.UTF8.GetBytes(data), "\"text\":"u8));
}
