using System.Text.Json;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.Upstream;

namespace Lightport.EndToEnd.RealClients;

/// <summary>npm <c>openai</c>'s client of Azure OpenAI, given nothing but another endpoint.</summary>
[Collection(GatewayGroup.Name)]
public sealed class AzureClientTests(GatewayFixture gateway)
{
    private static readonly string Text = $"Ünï 🧭 {Canary.Answer}";

    [Theory]
    [InlineData("oai", "byModel")]
    [InlineData("oai", "byDeployment")]
    [InlineData("oai", "byToken")]
    [InlineData("oai", "versionOne")]
    [InlineData("ant", "byModel")]
    [InlineData("ant", "byDeployment")]
    public async Task Chat_WholeAndStreamed_IsTheModelsAnswer(string provider, string scenario)
    {
        JsonElement result = await gateway.Clients.ResultAsync("azure", provider, scenario);

        Assert.Equal((Text, Text), (result.Text("whole"), result.Text("streamed")));
    }

    [Fact]
    public async Task Embeddings_OfADeployment_AreTheVectors()
    {
        JsonElement result = await gateway.Clients.ResultAsync("azure", "oai", "embeddings");

        Assert.Equal(EndpointScripts.Vector, result[1].EnumerateArray().Select(number => number.GetSingle()));
    }

    [Fact]
    public async Task Completions_OfADeployment_AreText()
    {
        JsonElement result = await gateway.Clients.ResultAsync("azure", "oai", "completions");

        Assert.NotEqual("", result.GetString());
    }

    [Fact]
    public async Task Models_List_IsTheGateways()
    {
        JsonElement result = await gateway.Clients.ResultAsync("azure", "oai", "models");

        Assert.Contains("named", result.EnumerateArray().Select(name => name.GetString()));
    }

    [Theory]
    [InlineData("wrongKey", 401)]
    [InlineData("error429", 429)]
    public async Task Failure_IsTheSdksOwnError(string scenario, int status)
    {
        JsonElement result = await gateway.Clients.ResultAsync("azure", "oai", scenario);

        Assert.Equal(status, result.GetProperty("status").GetInt32());
    }
}
