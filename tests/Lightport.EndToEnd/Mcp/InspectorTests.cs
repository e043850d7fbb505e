using System.Text.Json;

namespace Lightport.EndToEnd.Mcp;

/// <summary>The inspector's command line, as a person would use it.</summary>
[Collection(PeerGroup.Name)]
public sealed class InspectorTests(PeerFixture fixture)
{
    [Fact]
    public async Task Tools_AreListed()
    {
        JsonElement said = await AskAsync("--method", "tools/list");

        Assert.Equal(
            ["list_models", "ask_model", "explain_route", "read_usage"],
            said.GetProperty("tools").EnumerateArray().Take(4).Select(tool => tool.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Model_IsAsked()
    {
        JsonElement said = await AskAsync(
            "--method", "tools/call", "--tool-name", "ask_model", "--tool-arg", "model=fast", "prompt=Hello there");

        Assert.Equal("Hello there", said.GetProperty("content")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Server_BehindTheGateway_IsAsked()
    {
        JsonElement said = await AskAsync(
            "--method", "tools/call", "--tool-name", "everything__get-sum", "--tool-arg", "a=2", "b=3");

        Assert.Contains(
            "5", said.GetProperty("content")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resource_BehindTheGateway_IsRead()
    {
        const string Address = "lightport:everything/demo://resource/static/document/architecture.md";

        JsonElement said = await AskAsync("--method", "resources/read", "--uri", Address);

        Assert.Equal(Address, said.GetProperty("contents")[0].GetProperty("uri").GetString());
    }

    [Fact]
    public async Task Prompt_BehindTheGateway_IsGot()
    {
        JsonElement said = await AskAsync("--method", "prompts/get", "--prompt-name", "everything__simple-prompt");

        Assert.Equal("user", said.GetProperty("messages")[0].GetProperty("role").GetString());
    }

    private async Task<JsonElement> AskAsync(params string[] arguments)
    {
        (int code, string said) = await PeerPrograms.RunAsync(
        [
            PeerPrograms.Package("inspector", "clients/launcher/build/index.js"),
            "--cli",
            new Uri(fixture.Gateway, "mcp").ToString(),
            "--transport",
            "http",
            .. arguments,
        ]);
        Assert.True(code == 0, said);
        return JsonElement.Parse(said[said.IndexOf('{', StringComparison.Ordinal)..]);
    }
}
