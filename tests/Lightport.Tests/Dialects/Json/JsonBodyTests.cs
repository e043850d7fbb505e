using System.Text;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Tests.Dialects.Json;

public sealed class JsonBodyTests
{
    [Theory]
    [InlineData("", "The request body is empty. Send a JSON object.")]
    [InlineData("[]", "The body must be a JSON object.")]
    [InlineData("""{"a":1,"a":2}""", "The field 'a' stands twice in the body.")]
    [InlineData("""{"a":1} x""", "The body is not valid JSON at line 1, byte 9.")]
    [InlineData("""{"\ud83d":1}""", "A field's name is not valid Unicode.")]
    [InlineData("""{"a":{"b":1,"b":2}}""", "An object in the body has a field twice: Duplicate property 'b'")]
    [InlineData("""{"a":{"\ud83d":1}}""", "A field's name is not valid Unicode.")]
    public void Parse_NoSoundObject_IsRefused(string body, string message)
    {
        GatewayError error = Assert.Throws<GatewayException>(() => JsonBody.Parse(Read(body))).Error;

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Equal((400, null, "invalid_json"), (error.Status, error.Param, error.Code));
    }

    [Fact]
    public void Read_BrokenUtf8_IsRefused() => Assert.Equal(
        "The body is not valid UTF-8.",
        Assert.Throws<GatewayException>(() => JsonBody.Read(new byte[] { 0xFF })).Error.Message);

    [Fact]
    public void Read_ManyValues_AreCounted_AndCommasOfTextAreNot()
    {
        string most = $$"""{"a":[1{{Repeat(",1", JsonBody.MostValues - 3)}}]}""";
        string more = most.Replace("]", ",1]", StringComparison.Ordinal);
        GatewayError error = Assert.Throws<GatewayException>(() => Read(more)).Error;

        Assert.True(Read(most).TryGet("a", out _));
        Assert.True(Read($$"""{"a":"{{new string(',', JsonBody.MostValues + 1)}}"}""").TryGet("a", out _));
        Assert.Equal((400, "request_too_complex"), (error.Status, error.Code));
        Assert.Equal("The request holds more than 2,000,000 values. Send less in one request.", error.Message);
    }

    [Theory]
    [InlineData("""{"model":7}""", "'model' must be a string.")]
    [InlineData("""{"model":null}""", "You must provide a model parameter. GET /v1/models lists what there is.")]
    public void Model_ThatNamesNothing_IsRefused(string body, string message)
    {
        GatewayError error = Assert.Throws<GatewayException>(() => JsonBody.Model(Read(body))).Error;

        Assert.Equal((message, "model"), (error.Message, error.Param));
    }

    private static string Repeat(string text, int times) =>
        new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    private static JsonEnvelope Read(string body) => JsonBody.Read(Encoding.UTF8.GetBytes(body));
}
