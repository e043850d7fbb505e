using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lightport.EndToEnd.Mcp;

/// <summary>Others' MCP servers, called through the gateway's own door.</summary>
[Collection(PeerGroup.Name)]
public sealed class RealServerTests(PeerFixture fixture)
{
    [Theory]
    [InlineData("everything__echo")]
    [InlineData("memory__read_graph")]
    [InlineData("files__read_text_file")]
    public async Task Tools_OfEachServer_AreListed(string tool)
    {
        JsonElement listed = (await AskAsync("tools/list", [])).Result;

        Assert.Contains(
            tool, listed.GetProperty("tools").EnumerateArray().Select(one => one.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task ServerByHttp_Answers() =>
        Assert.Equal("Echo: Hello", Text(await CallAsync("everything__echo", new() { ["message"] = "Hello" })));

    [Fact]
    public async Task Resource_ThatIsListed_IsReadByTheAddressOfTheList()
    {
        JsonElement listed = (await AskAsync("resources/list", [])).Result.GetProperty("resources")[0];
        string address = listed.GetProperty("uri").GetString()!;

        JsonElement read = (await ReadAsync(address)).GetProperty("contents")[0];

        Assert.StartsWith("lightport:everything/demo://resource/static/", address, StringComparison.Ordinal);
        Assert.Equal(address, read.GetProperty("uri").GetString());
        Assert.NotEmpty(read.GetProperty("text").GetString()!);
    }

    [Fact]
    public async Task Resource_OfATemplate_IsReadByWhatIsFilledIn()
    {
        JsonElement listed = (await AskAsync("resources/templates/list", [])).Result.GetProperty("resourceTemplates");
        string template = listed.EnumerateArray()
            .Select(one => one.GetProperty("uriTemplate").GetString()!)
            .Single(one => one.Contains("/text/", StringComparison.Ordinal));

        JsonElement read = await ReadAsync(template.Replace("{resourceId}", "7", StringComparison.Ordinal));

        Assert.Contains("7", read.GetProperty("contents")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prompt_ThatIsListed_IsGotWithItsArguments_AndCompleted()
    {
        JsonElement listed = (await AskAsync("prompts/list", [])).Result.GetProperty("prompts");
        JsonElement got = (await AskAsync("prompts/get", new JsonObject
        {
            ["name"] = "everything__args-prompt",
            ["arguments"] = new JsonObject { ["city"] = "Oslo" },
        })).Result;
        JsonElement completed = (await AskAsync("completion/complete", new JsonObject
        {
            ["ref"] = new JsonObject { ["type"] = "ref/prompt", ["name"] = "everything__completable-prompt" },
            ["argument"] = new JsonObject { ["name"] = "department", ["value"] = "E" },
        })).Result;

        Assert.Contains(
            "everything__args-prompt", listed.EnumerateArray().Select(one => one.GetProperty("name").GetString()));
        Assert.Contains(
            "Oslo",
            got.GetProperty("messages")[0].GetProperty("content").GetProperty("text").GetString(),
            StringComparison.Ordinal);
        Assert.Contains(
            "Engineering",
            completed.GetProperty("completion").GetProperty("values").EnumerateArray().Select(value => value.GetString()));
    }

    [Fact]
    public async Task Image_ComesThrough()
    {
        JsonElement content = (await CallAsync("everything__get-tiny-image", [])).Result.GetProperty("content");

        JsonElement image = content.EnumerateArray().Single(one => one.GetProperty("type").GetString() == "image");
        Assert.NotEmpty(Convert.FromBase64String(image.GetProperty("data").GetString()!));
    }

    [Fact]
    public async Task Progress_OfALongCall_IsToldBeforeItsAnswer()
    {
        (string said, _) = await AskAsync("tools/call", new JsonObject
        {
            ["name"] = "everything__trigger-long-running-operation",
            ["arguments"] = new JsonObject { ["duration"] = 1, ["steps"] = 2 },
            ["_meta"] = new JsonObject { ["progressToken"] = "p" },
        });

        Assert.InRange(
            said.IndexOf("notifications/progress", StringComparison.Ordinal),
            0,
            said.IndexOf("\"result\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Arguments_ThatDoNotFit_AreTheCallersToMend()
    {
        JsonElement result = (await CallAsync("everything__get-sum", new() { ["a"] = "two" })).Result;

        Assert.True(result.GetProperty("isError").GetBoolean());
    }

    [Fact]
    public async Task Program_KeepsWhatItWasTold()
    {
        await CallAsync("memory__create_entities", new JsonObject
        {
            ["entities"] = new JsonArray(new JsonObject
            {
                ["name"] = "Ada",
                ["entityType"] = "person",
                ["observations"] = new JsonArray("likes engines"),
            }),
        });

        Assert.Contains("likes engines", Text(await CallAsync("memory__read_graph", [])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_ReadsItsFolderAndNothingElse()
    {
        string note = Path.Combine(fixture.Files, "note.txt");
        await File.WriteAllTextAsync(note, "Water the plants.");

        Assert.Equal("Water the plants.", Text(await CallAsync("files__read_text_file", new() { ["path"] = note })));
        JsonElement refused = (await CallAsync("files__read_text_file", new() { ["path"] = "/etc/hostname" })).Result;
        Assert.True(refused.GetProperty("isError").GetBoolean());
    }

    private static string Text((string Said, JsonElement Result) answer) =>
        answer.Result.GetProperty("content")[0].GetProperty("text").GetString()!;

    private async Task<JsonElement> ReadAsync(string address) =>
        (await AskAsync("resources/read", new JsonObject { ["uri"] = address })).Result;

    private Task<(string Said, JsonElement Result)> CallAsync(string tool, JsonObject arguments) =>
        AskAsync("tools/call", new JsonObject { ["name"] = tool, ["arguments"] = arguments });

    private async Task<(string Said, JsonElement Result)> AskAsync(string method, JsonObject parameters)
    {
        using var client = new HttpClient(new SocketsHttpHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(fixture.Gateway, "mcp"))
        {
            Content = new StringContent(
                new JsonObject
                {
                    ["jsonrpc"] = "2.0",
                    ["id"] = 1,
                    ["method"] = method,
                    ["params"] = parameters,
                }.ToJsonString(),
                Encoding.UTF8,
                new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        using HttpResponseMessage response = await client.SendAsync(request);
        string said = await response.Content.ReadAsStringAsync();
        const string Data = "data: ";
        string last = said.Split('\n').Last(line => line.StartsWith(Data, StringComparison.Ordinal));
        return (said, JsonElement.Parse(last[Data.Length..]).GetProperty("result"));
    }
}
