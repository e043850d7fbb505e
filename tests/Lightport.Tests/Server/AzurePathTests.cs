using System.Text.Json.Nodes;

namespace Lightport.Tests.Server;

/// <summary>Paths that end alike lead to different doors, on a real server.</summary>
public sealed class AzurePathTests
{
    [Theory]
    [InlineData("/openai/deployments/echo/chat/completions?api-version=1", "chat.completion")]
    [InlineData("/openai/deployments/echo%2Fa/chat/completions", "chat.completion")]
    [InlineData("/openai/deployments/echo/a/chat/completions", "chat.completion")]
    [InlineData("/openai/deployments/echo/completions", "text_completion")]
    [InlineData("/openai/deployments/echo/embeddings", "list")]
    [InlineData("/openai/v1/chat/completions", "chat.completion")]
    public async Task Path_OfAzure_LeadsToItsDoor(string path, string told)
    {
        await using EmbeddedApp app = await EmbeddedApp.StartAsync(app => app.MapLightport());

        using HttpResponseMessage answer = await app.PostAsync(
            path, """{"model":"echo","messages":[{"role":"user","content":"hi"}],"prompt":"hi","input":"hi"}""");

        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        Assert.Equal(told, (string?)JsonNode.Parse(text)!["object"]);
    }

    /// <summary>It is not a text completion of the deployment "/chat" either, nor one by the wrong method.</summary>
    [Fact]
    public async Task Path_WithoutADeployment_IsNotFound()
    {
        await using EmbeddedApp app = await EmbeddedApp.StartAsync(app => app.MapLightport());

        using HttpResponseMessage answer = await app.PostAsync(
            "/openai/deployments//chat/completions", """{"messages":[],"prompt":"hi"}""");

        string text = await answer.Content.ReadAsStringAsync();
        Assert.Equal((404, "unknown_url"), ((int)answer.StatusCode, (string?)JsonNode.Parse(text)!["error"]!["code"]));
    }
}
