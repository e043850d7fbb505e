using Lightport.Admission;
using Lightport.Routing;
using Lightport.Storage;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Dialects.OpenAI.Responses;

/// <summary>
/// What a provider's account keeps, which the client keys of the gateway share: each reaches what was told to it.
/// </summary>
public sealed class OpenAIResponsesOwnersTests : IDisposable
{
    private const string Answer = """
        {"id":"resp_1","object":"response","created_at":1,"status":"completed","model":"gpt-5","store":true,"output":[
        {"type":"reasoning","id":"rs_1","summary":[]},{"type":"message","id":"msg_1","role":"assistant","status":
        "completed","content":[{"type":"output_text","text":"Hello","annotations":[]}]}],
        "usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2}}
        """;

    private static readonly string Created = Event(
        "response.created",
        """
        "response":{"id":"resp_1","object":"response","created_at":1,"status":"in_progress","store":true,"output":[]}
        """);

    private static readonly string Told = Event(
        "response.output_text.delta", """ "item_id":"msg_1","output_index":0,"content_index":0,"delta":"Hello" """);

    private static readonly string Completed = Event("response.completed", $"\"response\":{Answer}");

    private static readonly Dictionary<string, string> One = new() { ["authorization"] = "Bearer one-key-0123456789" };
    private static readonly Dictionary<string, string> Two = new() { ["authorization"] = "Bearer two-key-0123456789" };

    private readonly MemoryResponseIds _ids = new();
    private readonly TestGateway _gateway;

    public OpenAIResponsesOwnersTests() => _gateway = Gateway(TwoKeys, _ids);

    private static string TwoKeys { get; } = $$"""
        models:
          gpt: [openai/gpt-5]
          both: [second/gpt-5, openai/gpt-5]
          other: [second/gpt-5]
          claude: [anthropic/x]
          team: [team/gpt-5]
        keys:
          - { name: one, sha256: "{{KeyHash.Of("one-key-0123456789")}}" }
          - { name: two, sha256: "{{KeyHash.Of("two-key-0123456789")}}" }
        """;

    private static string OneKey { get; } = $$"""
        models: { gpt: [openai/gpt-5] }
        keys: [{ name: one, sha256: "{{KeyHash.Of("one-key-0123456789")}}" }]
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_OfAnotherKey_CannotBeGoneOnFrom(bool stream)
    {
        await AnswerAsync(stream);

        ClientCall call = await GoOnAsync(Two);

        Assert.Equal(404, call.Status);
        Assert.Equal("previous_response_not_found", call.Error("code"));
        Assert.Equal("Previous response with id 'resp_1' not found.", call.Error("message"));
        Assert.Single(_gateway.Upstream.Seen);
    }

    [Theory]
    [InlineData("""{"type":"item_reference","id":"msg_1"}""")]
    [InlineData("""{"id":"msg_1"}""")]
    [InlineData("""{"type":null,"id":"msg_1"}""")]
    [InlineData("""{"type":"item\u005freference","id":"msg\u005f1"}""")]
    [InlineData("""{"type":"message","type":"item_reference","id":"msg_1"}""")]
    [InlineData("""{"id":"msg_2","id":"msg_1"}""")]
    [InlineData("""{"type":"item_reference","id":"rs_1","role":"user","content":"x"}""")]
    public async Task Item_OfAnotherKey_CannotBeNamed(string item)
    {
        await AnswerAsync(stream: false);
        string request = $$"""{"model":"gpt","input":[{"role":"user","content":"x"},{{item}}]}""";

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Responses, request, Two);

        Assert.True(call.Status == 404, call.Text);
        Assert.Equal("input[1].id", call.Error("param"));
        Assert.Single(_gateway.Upstream.Seen);
    }

    [Fact]
    public async Task Count_OfAnotherKeysAnswer_IsRefusedToo()
    {
        await AnswerAsync(stream: false);

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.InputTokens, """{"model":"gpt","previous_response_id":"resp_1","input":"x"}""", Two);

        Assert.Equal(404, call.Status);
        Assert.Single(_gateway.Upstream.Seen);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_AndItems_AreTheirKeysOwn(bool stream)
    {
        await AnswerAsync(stream);

        Assert.Equal(200, (await GoOnAsync(One)).Status);
        _gateway.Upstream.Answer(ScriptedResponse.Json(Answer));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Responses,
            """{"model":"gpt","input":[{"type":"item_reference","id":"msg_1"},{"role":"user","content":"x"}]}""",
            One);
        Assert.True(call.Status == 200, call.Text);
    }

    [Fact]
    public async Task Request_ThatGoesOn_GoesToTheAccountThatKeepsIt()
    {
        await AnswerAsync(stream: false);

        _gateway.Upstream.Answer(ScriptedResponse.Json(Answer));
        ClientCall both = await _gateway.SendAsync(GatewayEndpoints.Responses, GoingOn("both"), One);
        Assert.Equal(("openai", 200), (_gateway.Upstream.Last.Pool, both.Status));

        foreach (string model in new[] { "other", "claude" })
        {
            ClientCall elsewhere = await _gateway.SendAsync(GatewayEndpoints.Responses, GoingOn(model), One);
            Assert.Equal((400, "kept_elsewhere"), (elsewhere.Status, elsewhere.Error("code")));
        }
    }

    [Fact]
    public async Task Answer_OfOneOfSeveralAccounts_IsNotedAsItsOwn()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Answer));
        await _gateway.SendAsync(GatewayEndpoints.Responses, """{"model":"team","input":"hi"}""", One);

        string account = _gateway.Upstream.Last.Header("authorization")!["Bearer value-of-".Length..];
        Assert.All(_ids.All.Values, record => Assert.Equal(MakerOf(account), record.Provider));
    }

    [Theory]
    [InlineData("TEAM_ONE")]
    [InlineData("TEAM_TWO")]
    public async Task Answer_OfOneOfSeveralAccounts_IsAskedForThere(string account)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Answer));
        await _gateway.SendAsync(GatewayEndpoints.Responses, """{"model":"team","input":"hi"}""", One);
        foreach (ResponseIdRecord record in _ids.All.Values)
        {
            await _ids.AddAsync([record with { Provider = MakerOf(account) }], CancellationToken.None);
        }

        _gateway.Upstream.Answer(ScriptedResponse.Json(Answer)).Answer(ScriptedResponse.Json(Answer));
        await _gateway.SendAsync(GatewayEndpoints.Responses, GoingOn("team"), One);
        await _gateway.SendAsync(GatewayEndpoints.Response, headers: One, path: "/v1/responses/resp_1");

        Assert.Equal(3, _gateway.Upstream.Seen.Count);
        Assert.All(
            _gateway.Upstream.Seen.Skip(1),
            seen => Assert.Equal($"Bearer value-of-{account}", seen.Header("authorization")));
    }

    [Fact]
    public async Task Answer_OfAnAccountThatIsGone_IsNobodys()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Answer));
        await _gateway.SendAsync(GatewayEndpoints.Responses, """{"model":"team","input":"hi"}""", One);
        foreach (ResponseIdRecord record in _ids.All.Values)
        {
            await _ids.AddAsync([record with { Provider = MakerOf("TEAM_GONE") }], CancellationToken.None);
        }

        ClientCall goesOn = await _gateway.SendAsync(GatewayEndpoints.Responses, GoingOn("team"), One);
        ClientCall again = await _gateway.SendAsync(
            GatewayEndpoints.Response, headers: One, path: "/v1/responses/resp_1");

        Assert.Equal((400, "kept_elsewhere"), (goesOn.Status, goesOn.Error("code")));
        Assert.Equal(404, again.Status);
        Assert.DoesNotContain("#", goesOn.Text, StringComparison.Ordinal);
        Assert.Single(_gateway.Upstream.Seen);
    }

    [Fact]
    public async Task Stream_IsNotTold_BeforeItIsNotedWhoseItIs()
    {
        var gate = new TaskCompletionSource();
        _ids.Gate = gate.Task;
        var body = new ScriptedBody();
        body.Tell(Created).Tell(Told);
        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = _gateway.Start(
            GatewayEndpoints.Responses, """{"model":"gpt","input":"hi","stream":true}""", One);

        Assert.Equal("", call.Text);
        gate.SetResult();
        body.Tell(Completed).End();
        await call.Done;
        Assert.Equal(Created + Told + Completed, call.Text);
        Assert.Equal(["msg_1", "resp_1", "rs_1"], _ids.All.Keys.Select(key => key.Id).Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Store_ThatIsAway_CostsTheAnswerItsMemoryAlone(bool stream)
    {
        _ids.Fails = true;
        ClientCall call = await AnswerAsync(stream);

        Assert.Equal("store", call.Header("x-lightport-dropped"));
        Assert.Contains(_gateway.Log.Lines, line => line.EventId == 11);
        ClientCall goesOn = await GoOnAsync(One);
        Assert.Equal((503, "response_store_unavailable"), (goesOn.Status, goesOn.Error("code")));
        _ids.Fails = false;
        Assert.Equal(404, (await GoOnAsync(One)).Status);
    }

    [Fact]
    public async Task Store_ThatHangs_HoldsAnAnswerUpForASecond()
    {
        _ids.Gate = new TaskCompletionSource().Task;
        _gateway.Upstream.Answer(ScriptedResponse.Json(Answer));
        ClientCall call = _gateway.Start(GatewayEndpoints.Responses, """{"model":"gpt","input":"hi"}""", One);

        Assert.False(call.Done.IsCompleted);
        _gateway.Clock.Advance(TimeSpan.FromSeconds(1));
        await call.Done;

        Assert.Equal((200, "store"), (call.Status, call.Header("x-lightport-dropped")));
    }

    [Theory]
    [InlineData("""{"model":"gpt","input":"hi","store":false}""", Answer)]
    [InlineData("""{"model":"gpt","input":"hi"}""", """
        {"id":"resp_1","status":"completed","store":false,"output":[{"type":"message","id":"msg_1"}]}
        """)]
    public async Task Answer_ThatNobodyKeeps_IsNotNoted(string request, string answer)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(answer));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Responses, request, One);

        Assert.True(call.Status == 200, call.Text);
        Assert.Empty(_ids.All);
        Assert.Null(call.Header("x-lightport-dropped"));
    }

    [Fact]
    public async Task WithoutAStore_KeysThatShareAnAccount_ReachNothing_AndAreToldSo()
    {
        using TestGateway gateway = Gateway(TwoKeys, null);
        gateway.Upstream.Answer(ScriptedResponse.Json(Answer));
        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.Responses, """{"model":"gpt","input":"hi"}""", One);

        Assert.Equal("store", call.Header("x-lightport-dropped"));
        Assert.Equal(404, (await gateway.SendAsync(GatewayEndpoints.Responses, GoingOn("gpt"), One)).Status);
    }

    [Fact]
    public async Task WithoutAStore_TheOnlyKey_ReachesAllThatTheAccountKeeps()
    {
        using TestGateway gateway = Gateway(OneKey, null);
        gateway.Upstream.Answer(ScriptedResponse.Json(Answer));
        ClientCall call = await gateway.SendAsync(GatewayEndpoints.Responses, GoingOn("gpt"), One);

        Assert.Equal((200, (string?)null), (call.Status, call.Header("x-lightport-dropped")));
        Assert.Equal("resp_1", (string?)gateway.Upstream.Last.Json["previous_response_id"]);
    }

    [Fact]
    public async Task OwnKeyOfTheProviders_ReachesWhatItsAccountKeeps()
    {
        using TestGateway gateway = Gateway(
            "models: { gpt: [openai/gpt-5] }\nadmission: { mode: bring-your-own }", _ids);
        gateway.Upstream.Answer(ScriptedResponse.Json(Answer));
        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.Responses,
            GoingOn("gpt"),
            new Dictionary<string, string> { ["authorization"] = "Bearer sk-proj-theirs" });

        Assert.True(call.Status == 200, call.Text);
        Assert.Empty(_ids.All);
    }

    [Theory]
    [InlineData("/openai/v1/responses/", "")]
    [InlineData("/openai/responses/", "?api-version=2025-04-01-preview")]
    public async Task Answer_IsAskedForAgain_AtAzuresPaths(string path, string version)
    {
        await AnswerAsync(stream: false);
        foreach ((string method, string below) in
            new[] { ("GET", ""), ("GET", "/input_items"), ("POST", "/cancel"), ("DELETE", "") })
        {
            _gateway.Upstream.Answer(ScriptedResponse.Json("{}"));
            GatewayEndpoint door = GatewayEndpoints.All.Single(
                endpoint => endpoint.Method == method && endpoint.Path == $"{path}{{id}}{below}");

            using ClientCall mine = await _gateway.SendAsync(door, headers: One, path: $"{path}resp_1{below}{version}");
            using ClientCall others = await _gateway.SendAsync(door, headers: Two, path: $"{path}resp_1{below}");

            Assert.Equal((200, 404), (mine.Status, others.Status));
            SeenRequest seen = _gateway.Upstream.Last;
            Assert.Equal(
                (method, $"https://api.openai.com/v1/responses/resp_1{below}"),
                (seen.Method.Method, seen.Address.AbsoluteUri));
        }
    }

    [Theory]
    [InlineData("GET", "", "?include[]=a&include[]=b%26c&api-version=1&key=x", "?include%5B%5D=a&include%5B%5D=b%26c")]
    [InlineData("GET", "/input_items", "?limit=2&after=msg_1&order=asc", "?limit=2&order=asc&after=msg_1")]
    [InlineData("DELETE", "", "", "")]
    [InlineData("POST", "/cancel", "", "")]
    public async Task Answer_IsAskedForAgain_OfTheAccountThatKeepsIt(
        string method, string below, string query, string told)
    {
        await AnswerAsync(stream: false);
        const string Said = """{"id":"resp_1","status":"failed","error":{"code":"server_error","message":"x"}}""";
        _gateway.Upstream.Answer(ScriptedResponse.Json(Said));
        GatewayEndpoint door = GatewayEndpoints.All.First(
            endpoint => endpoint.Method == method && endpoint.Path == "/v1/responses/{id}" + below);

        ClientCall mine = await _gateway.SendAsync(door, headers: One, path: $"/v1/responses/resp_1{below}{query}");
        ClientCall others = await _gateway.SendAsync(door, headers: Two, path: $"/v1/responses/resp_1{below}{query}");

        Assert.Equal((200, Said, 404), (mine.Status, mine.Text, others.Status));
        Assert.Equal("Response with id 'resp_1' not found.", others.Error("message"));
        SeenRequest seen = _gateway.Upstream.Last;
        Assert.Equal(
            (method, $"https://api.openai.com/v1/responses/resp_1{below}{told}", ""),
            (seen.Method.Method, seen.Address.AbsoluteUri, seen.Body));
        Assert.Equal("Bearer value-of-OPENAI_API_KEY", seen.Header("authorization"));
        Assert.Single(_gateway.Usage.Records);
    }

    [Fact]
    public async Task Answer_IsToldAgainAsAStream()
    {
        await AnswerAsync(stream: false);
        _gateway.Upstream.Answer(ScriptedResponse.Events(Told + Completed));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Response, headers: One, path: "/v1/responses/resp_1?stream=true&starting_after=0");

        Assert.Equal(Told + Completed, call.Text);
        Assert.Equal("?stream=true&starting_after=0", _gateway.Upstream.Last.Address.Query);
    }

    [Fact]
    public async Task Answer_ThatItsAccountHasNoLonger_IsItsOwn404()
    {
        await AnswerAsync(stream: false);
        _gateway.Upstream.Answer(ScriptedResponse.Error(404));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Response, headers: One, path: "/v1/responses/resp_1");

        Assert.Equal((404, "Told by the provider."), (call.Status, call.Error("message")));
    }

    [Fact]
    public async Task Conversation_IsMadeShorter_WhereItsProviderCan()
    {
        const string Compact = """
            {"id":"resp_2","object":"response.compaction","created_at":1,"output":[],
            "usage":{"input_tokens":9,"output_tokens":3,"total_tokens":12}}
            """;
        _gateway.Upstream.Answer(ScriptedResponse.Json(Compact));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ResponseCompaction, """{"model":"gpt","input":"hi"}""", One);

        Assert.Equal((200, Compact), (call.Status, call.Text));
        Assert.Equal("https://api.openai.com/v1/responses/compact", _gateway.Upstream.Last.Address.AbsoluteUri);
        Assert.Equal((9, 3), (_gateway.Record.Usage!.Input, _gateway.Record.Usage.Output));
        await AnswerAsync(stream: false);
        ClientCall others = await _gateway.SendAsync(
            GatewayEndpoints.ResponseCompaction, """{"model":"gpt","previous_response_id":"resp_1"}""", Two);
        ClientCall elsewhere = await _gateway.SendAsync(
            GatewayEndpoints.ResponseCompaction, """{"model":"claude","input":"hi"}""", One);
        Assert.Equal((404, 400), (others.Status, elsewhere.Status));
        Assert.Equal("unsupported_endpoint", elsewhere.Error("code"));
    }

    [Fact]
    public async Task References_MoreThanAConversationHas_AreRefused()
    {
        string items = string.Join(',', Enumerable.Range(0, 1001).Select(i => $$"""{"id":"msg_{{i}}"}"""));

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Responses, $$"""{"model":"gpt","input":[{{items}}]}""", One);

        Assert.Equal((400, "input"), (call.Status, call.Error("param")));
    }

    [Fact]
    public async Task Id_LongerThanAny_IsNobodys()
    {
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Responses,
            $$"""{"model":"gpt","input":"x","previous_response_id":"{{new string('x', 10_000)}}"}""",
            One);

        Assert.Equal(404, call.Status);
    }

    public void Dispose() => _gateway.Dispose();

    private static TestGateway Gateway(string models, IResponseIdStore? ids) => new(
        models,
        providers: """
          second: { use: openai, key: GROQ_API_KEY }
          team: { use: openai, keys: [TEAM_ONE, TEAM_TWO] }

        """,
        configure: services =>
        {
            if (ids is not null)
            {
                services.AddSingleton(ids);
            }
        });

    private static string Event(string type, string fields) =>
        $$"""event: {{type}}{{"\n"}}data: {"type":"{{type}}",{{fields.ReplaceLineEndings("")}}}{{"\n\n"}}""";

    private static string MakerOf(string account) => $"team#{new ProviderAccount(account).Mark}";

    private static string GoingOn(string model) =>
        $$"""{"model":"{{model}}","previous_response_id":"resp_1","input":"x"}""";

    private async Task<ClientCall> AnswerAsync(bool stream)
    {
        _gateway.Upstream.Answer(
            stream ? ScriptedResponse.Events(Created + Told + Completed) : ScriptedResponse.Json(Answer));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Responses,
            $$"""{"model":"gpt","input":"hi","stream":{{(stream ? "true" : "false")}}}""",
            One);
        Assert.True(call.Status == 200, call.Text);
        return call;
    }

    private Task<ClientCall> GoOnAsync(Dictionary<string, string> key)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Answer));
        return _gateway.SendAsync(GatewayEndpoints.Responses, GoingOn("gpt"), key);
    }
}
