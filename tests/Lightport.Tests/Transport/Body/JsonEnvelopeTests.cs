using System.Text;
using System.Text.Json;
using Lightport.Transport.Body;

namespace Lightport.Tests.Transport.Body;

public sealed class JsonEnvelopeTests
{
    [Fact]
    public void Read_Object_KnowsWhereEachFieldStands()
    {
        JsonEnvelope envelope = Read(""" { "model" : "é\u0021" , "stream":true, "messages": [{"a":[]}] } """);

        Assert.Equal(["model", "stream", "messages"], envelope.Fields.Select(field => field.Name));
        Assert.Equal("é!", envelope.GetString("model"));
        Assert.True(envelope.GetBoolean("stream"));
        Assert.True(envelope.TryGet("messages", out JsonField messages));
        Assert.Equal("""[{"a":[]}]""", Encoding.UTF8.GetString(envelope.Value(messages)));
        Assert.Equal(JsonTokenType.StartArray, messages.Type);
    }

    [Fact]
    public void Read_UsualName_IsNotMadeAnew() => Assert.Same(
        Read("""{"model":"a"}""").Fields[0].Name,
        Read("""{"model":"b"}""").Fields[0].Name);

    [Fact]
    public void Get_AbsentOrOfAnotherType_IsNull()
    {
        JsonEnvelope envelope = Read("""{"model":1,"stream":"yes","n":null}""");

        Assert.Null(envelope.GetString("model"));
        Assert.Null(envelope.GetString("none"));
        Assert.Null(envelope.GetString("n"));
        Assert.Null(envelope.GetBoolean("stream"));
        Assert.Null(envelope.GetBoolean("none"));
    }

    [Fact]
    public void TryGet_NamesWhoseLengthsAre64Apart_AreToldApart()
    {
        string far = new('f', 64 + "model".Length);
        JsonEnvelope envelope = Read($$"""{"model":1,"{{far}}g":2,"":3}""");

        Assert.True(envelope.TryGet("model", out _));
        Assert.True(envelope.TryGet(far + "g", out _));
        Assert.True(envelope.TryGet("", out _));
        Assert.False(envelope.TryGet(far, out _));
        Assert.False(envelope.TryGet(new string('f', 64), out _));
        Assert.False(envelope.TryGet("models", out _));
    }

    [Fact]
    public void Read_NameThatIsTooLong_IsRefusedWithoutIt()
    {
        string name = new('n', JsonEnvelope.MaxNameBytes);
        Assert.Equal(name, Assert.Single(Read($$"""{"{{name}}":1}""").Fields).Name);

        var e = Assert.Throws<JsonException>(() => Read($$"""{"{{name}}n":1}"""));
        Assert.True(e.Message.Length < 100, e.Message);
    }

    [Fact]
    public void Memory_CountsTextAndPieces()
    {
        Assert.InRange(Read($$"""{"a":"{{new string('x', 1000)}}"}""").MemoryWhole(), 2000, 2200);
        string pieces = string.Join(',', Enumerable.Repeat("{}", 1000));
        Assert.InRange(Read($$"""{"a":[{{pieces}}]}""").MemoryWhole(), 130_000, 140_000);
    }

    [Fact]
    public void Memory_OfSettings_LeavesTheConversationOut()
    {
        JsonEnvelope envelope = Read("""{"messages":[1,2,3,4,5,6,7,8],"a":[1],"b":[1,2]}""");

        Assert.InRange(envelope.MemoryOfSettings("messages"), 4 * 64, 5 * 64);
        Assert.InRange(envelope.MemoryOfSettings(null), 10 * 64, 11 * 64);
    }

    [Fact]
    public void Read_EscapedName_IsTheSameField() =>
        Assert.Equal("x", Read("""{"\u006dodel":"x"}""").GetString("model"));

    [Fact]
    public void GetString_HalfASurrogatePair_IsReplaced() =>
        Assert.Equal("\uFFFD", Read("""{"model":"a\ud800"}""").GetString("model"));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":1}{}")]
    [InlineData("{\"a\":1} x")]
    [InlineData("{\"a\":1}]")]
    [InlineData("{/**/}")]
    [InlineData("{\"a\":[1}")]
    [InlineData("{\"a\":\"\u0001\"}")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":1,\"\\u0061\":2}")]
    [InlineData("{\"\\ud800\":1}")]
    public void Read_NotOneSoundObject_Throws(string body) => Assert.ThrowsAny<JsonException>(() => Read(body));

    [Theory]
    [InlineData(new byte[] { (byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}' })]
    [InlineData(new byte[] { (byte)'{', (byte)'"', 0xC3, (byte)'"', (byte)':', (byte)'1', (byte)'}' })]
    [InlineData(new byte[] { (byte)'{', (byte)'"', 0xED, 0xA0, 0x80, (byte)'"', (byte)':', (byte)'1', (byte)'}' })]
    public void Read_InvalidUtf8_Throws(byte[] body) =>
        Assert.ThrowsAny<JsonException>(() => JsonEnvelope.Read(body));

    [Theory]
    [InlineData(JsonEnvelope.MaxDepth, true)]
    [InlineData(JsonEnvelope.MaxDepth + 1, false)]
    [InlineData(100_000, false)]
    public void Read_Depth_IsLimited(int depth, bool accepted)
    {
        string body = "{\"a\":" + new string('[', depth - 1) + new string(']', depth - 1) + "}";

        Assert.Equal(accepted, Record.Exception(() => Read(body)) is null);
    }

    [Theory]
    [InlineData(JsonEnvelope.MaxFields, true)]
    [InlineData(JsonEnvelope.MaxFields + 1, false)]
    public void Read_NumberOfFields_IsLimited(int count, bool accepted)
    {
        string body = "{" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"f{i}\":1")) + "}";

        Exception? error = Record.Exception(() => Read(body));
        Assert.Equal(accepted, error is null);
        Assert.True(error is null or JsonException);
    }

    private static JsonEnvelope Read(string body) => JsonEnvelope.Read(Encoding.UTF8.GetBytes(body));
}
