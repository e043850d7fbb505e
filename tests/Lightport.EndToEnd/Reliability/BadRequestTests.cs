using System.Net;
using System.Text;
using System.Text.Json;
using Lightport.EndToEnd.Gateway;

namespace Lightport.EndToEnd.Reliability;

/// <summary>A bad request is told its field or limit in the client's dialect, and nothing goes upstream.</summary>
[Collection(GatewayGroup.Name)]
public sealed class BadRequestTests(GatewayFixture gateway)
{
    private const string Messages = """ "max_tokens":5,"messages":[{"role":"user","content":"x"}] """;

    /// <summary>The body, the status, and what the error must name.</summary>
    public static TheoryData<string, int, string> Bodies => new()
    {
        { "", 400, "body" },
        { "   ", 400, "body" },
        { """{"model":"oai/text",""", 400, "JSON" },
        { """{"model":"oai/text","messages":[{"role":"user","content":"cut""", 400, "JSON" },
        { $$"""{"model":"oai/text",{{Messages}}} trailing""", 400, "JSON" },
        { "[]", 400, "object" },
        { "\"text\"", 400, "object" },
        { "null", 400, "object" },
        { $$"""{ {{Messages}}}""", 400, "model" },
        { $$"""{"model":7,{{Messages}}}""", 400, "model" },
        { $$"""{"model":"",{{Messages}}}""", 400, "model" },
        { $$"""{"model":"oai/text","stream":"yes",{{Messages}}}""", 400, "stream" },
        { $$"""{"model":"oai/text","model":"ant/text",{{Messages}}}""", 400, "model" },
        { $$"""{"model":"nobody-knows",{{Messages}}}""", 404, "nobody-knows" },
        { """{"model":"oai/text","max_tokens":5}""", 400, "messages" },
        { """{"model":"oai/text","max_tokens":5,"messages":[]}""", 400, "messages" },
        { """{"model":"oai/text","max_tokens":5,"messages":{}}""", 400, "messages" },
        { """{"model":"ant/text","max_tokens":5,"messages":[]}""", 400, "messages" },
        { """{"model":"ant/text","max_tokens":5,"messages":"x"}""", 400, "messages" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Chat_BadBody_IsRefusedByName(string body, int status, string named)
    {
        JsonElement error = await RefusedAsync(Requests.ChatPath, Encoding.UTF8.GetBytes(body), status, named);

        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.True(error.TryGetProperty("param", out _) && error.TryGetProperty("code", out _));
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Messages_BadBody_IsRefusedByName(string body, int status, string named)
    {
        JsonElement error = await RefusedAsync(Requests.MessagesPath, Encoding.UTF8.GetBytes(body), status, named);

        Assert.Equal(
            status == 404 ? "not_found_error" : "invalid_request_error", error.GetProperty("type").GetString());
    }

    /// <summary>Wrong inside the messages, which must be understood where the provider speaks otherwise.</summary>
    [Theory]
    [InlineData(Requests.ChatPath, "ant", """[7]""")]
    [InlineData(Requests.ChatPath, "ant", """[{"role":"user","content":7}]""")]
    [InlineData(Requests.ChatPath, "ant", """[{"role":7,"content":"x"}]""")]
    [InlineData(Requests.ChatPath, "ant", """[{"role":"wizard","content":"x"}]""")]
    [InlineData(Requests.ChatPath, "ant", """[{"content":"x"}]""")]
    [InlineData(Requests.ChatPath, "ant", """[{"role":"tool","content":"x"}]""")]
    [InlineData(Requests.MessagesPath, "oai", """[7]""")]
    [InlineData(Requests.MessagesPath, "oai", """[{"role":"user","content":7}]""")]
    [InlineData(Requests.MessagesPath, "oai", """[{"role":"wizard","content":"x"}]""")]
    [InlineData(Requests.MessagesPath, "oai", """[{"role":"user","content":[{"type":"tool_result"}]}]""")]
    public async Task Translated_WrongMessage_IsRefusedByItsPath(string path, string provider, string messages)
    {
        string body = $$"""{"model":"{{provider}}/text","max_tokens":5,"messages":{{messages}}}""";

        await RefusedAsync(path, Encoding.UTF8.GetBytes(body), 400, "messages[0]");
    }

    /// <summary>A part that the other dialect has no word for is refused or told of, never lost in silence (law 9).</summary>
    [Theory]
    [InlineData(Requests.ChatPath, "ant")]
    [InlineData(Requests.MessagesPath, "oai")]
    public async Task Translated_UnknownPart_IsNotLostInSilence(string path, string provider)
    {
        string part = """{"type":"hologram","data":"x"}""";
        string messages = $$"""[{"role":"user","content":[{"type":"text","text":"x"},{{part}}]}]""";
        using HttpClient client = gateway.CreateClient();
        using HttpResponseMessage response = await client.PostAsync(
            path, $$"""{"model":"{{provider}}/text","max_tokens":5,"messages":{{messages}}}""");

        Assert.True(
            response.StatusCode == HttpStatusCode.BadRequest || response.Header("x-lightport-dropped").Length > 0,
            "the part was dropped and nobody was told");
    }

    [Theory]
    [InlineData(Requests.ChatPath, "oai/text")]
    [InlineData(Requests.ChatPath, "ant/text")]
    [InlineData(Requests.MessagesPath, "oai/text")]
    [InlineData(Requests.MessagesPath, "ant/text")]
    public async Task AnyDoor_JsonTooDeep_IsRefusedByTheLimit(string path, string model)
    {
        string deep = new string('[', 200) + new string(']', 200);
        string body = $$"""{"model":"{{model}}",{{Messages}},"extra":{{deep}}}""";

        await RefusedAsync(path, Encoding.UTF8.GetBytes(body), 400, "64");
    }

    [Theory]
    [InlineData(Requests.ChatPath, "oai/text")]
    [InlineData(Requests.ChatPath, "ant/text")]
    [InlineData(Requests.MessagesPath, "oai/text")]
    [InlineData(Requests.MessagesPath, "ant/text")]
    public async Task AnyDoor_InvalidUtf8_IsRefused(string path, string model)
    {
        byte[] before = Encoding.UTF8.GetBytes(
            $$"""{"model":"{{model}}","max_tokens":5,"messages":[{"role":"user","content":"a""");

        await RefusedAsync(path, [.. before, 0xC3, 0x28, 0xFF, .. "\"}]}"u8], 400, "UTF-8");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    public async Task AnyDoor_WrongMediaType_IsRefused(string mediaType)
    {
        using HttpClient client = gateway.CreateClient();
        foreach (string path in (string[])[Requests.ChatPath, Requests.MessagesPath])
        {
            using HttpResponseMessage response =
                await client.PostAsync(path, "{}"u8.ToArray(), mediaType);

            Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
            Assert.NotEmpty((await response.ErrorAsync()).GetProperty("message").GetString()!);
        }
    }

    [Theory]
    [InlineData("GET", "/v1/chat/completions", 405, "POST")]
    [InlineData("PUT", "/v1/messages", 405, "POST")]
    [InlineData("DELETE", "/v1/models", 405, "GET")]
    [InlineData("POST", "/v1/chat/completion", 404, "GET /")]
    [InlineData("POST", "/chat/completions", 404, "GET /")]
    [InlineData("GET", "/v1/nothing", 404, "GET /")]
    public async Task AnyDoor_WrongMethodOrPath_SaysWhatWouldBeRight(
        string method, string path, int status, string right)
    {
        using HttpClient client = gateway.CreateClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using HttpResponseMessage response = await client.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        JsonElement error = await response.ErrorAsync();
        Assert.Contains(right, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Requests.ChatPath)]
    [InlineData(Requests.MessagesPath)]
    public async Task AnyDoor_BodyOverAHundredMegabytes_IsRefusedByTheLimit(string path)
    {
        using HttpClient client = gateway.CreateClient();
        foreach (bool chunked in (bool[])[false, true])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new EndlessContent(105_000_000, chunked),
            };
            request.Headers.TransferEncodingChunked = chunked;
            request.Headers.ExpectContinue = !chunked;
            using HttpResponseMessage response =
                await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
            Assert.Contains("100 MB", (await response.ErrorAsync()).GetRawText(), StringComparison.Ordinal);
        }
    }

    private async Task<JsonElement> RefusedAsync(string path, byte[] body, int status, string named)
    {
        int before = gateway.Upstream.Calls.Count;
        using HttpClient client = gateway.CreateClient();
        using HttpResponseMessage response = await client.PostAsync(path, body, "application/json");

        JsonElement error = await response.ErrorAsync();
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode}: {error.GetRawText()}");
        Assert.Contains(named, error.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(before, gateway.Upstream.Calls.Count);
        return error;
    }
}
