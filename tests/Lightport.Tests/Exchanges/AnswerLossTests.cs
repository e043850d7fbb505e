using System.Text;

namespace Lightport.Tests.Exchanges;

/// <summary>What an answer loses is told: in a header while there is time, and in the log always.</summary>
public sealed class AnswerLossTests : IDisposable
{
    private const string ServerTools = """
        {"id":"msg_1","type":"message","role":"assistant","model":"c","content":[
        {"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":"q"}},
        {"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[]},
        {"type":"text","text":"a","citations":[{"type":"char_location","cited_text":"x","document_index":0,"start_char_index":0,"end_char_index":1}]}],
        "stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}
        """;

    private const string Search = """
        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{}}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":0}


        """;

    private const string Fetched = """
        event: content_block_start
        data: {"type":"content_block_start","index":2,"content_block":{"type":"web_fetch_tool_result","tool_use_id":"srvtoolu_1","content":{}}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":2}


        """;

    private const string Image = """{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}""";

    private readonly TestGateway _gateway = new("models: { claude: [anthropic/x], m: [loose/x] }");

    [Fact]
    public async Task ChatClient_IsToldOfClaudesOwnTools()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(ServerTools));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("claude", Wires.Chat));
        Assert.Equal("citations,server_tool_use,web_search_tool_result", call.Header("x-lightport-answer-dropped"));
        Assert.Equal("a", (string?)call.Json["choices"]![0]!["message"]!["content"]);
        Assert.EndsWith("answer-dropped=citations,server_tool_use,web_search_tool_result", _gateway.Line.Text);
    }

    [Fact]
    public async Task ChatClient_IsToldInHeadersOfWhatCameFirstAndInTheLogOfAll()
    {
        string text = Wires.MessagesText.Replace("\"index\":0", "\"index\":1", StringComparison.Ordinal);
        byte[] body = Encoding.UTF8.GetBytes(Wires.MessagesStart + Search + text + Fetched + Wires.MessagesEnd);
        _gateway.Upstream.Answer(new ScriptedResponse(200, "text/event-stream", new CutBody(body, 64)));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, Wires.For("claude", Wires.ChatStream));
        Assert.Equal("server_tool_use", call.Header("x-lightport-answer-dropped"));
        Assert.Equal(["server_tool_use", "web_fetch_tool_result"], _gateway.Record.AnswerDropped);
        Assert.EndsWith("answer-dropped=server_tool_use,web_fetch_tool_result", _gateway.Line.Text);
    }

    [Theory]
    [InlineData("images", "content", "images")]
    [InlineData("executed_tools", "content", "executed_tools")]
    public async Task MessagesClient_IsToldOfImages(string field, string text, string expected)
    {
        _gateway.Upstream
            .Answer(ScriptedResponse.Json(Wires.ChatAnswer.Replace(
                "\"refusal\":null", $"\"{field}\":[{Image}]", StringComparison.Ordinal)))
            .Answer(ScriptedResponse.Events(Wires.ChatRole + Wires.ChatText.Replace(
                $"\"{text}\":\"Hello\"", $"\"{field}\":[{Image}]", StringComparison.Ordinal)
                + Wires.ChatMore + Wires.ChatFinish + Wires.ChatDone));
        foreach (string request in new[] { Wires.Messages, Wires.MessagesStream })
        {
            ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, request);
            Assert.Equal((200, expected), (call.Status, call.Header("x-lightport-answer-dropped")));
            Assert.Equal([expected], _gateway.Record.AnswerDropped);
        }
    }

    [Fact]
    public async Task MessagesClient_IsToldOfAudioWhoseWordsItGets()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer.Replace(
            "\"content\":\"Hello\"",
            """
            "content":null,"audio":{"id":"au_1","data":"AAAA","transcript":"Hello","expires_at":1}
            """,
            StringComparison.Ordinal)));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.Messages);
        Assert.Equal("audio", call.Header("x-lightport-answer-dropped"));
        Assert.Equal("Hello", (string?)call.Json["content"]![0]!["text"]);
    }

    /// <summary>A whole answer to a client that asked for a stream is decoded, though both speak chat.</summary>
    [Fact]
    public async Task ChatClient_GetsImagesAlsoWhereAStreamIsMadeOfAWholeAnswer()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer.Replace(
            "\"refusal\":null", $"\"images\":[{Image}]", StringComparison.Ordinal)));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        Assert.Contains($"\"delta\":{{\"images\":[{Image}]}}", call.Text, StringComparison.Ordinal);
        Assert.Null(call.Header("x-lightport-answer-dropped"));
    }

    [Theory]
    [InlineData(Wires.Chat, Wires.ChatStream)]
    [InlineData(Wires.Messages, Wires.MessagesStream)]
    public async Task OtherClients_AreToldOfAMessagesPhase(string whole, string stream)
    {
        const string Item = """
            {"type":"message","id":"msg_1","role":"assistant","phase":"final_answer","content":[{"type":"output_text","text":"a","annotations":[]}]}
            """;
        using var gateway = new TestGateway("""
            models: { m: { targets: [{ to: openai/gpt-5, traits: { endpoint: openai-responses, endpoint-always: on } }] } }
            """);
        gateway.Upstream
            .Answer(ScriptedResponse.Json($$$"""{"id":"resp_1","status":"completed","output":[{{{Item}}}],"usage":{"input_tokens":1,"output_tokens":1}}"""))
            .Answer(ScriptedResponse.Events($$$"""
                data: {"type":"response.output_item.added","output_index":0,"item":{"type":"message","id":"msg_1","role":"assistant","phase":"final_answer","content":[]}}

                data: {"type":"response.output_text.delta","output_index":0,"content_index":0,"item_id":"msg_1","delta":"a"}

                data: {"type":"response.completed","response":{"id":"resp_1","status":"completed","output":[{{{Item.Trim()}}}]}}


                """));
        GatewayEndpoint door = whole == Wires.Chat ? GatewayEndpoints.ChatCompletions : GatewayEndpoints.Messages;
        foreach (string request in new[] { whole, stream })
        {
            ClientCall call = await gateway.SendAsync(door, request);
            Assert.Equal((200, "phase"), (call.Status, call.Header("x-lightport-answer-dropped")));
        }
    }

    [Fact]
    public async Task CompletionsClient_IsToldOfThinking()
    {
        _gateway.Upstream
            .Answer(ScriptedResponse.Json(Wires.MessagesAnswer.Replace(
                "\"content\":[", "\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\"},", StringComparison.Ordinal)))
            .Answer(ScriptedResponse.Events(Wires.MessagesStart
                + Wires.MessagesText.Replace("text", "thinking", StringComparison.Ordinal) + Wires.MessagesEnd));
        foreach (string stream in new[] { "false", "true" })
        {
            ClientCall call = await _gateway.SendAsync(
                GatewayEndpoints.Completions, $$"""{"model":"claude","prompt":"hi","stream":{{stream}}}""");
            Assert.Equal((200, "reasoning"), (call.Status, call.Header("x-lightport-answer-dropped")));
        }
    }

    [Fact]
    public async Task PassedChatClient_IsToldOfPartsThatAStringCannotHold()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer.Replace(
            "\"Hello\"",
            """[{"type":"text","text":"a"},{"type":"reference","reference_ids":[1]}]""",
            StringComparison.Ordinal)));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);
        Assert.Equal("reference", call.Header("x-lightport-answer-dropped"));
        Assert.Equal("a", (string?)call.Json["choices"]![0]!["message"]!["content"]);
    }

    public void Dispose() => _gateway.Dispose();
}
