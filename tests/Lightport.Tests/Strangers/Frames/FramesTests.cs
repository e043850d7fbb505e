using Lightport.Providers;
using Lightport.Strangers.Frames;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Transport.Framing;
using Lightport.Transport.Body;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Strangers.Frames;

/// <summary>Spoken only: signed over all of the request, answered in binary messages.</summary>
public sealed class FramesTests : IDisposable
{
    private const string Key = "value-of-FRAMES_KEY";

    private readonly TestGateway _gateway = StrangeGateway.Create("""
        models:
          m: { targets: [frames/eu/one], retry: { attempts: 1 } }
          both: { targets: [frames/x, frames/y], retry: { attempts: 1 } }
        """);

    [Theory]
    [InlineData(Wires.Chat, "/model/eu%2Fone/say")]
    [InlineData(Wires.ChatStream, "/model/eu%2Fone/say-stream")]
    public async Task Request_IsSignedOverAllOfIt(string request, string path)
    {
        bool stream = request == Wires.ChatStream;
        _gateway.Upstream.Answer(StrangeProvider.Frames.Answer(stream));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, request);

        Assert.Equal(200, call.Status);
        SeenRequest seen = _gateway.Upstream.Last;
        Assert.Equal(path, seen.Address.AbsolutePath);
        Assert.NotNull(seen.Header("x-frames-date"));
        string expected = FramesSigner.Signature(
            seen.Method, seen.Address, seen.Headers, new BodySegments([seen.Bytes]), Key);
        Assert.Equal(expected, seen.Header("x-frames-signature"));
        Assert.DoesNotContain(seen.Headers, header => header.Value.Contains(Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Losses_AreTold()
    {
        _gateway.Upstream.Answer(StrangeProvider.Frames.Answer(stream: false));

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            """{"model":"m","temperature":1,"messages":[{"role":"user","content":"hi"}]}""");

        Assert.Equal("temperature", call.Header("x-lightport-dropped"));
    }

    /// <summary>Every bit counts, also of the message's length.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(20)]
    [InlineData(90)]
    public async Task BrokenMessage_BeforeContent_GoesToTheNextTarget(int at)
    {
        byte[] broken = [.. StrangeProvider.Frames.Text];
        broken[at] ^= 1;
        _gateway.Upstream.Answer(StrangeProvider.Frames.Streamed(StrangeProvider.Frames.Opening, broken))
            .Answer(StrangeProvider.Frames.Answer(stream: true));

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, Wires.For("both", Wires.ChatStream));

        Assert.Equal("2", call.Header("x-lightport-attempts"));
        Assert.Equal(1, call.Text.Split("\"Hello\"").Length - 1);
        Assert.Equal("x", Assert.Single(_gateway.Record.Lost).Model);
    }

    [Fact]
    public async Task BrokenMessage_AfterContent_IsAnErrorAndNeverHalfAnEvent()
    {
        byte[] broken = AwsEventStream.Event("text", """{"t":"never told"}""");
        broken[^6] ^= 1;
        _gateway.Upstream.Answer(StrangeProvider.Frames.Streamed(
            StrangeProvider.Frames.Opening, StrangeProvider.Frames.Text, broken, StrangeProvider.Frames.Rest));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.ChatStream);

        Assert.Contains("checksum", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("never", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("look", call.Text, StringComparison.Ordinal);
        Assert.True(_gateway.Record is { Failed: true, Usage.Estimated: true });
    }

    /// <summary>Wherever the connection ends: no piece of a message is told, and no cut looks like an end.</summary>
    [Fact]
    public async Task Stream_CutAnywhereBeforeItsEnd_IsAnError()
    {
        StrangeProvider told = StrangeProvider.Frames;
        byte[] body = [.. told.Opening, .. told.Text, .. told.Rest];
        int stop = body.Length - AwsEventStream.Event("tokens", """{"in":9,"out":3}""").Length;
        for (int length = 1; length < stop; length += 5)
        {
            _gateway.Upstream.Answer(ScriptedResponse.Of(told.MediaType, body[..length]));

            ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.ChatStream);

            Assert.True(_gateway.Record.Failed, $"cut at {length}: {call.Text}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    public async Task Stream_InPieces_IsTheSame(int piece)
    {
        StrangeProvider told = StrangeProvider.Frames;
        byte[] body = [.. told.Opening, .. told.Text, .. told.Rest];
        _gateway.Upstream.Answer(new ScriptedResponse(200, told.MediaType, new CutBody(body, piece)));

        await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.ChatStream);

        Assert.True(_gateway.Record is { Failed: false, Usage.Total: 12 });
    }

    /// <summary>Some quote the key that they were shown, also in what is no text around it.</summary>
    [Fact]
    public async Task Key_InAMessage_IsMasked()
    {
        _gateway.Upstream.Answer(StrangeProvider.Frames.Streamed(
            StrangeProvider.Frames.Opening,
            AwsEventStream.Event("text", $$"""{"t":"is {{Key}}"}"""),
            AwsEventStream.Exception("failed", $$"""{"message":"no {{Key}}"}""")));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.ChatStream);

        Assert.DoesNotContain(Key, call.Text, StringComparison.Ordinal);
        Assert.Contains("is [key]", call.Text, StringComparison.Ordinal);
    }

    /// <summary>The file names a signer that nobody registered.</summary>
    [Fact]
    public async Task Signer_ThatTheHostHasNot_IsSaid()
    {
        using var bare = new TestGateway(
            "models: { m: [frames/x] }",
            providers: "  frames: {}\n\n",
            configure: services => services
                .AddSingleton(FramesDialect.Chat)
                .AddSingleton(new ProviderFile("frames.json", FramesDialect.Provider)));

        ClientCall call = await bare.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);

        Assert.Equal(503, call.Status);
        Assert.Equal("provider_not_configured", call.Error("code"));
        Assert.Contains("'frames-hmac'", call.Error("message"), StringComparison.Ordinal);
    }

    public void Dispose() => _gateway.Dispose();
}
