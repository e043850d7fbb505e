namespace Lightport.Tests.Exchanges;

/// <summary>Providers' keys: shown to their own provider only, told to nobody, looked up anew when refused.</summary>
public sealed class SecretsTests : IDisposable
{
    private readonly TestGateway _gateway = new(
        "models: { m: [openai/x], both: [openai/x, anthropic/y], claude: [anthropic/y], loose: [mistral-ai/z] }");

    [Fact]
    public async Task Key_StandsWhereTheProviderWantsIt()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer))
            .Answer(ScriptedResponse.Json(Wires.MessagesAnswer));
        await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);
        await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.For("claude", Wires.Messages));
        Assert.Equal("Bearer value-of-OPENAI_API_KEY", _gateway.Upstream.Seen[0].Header("authorization"));
        Assert.Null(_gateway.Upstream.Seen[0].Header("x-api-key"));
        Assert.Equal("value-of-ANTHROPIC_API_KEY", _gateway.Upstream.Seen[1].Header("x-api-key"));
        Assert.Null(_gateway.Upstream.Seen[1].Header("authorization"));
    }

    [Fact]
    public async Task KeyRefused_IsForgotten()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Error(401, "invalid_api_key"));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);
        Assert.Equal(502, call.Status);
        Assert.Equal(["OPENAI_API_KEY"], _gateway.Secrets.Invalidated);
    }

    [Theory]
    [InlineData("ChatCompletions", 403)]
    [InlineData("ChatCompletions", 200)]
    [InlineData("Messages", 403)]
    public async Task KeyQuotedInAnError_NeverReachesTheClient(string door, int status)
    {
        const string Quoting =
            """{"error":{"message":"Incorrect key value-of-OPENAI_API_KEY.","type":"t","code":"value-of-OPENAI_API_KEY"}}""";
        _gateway.Upstream.Answer(ScriptedResponse.Json(Quoting, status));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.All.Single(endpoint => endpoint.Name == door),
            door == "Messages" ? Wires.For("m", Wires.Messages) : Wires.Chat,
            new Dictionary<string, string> { ["x-lightport-no-retry"] = "true" });
        Assert.NotEqual(200, call.Status);
        Assert.Equal("Incorrect key [key].", call.Error("message"));
        Assert.DoesNotContain("value-of", call.Text, StringComparison.Ordinal);
    }

    /// <summary>Every way in which JSON can write the key, also as a string within a string.</summary>
    [Theory]
    [InlineData("sk-abcd/EFGH+ijkl", """sk-abcd\/EFGH+ijkl""")]
    [InlineData("sk-abcd/EFGH+ijkl", """sk-\u0061bcd/EFGH\u002Bijkl""")]
    [InlineData("sk-abcd/EFGH+ijkl", """\u0073\u006B\u002dabcd\/EFGH\u002bijk\u006c""")]
    [InlineData("sk-abcd/EFGH+ijkl", """sk-abcd\\/EFGH\\u002bijkl""")]
    [InlineData("sk-abcd-EFGH-ijkl", """sk-abcd-\u0045FGH-ijkl""")]
    [InlineData("sk-abcd\"EFGH\\ijkl", """sk-abcd\"EFGH\\ijkl""")]
    public async Task KeyQuotedWithEscapes_NeverReachesTheClient(string key, string quoted)
    {
        _gateway.Secrets.Values["OPENAI_API_KEY"] = key;
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = _gateway.Start(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        body.Tell(Wires.ChatRole + Wires.ChatText);
        await call.Body.Receives("Hello");
        body.Tell(Wires.ChatError.Replace("Told by the provider.", $"Wrong {quoted}!", StringComparison.Ordinal)).End();
        await call.Done;
        Assert.Contains("Wrong [key]!", call.Text, StringComparison.Ordinal);

        string whole = Wires.ChatAnswer.Replace("Hello", $"Hello {quoted}!", StringComparison.Ordinal);
        _gateway.Upstream.Answer(ScriptedResponse.Json(whole));
        Assert.Contains(
            "Hello [key]!",
            (await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat)).Text,
            StringComparison.Ordinal);

        _gateway.Upstream.Answer(ScriptedResponse.Json($$$"""{"error":{"message":"Wrong {{{quoted}}}!"}}""", 400));
        ClientCall refused = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);
        Assert.Equal("Wrong [key]!", refused.Error("message"));
    }

    [Theory]
    [InlineData("value-of-OPE…", "[key]…")]
    [InlineData("value-of-OPENAI_A…", "[key]NAI_A…")]
    [InlineData("…ENAI_API_KEY", "…[key]")]
    [InlineData("value-of-OP****_KEY", "value-of-OP****_KEY")]
    public async Task HalfOfAKeyInAnError_IsTakenOut_AndALittleStays(string quoted, string told)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json($$$"""{"error":{"message":"Wrong {{{quoted}}}"}}""", 400));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);

        Assert.Equal($"Wrong {told}", call.Error("message"));
    }

    [Theory]
    [InlineData("ChatCompletions", "m")]
    [InlineData("ChatCompletions", "loose")]
    [InlineData("ChatCompletions", "claude")]
    [InlineData("Messages", "m")]
    [InlineData("Messages", "claude")]
    public async Task KeyQuotedInTheMiddleOfAStream_NeverReachesTheClient(string door, string model)
    {
        string key = model switch { "claude" => "ANTHROPIC_API_KEY", "loose" => "GROQ_API_KEY", _ => "OPENAI_API_KEY" };
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = _gateway.Start(
            GatewayEndpoints.All.Single(endpoint => endpoint.Name == door),
            Wires.For(model, door == "Messages" ? Wires.MessagesStream : Wires.ChatStream));
        body.Tell(model == "claude" ? Wires.MessagesStart + Wires.MessagesText : Wires.ChatRole + Wires.ChatText);
        await call.Body.Receives("Hello");
        string error = model == "claude" ? Wires.MessagesError : Wires.ChatError;
        body.Tell(error.Replace("Told by the provider.", $"Incorrect key value-of-{key}.", StringComparison.Ordinal));
        body.End();
        await call.Done;
        Assert.Contains("Incorrect key [key].", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("value-of", call.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(429)]
    public async Task KeyQuotedInAHeader_NeverReachesTheClient(int status)
    {
        byte[] body = System.Text.Encoding.UTF8.GetBytes(Wires.ChatAnswer);
        _gateway.Upstream.Answer(new ScriptedResponse(status, "application/json", new MemoryStream(body))
        {
            Fields = { ["x-ratelimit-key"] = "value-of-OPENAI_API_KEY" },
        });
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            Wires.Chat,
            new Dictionary<string, string> { ["x-lightport-no-retry"] = "true" });
        Assert.Equal(status, call.Status);
        Assert.Equal("[key]", call.Header("x-ratelimit-key"));
    }

    [Fact]
    public async Task ShortKey_StaysAWordOfTheAnswer()
    {
        _gateway.Secrets.Values["OPENAI_API_KEY"] = "Hello";
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);
        Assert.Contains("Hello", call.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoSecret_Is503ThatNamesIt()
    {
        _gateway.Secrets.Missing.Add("OPENAI_API_KEY");
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);
        Assert.Equal(503, call.Status);
        Assert.Contains("'OPENAI_API_KEY'", call.Error("message"), StringComparison.Ordinal);
        Assert.Equal("provider_not_configured", call.Error("code"));
        Assert.Equal("false", call.Header("x-should-retry"));
        Assert.Single(_gateway.Log.Lines, line => line.EventId == 9);
        Assert.Empty(_gateway.Upstream.Seen);
    }

    [Fact]
    public async Task NoSecret_NextTargetAnswers()
    {
        _gateway.Secrets.Missing.Add("OPENAI_API_KEY");
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, Wires.For("both", Wires.Chat));
        Assert.Equal(200, call.Status);
        Assert.Equal("anthropic", call.Header("x-lightport-provider"));
    }

    [Fact]
    public async Task VaultAway_Is503WithoutItsWordsAndTheNextTargetAnswers()
    {
        _gateway.Secrets.Unavailable.Add("OPENAI_API_KEY");
        ClientCall alone = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);
        Assert.Equal(503, alone.Status);
        Assert.Equal("secret_unavailable", alone.Error("code"));
        Assert.DoesNotContain("canary", alone.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("OPENAI_API_KEY", alone.Text, StringComparison.Ordinal);
        CapturedLine line = Assert.Single(_gateway.Log.Lines, line => line.EventId == 9);
        Assert.EndsWith("has no key for openai: the vault is away, says canary-vault", line.Text);

        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));
        ClientCall both = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, Wires.For("both", Wires.Chat));
        Assert.Equal(200, both.Status);
    }

    [Fact]
    public async Task OwnKey_GoesToItsProviderAndToNoOther()
    {
        using var gateway = new TestGateway(
            "admission: { mode: bring-your-own }\nmodels: { both: [openai/x, anthropic/y] }");
        var key = new Dictionary<string, string> { ["authorization"] = "Bearer sk-proj-canary" };
        string request = Wires.For("both", Wires.Chat);
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer)).Answer(ScriptedResponse.Error(404));
        await gateway.SendAsync(GatewayEndpoints.ChatCompletions, request, key);
        Assert.Equal("Bearer sk-proj-canary", gateway.Upstream.Last.Header("authorization"));

        ClientCall call = await gateway.SendAsync(GatewayEndpoints.ChatCompletions, request, key);
        Assert.Equal(401, call.Status);
        Assert.Equal(2, gateway.Upstream.Seen.Count);
        Assert.Contains("not for anthropic", call.Error("message"), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", call.Text, StringComparison.Ordinal);
        Assert.All(
            gateway.Log.Lines, line => Assert.DoesNotContain("canary", line.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OwnKeyByItsPrefix_DoesNotReachAnothersModel()
    {
        using var gateway = new TestGateway("admission: { mode: bring-your-own }\nmodels: { m: [openai/x] }");
        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.Messages,
            Wires.Messages,
            new Dictionary<string, string> { ["x-api-key"] = "sk-ant-canary" });
        Assert.Equal(401, call.Status);
        Assert.Empty(gateway.Upstream.Seen);
    }

    /// <summary>Whole in neither event, it is masked by halves: less than a half of it stands in either.</summary>
    [Theory]
    [InlineData("ChatCompletions", 1)]
    [InlineData("ChatCompletions", 20)]
    [InlineData("ChatCompletions", 21)]
    [InlineData("ChatCompletions", 40)]
    [InlineData("Messages", 20)]
    [InlineData("Messages", 25)]
    public async Task KeyQuotedOverTwoEvents_IsNotToldWhole(string door, int place)
    {
        const string Key = "sk-proj-0123456789abcdefghijklmnopqrstuvw";
        _gateway.Secrets.Values["OPENAI_API_KEY"] = Key;
        _gateway.Upstream.Answer(ScriptedResponse.Events(
            Wires.ChatText.Replace("Hello", $"I show {Key[..place]}", StringComparison.Ordinal)
            + Wires.ChatText.Replace("Hello", $"{Key[place..]} here", StringComparison.Ordinal)
            + Wires.ChatFinish + Wires.ChatUsage + Wires.ChatDone));

        using ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.All.Single(one => one.Name == door),
            door == "Messages" ? Wires.MessagesStream : Wires.ChatStream);

        Assert.Contains("[key]", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Key[..21], call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Key[20..], call.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnKeyRefused_DoesNotForgetTheInstallationsSecret()
    {
        using var gateway = new TestGateway("admission: { mode: bring-your-own }\nmodels: { m: [openai/x] }");
        gateway.Upstream.Answer(ScriptedResponse.Error(401, "invalid_api_key"));
        await gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            Wires.Chat,
            new Dictionary<string, string> { ["authorization"] = "Bearer sk-proj-canary" });
        Assert.Empty(gateway.Secrets.Invalidated);
    }

    public void Dispose() => _gateway.Dispose();
}
