using Lightport.Admission;
using Lightport.Storage;
using Lightport.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Exchanges;

/// <summary>
/// Files, containers and stores are kept by a provider's account, which client keys share: each key may name what an
/// answer told it of, and nothing else unless the account shares.
/// </summary>
public sealed class AccountFilesTests : IDisposable
{
    private const string InContainer = """
        {"id":"msg_1","type":"message","role":"assistant","model":"claude-x","container":{"id":"container_9","expires_at":"2027-01-01T00:00:00Z"},
        "content":[{"type":"bash_code_execution_tool_result","tool_use_id":"srvtoolu_1","content":{"type":"bash_code_execution_result","stdout":"","stderr":"","return_code":0,
        "content":[{"type":"bash_code_execution_output","file_id":"file_9"}]}},{"type":"text","text":"Hello"}],
        "stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":3}}
        """;

    private const string InterpreterAnswer = """
        {"id":"resp_1","object":"response","created_at":1,"status":"completed","model":"gpt-5","store":false,"output":[
        {"type":"code_interpreter_call","id":"ci_1","status":"completed","container_id":"cntr_9","code":"1","outputs":[]}],
        "usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2}}
        """;

    private const string Answer = """
        {"id":"resp_2","object":"response","created_at":1,"status":"completed","model":"gpt-5","store":false,"output":[
        {"type":"message","id":"msg_1","role":"assistant","status":"completed","content":[{"type":"output_text","text":"Hello","annotations":[]}]}],
        "usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2}}
        """;

    private const string Models = """
        models:
          gpt: [openai/gpt-5]
          claude: [anthropic/claude-x]
          gemini: [google/gemini-3-flash]
          shared: [library/gpt-5]
          both: [openai/gpt-5, library/gpt-5]

        """;

    private const string Providers = """
          google: {}
          library: { use: openai, base-url: "https://library.example/v1", shared-files: on }

        """;

    private static readonly Dictionary<string, string> One = new() { ["authorization"] = "Bearer one-key-0123456789" };
    private static readonly Dictionary<string, string> Two = new() { ["authorization"] = "Bearer two-key-0123456789" };

    private readonly TestGateway _gateway = Gateway(Models + $$"""
        keys:
          - { name: one, sha256: "{{KeyHash.Of("one-key-0123456789")}}" }
          - { name: two, sha256: "{{KeyHash.Of("two-key-0123456789")}}" }
        """);

    public static TheoryData<string, string, string> Named { get; } = new()
    {
        { "Responses", """{"model":"gpt","input":[{"role":"user","content":[{"type":"input_file","file_id":"file-1"}]}]}""", "input[0].content[0].file_id" },
        { "Responses", """{"model":"gpt","input":[{"role":"user","content":[{"type":"input_image","file\u005fid":"file-1"}]}]}""", "input[0].content[0].file_id" },
        { "Responses", """{"model":"gpt","input":"hi","tools":[{"type":"file_search","vector_store_ids":["vs_1"]}]}""", "tools[0].vector_store_ids[0]" },
        { "Responses", """{"model":"gpt","input":"hi","tools":[{"type":"code_interpreter","container":"cntr_1"}]}""", "tools[0].container" },
        { "Responses", """{"model":"gpt","input":"hi","tools":[{"type":"code_interpreter","container":{"type":"auto","file_ids":["file-1"]}}]}""", "tools[0].container.file_ids[0]" },
        { "Responses", """{"model":"gpt","input":[{"type":"code_interpreter_call","id":"ci_1","container_id":"cntr_1","code":"1","outputs":[],"status":"completed"}]}""", "input[0].container_id" },
        { "Responses", """{"model":"gpt","input":[{"type":"function_call_output","call_id":"c","output":[{"type":"input_file","file_id":"file-1"}]}]}""", "input[0].output[0].file_id" },
        { "AzureResponses", """{"model":"gpt","input":[{"role":"user","content":[{"type":"input_file","file_id":"file-1"}]}]}""", "input[0].content[0].file_id" },
        { "InputTokens", """{"model":"gpt","input":[{"role":"user","content":[{"type":"input_file","file_id":"file-1"}]}]}""", "input[0].content[0].file_id" },
        { "ChatCompletions", """{"model":"gpt","messages":[{"role":"user","content":[{"type":"file","file":{"file_id":"file-1"}}]}]}""", "messages[0].content[0].file.file_id" },
        { "Messages", """{"model":"claude","max_tokens":9,"messages":[{"role":"user","content":[{"type":"document","source":{"type":"file","file_id":"file_1"}}]}]}""", "messages[0].content[0].source.file_id" },
        { "Messages", """{"model":"claude","max_tokens":9,"messages":[{"role":"user","content":[{"type":"container_upload","file_id":"file_1"}]}]}""", "messages[0].content[0].file_id" },
        { "Messages", """{"model":"claude","max_tokens":9,"container":"container_1","messages":[{"role":"user","content":"hi"}]}""", "container" },
        { "Messages", """{"model":"claude","max_tokens":9,"container":{"id":"container_1","skills":[]},"messages":[{"role":"user","content":"hi"}]}""", "container.id" },
        { "Messages", """{"model":"claude","max_tokens":9,"container":{"skills":[{"type":"custom","skill_id":"skill_01A","version":"latest"}]},"messages":[{"role":"user","content":"hi"}]}""", "container.skills[0].skill_id" },
        { "Messages", """{"model":"claude","max_tokens":9,"messages":[{"role":"user","content":[{"type":"container_upload","type":"x_output","file_id":"file_1"}]}]}""", "messages[0].content[0].file_id" },
        { "GenerateContentBeta", """{"contents":[{"role":"user","parts":[{"fileData":{"fileUri":"https://generativelanguage.googleapis.com/v1beta/files/f1"}}]}]}""", "contents[0].parts[0].fileData.fileUri" },
        { "GenerateContentBeta", """{"contents":[{"role":"user","parts":[{"file_data":{"file_uri":"files/f1"}}]}]}""", "contents[0].parts[0].file_data.file_uri" },
        { "GenerateContentBeta", """{"cachedContent":"cachedContents/c1","contents":[{"role":"user","parts":[{"text":"hi"}]}]}""", "cachedContent" },
        { "InteractionsBeta", """{"model":"gemini","input":[{"type":"document","uri":"https://generativelanguage.googleapis.com/v1beta/files/f1"}]}""", "input[0].uri" },
    };

    [Theory]
    [MemberData(nameof(Named))]
    public async Task Id_ThatThisKeyWasNotTold_IsNotFound(string door, string body, string place)
    {
        using ClientCall call = await SendAsync(door, body, One);

        Assert.True(call.Status == 404, call.Text);
        Assert.Empty(_gateway.Upstream.Seen);
        if (door is not ("Messages" or "GenerateContentBeta" or "InteractionsBeta"))
        {
            Assert.Equal(place, call.Error("param"));
        }
    }

    [Theory]
    [MemberData(nameof(Named))]
    public async Task Id_OfTheOnlyKey_Passes(string door, string body, string place)
    {
        using TestGateway gateway = Gateway(Models + $$"""
            keys: [{ name: one, sha256: "{{KeyHash.Of("one-key-0123456789")}}" }]
            """);
        gateway.Upstream.Answer(ScriptedResponse.Json("{}"));

        using ClientCall call = await SendAsync(door, body, One, gateway);

        Assert.True(call.Status != 404, place + call.Text);
    }

    [Theory]
    [InlineData("Messages", """{"model":"claude","max_tokens":9,"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"read","input":{"file_id":"mine"}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"x"}]}],"tools":[{"name":"read","input_schema":{"type":"object","properties":{"file_id":{"type":"string","enum":["a"]}}}}]}""")]
    [InlineData("Messages", """{"model":"claude","max_tokens":9,"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":[{"type":"bash_code_execution_tool_result","tool_use_id":"s","content":{"type":"bash_code_execution_result","content":[{"type":"bash_code_execution_output","file_id":"file_1"}]}}]},{"role":"user","content":"more"}]}""")]
    [InlineData("Messages", """{"model":"claude","max_tokens":9,"container":{"skills":[{"type":"anthropic","skill_id":"pptx","version":"latest"}]},"messages":[{"role":"user","content":"hi"}]}""")]
    [InlineData("Responses", """{"model":"gpt","input":[{"role":"assistant","content":[{"type":"output_text","text":"a","annotations":[{"type":"file_citation","file_id":"file-1","index":0}]}]}],"metadata":{"file_id":"x"}}""")]
    [InlineData("Responses", """{"model":"gpt","input":"hi","tools":[{"type":"code_interpreter","container":{"type":"auto"}}]}""")]
    [InlineData("GenerateContentBeta", """{"contents":[{"role":"user","parts":[{"fileData":{"fileUri":"https://example.com/a.pdf","mimeType":"application/pdf"}}]}]}""")]
    public async Task Names_ThatAreNoIds_Pass(string door, string body)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json("{}"));

        using ClientCall call = await SendAsync(door, body, One);

        Assert.True(_gateway.Upstream.Seen.Count > 0, call.Text);
    }

    [Fact]
    public async Task File_OfAnAccountThatShares_IsNamedThereAlone()
    {
        const string Body = """{"model":"both","input":[{"role":"user","content":[{"type":"input_file","file_id":"file-1"}]}]}""";
        _gateway.Upstream.Answer(ScriptedResponse.Json(Answer));

        using ClientCall call = await SendAsync("Responses", Body, One);

        Assert.True(call.Status == 200, call.Text);
        Assert.Equal("library.example", _gateway.Upstream.Last.Address.Host);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Container_ThatAMessageToldOf_IsItsKeysAlone(bool stream)
    {
        _gateway.Upstream.Answer(stream ? ScriptedResponse.Events(Streamed) : ScriptedResponse.Json(InContainer));
        string first = Wires.For("claude", stream ? Wires.MessagesStream : Wires.Messages);
        Assert.Equal(200, (await SendAsync("Messages", first, One)).Status);

        foreach (string named in new[] { "\"container\":\"container_9\"", "\"x\":{\"type\":\"file\",\"file_id\":\"file_9\"}" })
        {
            string body = $"{Wires.For("claude", Wires.Messages)[..^1]},{named}}}";
            _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));
            using ClientCall mine = await SendAsync("Messages", body, One);
            using ClientCall others = await SendAsync("Messages", body, Two);

            Assert.Equal((200, 404), (mine.Status, others.Status));
        }
    }

    [Fact]
    public async Task Container_OfAnAnswerThatIsNotKept_IsItsKeysAlone()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(InterpreterAnswer));
        Assert.Equal(200, (await SendAsync("Responses", """{"model":"gpt","input":"hi","store":false}""", One)).Status);

        const string Body =
            """{"model":"gpt","input":"hi","store":false,"tools":[{"type":"code_interpreter","container":"cntr_9"}]}""";
        _gateway.Upstream.Answer(ScriptedResponse.Json(Answer));
        using ClientCall mine = await SendAsync("Responses", Body, One);
        using ClientCall others = await SendAsync("Responses", Body, Two);

        Assert.Equal((200, 404), (mine.Status, others.Status));
    }

    [Fact]
    public async Task TooManyIds_AreRefused()
    {
        string ids = string.Join(',', Enumerable.Range(0, 101).Select(place => $"\"vs_{place}\""));

        using ClientCall call = await SendAsync(
            "Responses",
            $$$"""{"model":"gpt","input":"hi","tools":[{"type":"file_search","vector_store_ids":[{{{ids}}}]}]}""",
            One);

        Assert.Equal(400, call.Status);
    }

    public void Dispose() => _gateway.Dispose();

    private static string Streamed { get; } =
        Wires.MessagesStart.Replace("\"role\":", "\"container\":{\"id\":\"container_9\"},\"role\":", StringComparison.Ordinal)
        + """
        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"bash_code_execution_tool_result","tool_use_id":"s","content":{"type":"bash_code_execution_result","content":[{"type":"bash_code_execution_output","file_id":"file_9"}]}}}


        """
        + Wires.MessagesEnd;

    private static TestGateway Gateway(string models) => new(
        models,
        providers: Providers,
        configure: services => services.AddSingleton<IResponseIdStore>(new MemoryResponseIds()));

    private Task<ClientCall> SendAsync(
        string door, string body, Dictionary<string, string> key, TestGateway? gateway = null) =>
        (gateway ?? _gateway).SendAsync(
            GatewayEndpoints.All.Single(one => one.Name == door),
            body,
            key,
            path: door == "GenerateContentBeta" ? "/v1beta/models/gemini:generateContent" : null);
}
