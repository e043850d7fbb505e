using System.Text;
using Lightport.Admission;
using Lightport.Strangers.Form;
using Lightport.Tests.Exchanges;
using Lightport.Transport.Body;

namespace Lightport.Tests.Strangers.Form;

/// <summary>A form with a file of some megabytes goes in, sound comes out piece by piece.</summary>
public sealed class FormTests : IDisposable
{
    private const int SampleBytes = 3 * 1024 * 1024;
    private const string SoundType = "audio/L16; rate=24000; channels=1";

    private static readonly byte[] Sample = Bytes(SampleBytes);
    private static readonly byte[] Sound = [0xFF, 0xFB, 0x00, 0x80, 0xC3, 0x28, .. Bytes(64 * 1024)];

    private readonly TestGateway _gateway = StrangeGateway.Create($$"""
        models:
          m: { targets: [form/voice-9], retry: { attempts: 1 } }
          other: [form/other]
          both: { targets: [form/one, form/two], retry: { attempts: 1 } }
          chat: [openai/x]
        keys:
          - { name: bound, sha256: "{{KeyHash.Of("bound-key-0123456789")}}", models: [m, both, chat] }
        """);

    [Fact]
    public async Task Form_GoesOnAsItIs_ButForTheModel()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Of(SoundType, Sound));

        ClientCall call = await SendAsync(Form("m"));

        Assert.Equal(200, call.Status);
        SeenRequest seen = _gateway.Upstream.Last;
        Assert.Equal("https://form.example/speak", seen.Address.AbsoluteUri);
        Assert.Equal("multipart/form-data; boundary=cut-here", seen.MediaType);
        Assert.True(Form("voice-9").AsSpan().SequenceEqual(seen.Bytes));
        Assert.Equal(SoundType, call.Context.Response.ContentType);
        Assert.Equal(Sound, call.Body.Bytes);
    }

    /// <summary>The provider still holds the rest when the client has the first piece.</summary>
    [Fact]
    public async Task Sound_ReachesTheClientPieceByPiece()
    {
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(new ScriptedResponse(200, SoundType, body));
        ClientCall call = Start(Form("m"));
        body.Tell("first piece");
        await call.Body.Receives("first piece");
        await body.Hungry;
        Assert.False(call.Done.IsCompleted);
        Assert.Equal(11, body.BytesRead);

        body.Tell("second").End();
        await call.Done;

        Assert.Equal("first piecesecond", call.Text);
        Assert.True(_gateway.Record is { Failed: false, Usage.Estimated: true });
    }

    /// <summary>A file is no text: three megabytes of it are not most of a million tokens.</summary>
    [Fact]
    public async Task Usage_DoesNotCountTheFile()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Of(SoundType, Sound));

        await SendAsync(Form("m"));

        Assert.InRange(_gateway.Record.Usage!.Prompt, 1, 10);
    }

    [Fact]
    public async Task Error_IsJsonWithItsStatus()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json("""{"message":"No such voice."}""", 422));

        ClientCall call = await SendAsync(Form("m"));

        Assert.Equal(422, call.Status);
        Assert.Equal("application/json", call.Context.Response.ContentType);
        Assert.Equal("No such voice.", call.Error("message"));
    }

    [Fact]
    public async Task FailureBeforeTheFirstByte_GoesToTheNextTarget()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json("{}", 503)).Answer(ScriptedResponse.Of(SoundType, []))
            .Answer(ScriptedResponse.Of(SoundType, Sound));

        ClientCall first = await SendAsync(Form("both"));

        Assert.Equal(502, first.Status);
        Assert.True(Form("two").AsSpan().SequenceEqual(_gateway.Upstream.Last.Bytes));
        Assert.Equal(200, (await SendAsync(Form("both"))).Status);
    }

    [Fact]
    public async Task BreakInTheMiddle_BreaksTheConnectionOff()
    {
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(new ScriptedResponse(200, SoundType, body));
        ClientCall call = Start(Form("m"));
        body.Tell("first piece").Break();
        await call.Done;

        Assert.Equal("first piece", call.Text);
        Assert.True(call.Lifetime.BrokenOff);
        Assert.True(_gateway.Record is { Failed: true, Usage.Estimated: true });
    }

    [Fact]
    public async Task ClientThatGoes_EndsTheCall()
    {
        var body = new ScriptedBody();
        var response = new ScriptedResponse(200, SoundType, body);
        _gateway.Upstream.Answer(response);
        ClientCall call = Start(Form("m"));
        body.Tell("first piece");
        await call.Body.Receives("first piece");
        await body.Hungry;
        call.Abort();
        await call.Done;

        Assert.True(response.Disposed);
        Assert.True(_gateway.Record is { Status: 499, Usage.Estimated: true });
    }

    [Theory]
    [InlineData("other", "", "model_not_allowed")]
    [InlineData("m", "fallbacks=other", "model_not_allowed")]
    [InlineData("m", "fallbacks[]=other", "model_not_allowed")]
    [InlineData("m", "model[]=other", "model_not_allowed")]
    [InlineData("m", """models=["other"]""", "model_not_allowed")]
    [InlineData("m", "provider[only]=x", "model_not_allowed")]
    [InlineData("m", "api_base=https://elsewhere", "model_not_allowed")]
    public async Task Form_OfAKeyForCertainModels_ChoosesNoOther(string model, string field, string code)
    {
        ClientCall call = await SendAsync(Form(model, field));

        Assert.Equal((403, code), (call.Status, call.Error("code")));
        Assert.Empty(_gateway.Upstream.Seen);
    }

    [Theory]
    [InlineData("model=other")]
    [InlineData("Model=other")]
    public async Task ModelThatStandsTwice_IsRefused(string field)
    {
        ClientCall call = await SendAsync(Form("m", field));

        Assert.Equal((400, "invalid_form"), (call.Status, call.Error("code")));
    }

    [Fact]
    public async Task Body_BeyondTheBudget_IsRefusedBeforeItIsRead()
    {
        using var small = new TestGateway(
            "models: { m: [form/x] }",
            budget: new BodyBudget(2 * 1024 * 1024),
            providers: StrangeGateway.Providers,
            configure: StrangeGateway.Register);

        ClientCall call = small.Start(
            FormDialect.Door, headers: Headers, upload: new MemoryStream(Form("m")));
        await call.Done;

        Assert.Equal((503, "overloaded"), (call.Status, call.Error("code")));
    }

    [Fact]
    public async Task Provider_OfAnotherOperation_IsNotAsked()
    {
        ClientCall call = await SendAsync(Form("chat"));

        Assert.Equal((400, "unsupported_endpoint"), (call.Status, call.Error("code")));
    }

    public void Dispose() => _gateway.Dispose();

    private static Dictionary<string, string> Headers { get; } = new()
    {
        ["Content-Type"] = "multipart/form-data; boundary=cut-here",
        ["Authorization"] = "Bearer bound-key-0123456789",
    };

    private static byte[] Form(string model, string field = "")
    {
        string[] more = field.Split('=', 2);
        string extra = field.Length == 0
            ? ""
            : $"--cut-here\r\nContent-Disposition: form-data; name=\"{more[0]}\"\r\n\r\n{more[1]}\r\n";
        return
        [
            .. Encoding.UTF8.GetBytes(
                $"{extra}--cut-here\r\nContent-Disposition: form-data; name=\"sample\"; filename=\"é.wav\"\r\n"
                + "Content-Type: audio/wav\r\n\r\n"),
            .. Sample,
            .. Encoding.UTF8.GetBytes(
                $"\r\n--cut-here\r\ncontent-disposition: form-data; name=model\r\n\r\n{model}\r\n--cut-here--\r\n"),
        ];
    }

    private static byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(7).NextBytes(bytes);
        return bytes;
    }

    private ClientCall Start(byte[] form) =>
        _gateway.Start(FormDialect.Door, headers: Headers, upload: new MemoryStream(form));

    private async Task<ClientCall> SendAsync(byte[] form)
    {
        ClientCall call = Start(form);
        await call.Done;
        return call;
    }
}
