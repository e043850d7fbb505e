namespace Lightport.Tests.Exchanges;

/// <summary>A wait that a provider asks for is kept at that provider where no other is left, whatever way it is said.</summary>
public sealed class RetryAfterTests : IDisposable
{
    private readonly TestGateway _gateway = new("models: { m: [openai/x], two: [openai/x, groq/y] }");

    [Theory]
    [InlineData("retry-after", "3", 3)]
    [InlineData("retry-after", " 2.5 ", 2.5)]
    [InlineData("retry-after", "Thu, 01 Jan 1970 00:00:04 GMT", 4)]
    [InlineData("retry-after", "Thursday, 01-Jan-70 00:00:02 GMT", 2)]
    [InlineData("retry-after-ms", "1500", 1.5)]
    public async Task ShortWait_AtTheOnlyTarget_IsKept(string name, string value, double seconds)
    {
        _gateway.Upstream.Answer(Busy(name, value)).Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        ClientCall call = _gateway.Start(GatewayEndpoints.ChatCompletions, Wires.Chat);
        await _gateway.Clock.WaitingFor(TimeSpan.FromSeconds(seconds));
        Assert.Single(_gateway.Upstream.Seen);

        _gateway.Clock.Advance(TimeSpan.FromSeconds(seconds));
        await call.Done;

        Assert.Equal(200, call.Status);
        Assert.Equal("openai", call.Header("x-lightport-provider"));
    }

    [Fact]
    public async Task ShortWait_WhereAnotherTargetIsLeft_IsNot()
    {
        _gateway.Upstream.Answer(Busy("retry-after-ms", "50")).Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("two", Wires.Chat));

        Assert.Equal((200, "groq"), (call.Status, call.Header("x-lightport-provider")));
    }

    [Theory]
    [InlineData("retry-after", "86400")]
    [InlineData("retry-after", "1e9")]
    [InlineData("retry-after", "99999999999999999999999999")]
    [InlineData("retry-after", "Fri, 02 Jan 1970 00:00:00 GMT")]
    [InlineData("retry-after", "Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("retry-after", "in a while")]
    [InlineData("retry-after", "-1")]
    [InlineData("retry-after", "NaN")]
    [InlineData("retry-after-ms", "86400000")]
    [InlineData("retry-after-ms", "soon")]
    public async Task WaitThatIsTooLongOrNoLength_NextTargetAnswersAndTheFirstIsLeftAlone(string name, string value)
    {
        _gateway.Upstream.Answer(Busy(name, value)).Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("two", Wires.Chat));

        Assert.Equal("groq", call.Header("x-lightport-provider"));
        Assert.Equal(["openai", "groq"], _gateway.Upstream.Seen.Select(seen => seen.Pool));
    }

    [Fact]
    public async Task WaitThatIsTooLong_AtTheOnlyTarget_IsToldAtOnce()
    {
        _gateway.Upstream.Answer(Busy("retry-after", "172800"));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);

        Assert.Equal(429, call.Status);
        Assert.Equal("172800", call.Header("retry-after"));
        Assert.Single(_gateway.Upstream.Seen);
    }

    [Fact]
    public async Task MillisecondsThatAreNone_SecondsCount()
    {
        var busy = new ScriptedResponse(429, null, Stream.Null)
        {
            Fields = { ["retry-after-ms"] = "?", ["retry-after"] = "4" },
        };
        _gateway.Upstream.Answer(busy).Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        ClientCall call = _gateway.Start(GatewayEndpoints.ChatCompletions, Wires.Chat);

        await _gateway.Clock.WaitingFor(TimeSpan.FromSeconds(4));
        _gateway.Clock.Advance(TimeSpan.FromSeconds(4));
        await call.Done;

        Assert.Equal(200, call.Status);
    }

    public void Dispose() => _gateway.Dispose();

    private static ScriptedResponse Busy(string name, string value) =>
        new(429, null, Stream.Null) { Fields = { [name] = value } };
}
