using System.Text.Json.Nodes;
using Lightport.Admission;
using Lightport.Storage;
using Lightport.Tests.Dialects.Anthropic.Messages;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Dialects.OpenAI.Responses;

/// <summary>Answers that are kept: gone on from, asked for again, removed, by whoever got them and nobody else.</summary>
public sealed class OpenAIResponsesMemoryTests : IDisposable
{
    private static readonly Dictionary<string, string> One = new() { ["authorization"] = "Bearer one-key-0123456789" };
    private static readonly Dictionary<string, string> Two = new() { ["authorization"] = "Bearer two-key-0123456789" };

    private readonly MemoryResponses _store = new();
    private readonly TestGateway _gateway;

    public OpenAIResponsesMemoryTests() => _gateway = new TestGateway(
        $$"""
        models: { claude: [anthropic/claude-sonnet-4-5], chat: [loose/x] }
        keys:
          - { name: one, sha256: "{{KeyHash.Of("one-key-0123456789")}}" }
          - { name: two, sha256: "{{KeyHash.Of("two-key-0123456789")}}" }
        """,
        configure: services => services.AddSingleton<IResponseStore>(_store));

    [Fact]
    public async Task Request_ThatGoesOn_SaysTheWholeConversation()
    {
        string id = await AnswerAsync("""{"model":"claude","input":"hi","instructions":"Be brief."}""");

        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Responses,
            $$"""{"model":"chat","previous_response_id":"{{id}}","input":[{"role":"user","content":"And now?"}]}""",
            One);

        Assert.True(call.Status == 200, call.Text);
        Wire.Same(
            """
            [{"role":"user","content":"hi"},{"role":"assistant","content":"Hello"},{"role":"user","content":"And now?"}]
            """,
            _gateway.Upstream.Last.Json["messages"]);
        Assert.Equal(id, (string?)call.Json["previous_response_id"]);
        Assert.True((bool)call.Json["store"]!);
    }

    [Fact]
    public async Task Answer_OfAnotherKey_DoesNotExist()
    {
        string id = await AnswerAsync("""{"model":"claude","input":"hi"}""");

        ClientCall goesOn = await _gateway.SendAsync(
            GatewayEndpoints.Responses, $$"""{"model":"claude","previous_response_id":"{{id}}","input":"x"}""", Two);
        ClientCall asks = await AskAsync(GatewayEndpoints.Response, id, Two);
        ClientCall removes = await AskAsync(GatewayEndpoints.ResponseRemoval, id, Two);

        Assert.Equal((404, 404, 404), (goesOn.Status, asks.Status, removes.Status));
        Assert.Equal("previous_response_not_found", goesOn.Error("code"));
        Assert.Equal($"Previous response with id '{id}' not found.", goesOn.Error("message"));
        Assert.Equal(200, (await AskAsync(GatewayEndpoints.Response, id, One)).Status);
    }

    [Fact]
    public async Task Answer_IsAskedForAgain_AndRemoved()
    {
        string id = await AnswerAsync("""{"model":"claude","input":"hi"}""");

        ClientCall again = await AskAsync(GatewayEndpoints.Response, id, One);
        ClientCall items = await AskAsync(GatewayEndpoints.ResponseItems, id, One);
        ClientCall removed = await AskAsync(GatewayEndpoints.ResponseRemoval, id, One);

        ResponsesStreamLaws.CheckResponse(again.Json, "completed");
        Assert.Equal("Hello", (string?)again.Json["output"]![0]!["content"]![0]!["text"]);
        Assert.Equal("hi", (string?)items.Json["data"]![0]!["content"]![0]!["text"]);
        Assert.False((bool)items.Json["has_more"]!);
        Assert.Equal($$"""{"id":"{{id}}","object":"response","deleted":true}""", removed.Text);
        Assert.Equal(404, (await AskAsync(GatewayEndpoints.Response, id, One)).Status);
    }

    [Fact]
    public async Task Count_OfARequestThatGoesOn_CountsTheWholeConversation()
    {
        string id = await AnswerAsync("""{"model":"claude","input":"hi"}""");

        _gateway.Upstream.Answer(ScriptedResponse.Json("""{"input_tokens":12}"""));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.InputTokens, $$"""{"model":"claude","previous_response_id":"{{id}}","input":"x"}""", One);

        Assert.Equal("""{"object":"response.input_tokens","input_tokens":12}""", call.Text);
        Assert.Equal(3, _gateway.Upstream.Last.Json["messages"]!.AsArray().Count);
    }

    /// <summary>npm <c>ai</c> names what it takes for stored: each item of the answers before, by its id alone.</summary>
    [Fact]
    public async Task Items_ThatAreOnlyNamed_AreSaidInFull()
    {
        string first = await AnswerAsync("""{"model":"claude","input":"hi"}""");
        string second = await AnswerAsync(
            $$"""
            {"model":"claude","input":[{"role":"user","content":"hi"},{{Named(first)}},{"role":"user","content":"so?"}]}
            """);

        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Responses,
            $$"""
            {"model":"chat","input":[{"role":"user","content":"hi"},{{Named(first)}},{"role":"user","content":"so?"},
             {{Named(second)}},{"role":"user","content":"And now?"}]}
            """,
            One);

        Assert.True(call.Status == 200, call.Text);
        Wire.Same(
            """
            [{"role":"user","content":"hi"},{"role":"assistant","content":"Hello"},{"role":"user","content":"so?"},
             {"role":"assistant","content":"Hello"},{"role":"user","content":"And now?"}]
            """,
            _gateway.Upstream.Last.Json["messages"]);
        Assert.Null(call.Json["previous_response_id"]);
    }

    [Fact]
    public async Task Items_OfAnotherKeyOrOfNoAnswer_DoNotExist()
    {
        string id = await AnswerAsync("""{"model":"claude","input":"hi"}""");
        string named = $$"""{"model":"claude","input":[{{Named(id)}},{"role":"user","content":"x"}]}""";

        ClientCall another = await _gateway.SendAsync(GatewayEndpoints.Responses, named, Two);
        ClientCall beyond = await _gateway.SendAsync(
            GatewayEndpoints.Responses, named.Replace("_0\"", "_9\"", StringComparison.Ordinal), One);

        Assert.Equal((404, 404), (another.Status, beyond.Status));
        Assert.Equal("input[0].id", another.Error("param"));
        Assert.Contains("not found", beyond.Error("message"), StringComparison.Ordinal);
    }

    /// <summary>A long answer that is named a thousand times would be a thousand times as long.</summary>
    [Fact]
    public async Task Item_ThatIsNamedTwice_IsRefused()
    {
        string id = await AnswerAsync("""{"model":"claude","input":"hi"}""");

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Responses, $$"""{"model":"claude","input":[{{Named(id)}},{{Named(id)}}]}""", One);

        Assert.Equal((404, "input[1].id"), (call.Status, call.Error("param")));
    }

    [Fact]
    public async Task Answer_ThatIsNotToBeKept_IsNot()
    {
        string id = await AnswerAsync("""{"model":"claude","input":"hi","store":false}""");

        Assert.Empty(_store.All);
        Assert.Equal(404, (await AskAsync(GatewayEndpoints.Response, id, One)).Status);
    }

    [Fact]
    public async Task Stream_IsKept_AsItsLastEventTellsIt()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(Wires.MessagesEvents));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Responses, """{"model":"claude","input":"hi","stream":true}""", One);

        JsonObject told = ResponsesStreamLaws.Check(call.Text);
        Assert.True((bool)told["store"]!);
        ClientCall again = await AskAsync(GatewayEndpoints.Response, (string)told["id"]!, One);
        Assert.Equal(told.ToJsonString(), again.Json.ToJsonString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_ThatCannotBeKept_IsNotToldAsComplete(bool stream)
    {
        _store.Fails = true;
        _gateway.Upstream.Answer(stream
            ? ScriptedResponse.Events(Wires.MessagesEvents)
            : ScriptedResponse.Json(Wires.MessagesAnswer));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Responses, $$"""{"model":"claude","input":"hi","stream":{{(stream ? "true" : "false")}} }""", One);

        Assert.DoesNotContain("completed", call.Text, StringComparison.Ordinal);
        if (!stream)
        {
            Assert.Equal((503, "response_store_unavailable"), (call.Status, call.Error("code")));
        }
    }

    [Fact]
    public async Task Answer_ToALongerConversationThanCanBeKept_IsToldNotToBe()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Responses,
            $$"""{"model":"claude","input":"{{new string('x', 9 * 1024 * 1024)}}"}""",
            One);

        Assert.True(call.Status == 200, call.Text);
        Assert.False((bool)call.Json["store"]!);
        Assert.Equal("store", call.Header("x-lightport-answer-dropped"));
        Assert.Empty(_store.All);
    }

    /// <summary>A client that gathers a stream's events throws at one that does not begin as an answer does.</summary>
    [Fact]
    public async Task Failure_AfterAKeepAlive_IsAnAnswerThatFailed()
    {
        var gate = new TaskCompletionSource();
        _gateway.Upstream.Answer(async _ =>
        {
            await gate.Task;
            return ScriptedResponse.Error(400);
        });
        ClientCall call = _gateway.Start(
            GatewayEndpoints.Responses, """{"model":"claude","input":"hi","stream":true}""", One);
        await _gateway.Upstream.CallAsync();
        _gateway.Clock.Advance(TimeSpan.FromSeconds(15));
        await call.Body.Receives("keep-alive");
        gate.SetResult();
        await call.Done;

        JsonObject told = ResponsesStreamLaws.Check(call.Text);
        Assert.Equal("failed", (string?)told["status"]);
        Assert.Equal("Told by the provider.", (string?)told["error"]!["message"]);
    }

    public void Dispose() => _gateway.Dispose();

    /// <summary>The first item of a kept answer, by its id alone.</summary>
    private static string Named(string answer) =>
        $$"""{"type":"item_reference","id":"{{answer.Replace("resp_", "msg_", StringComparison.Ordinal)}}_0"}""";

    private async Task<string> AnswerAsync(string request)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Responses, request, One);
        Assert.True(call.Status == 200, call.Text);
        return (string)call.Json["id"]!;
    }

    private Task<ClientCall> AskAsync(GatewayEndpoint door, string id, Dictionary<string, string> key) =>
        _gateway.SendAsync(
            door, headers: key, path: door.Path.Replace("{id}", id, StringComparison.Ordinal));
}
