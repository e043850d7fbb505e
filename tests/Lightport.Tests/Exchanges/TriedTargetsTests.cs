using System.Text.Json.Nodes;

namespace Lightport.Tests.Exchanges;

/// <summary>An error says where its request was tried, in each family's own body.</summary>
public sealed class TriedTargetsTests : IDisposable
{
    private readonly TestGateway _gateway = new("models: { m: [groq/llama, openai/gpt-4o-mini] }");

    private const string Gemini = """{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}""";

    [Theory]
    [InlineData("chat")]
    [InlineData("messages")]
    [InlineData("responses")]
    [InlineData("gemini")]
    public async Task AllFail_EachAttemptIsToldWithItsTargetKindAndStatus(string client)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Error(401)).Answer(ScriptedResponse.Error(500));

        ClientCall call = await SendAsync(client);

        JsonArray attempts = call.Json["error"]!["attempts"]!.AsArray();
        Assert.Equal(
            ["groq/llama upstream 502", "openai/gpt-4o-mini upstream 500"],
            attempts.Select(tried => $"{tried!["target"]} {tried["error"]} {tried["status"]}"));
        Assert.All(attempts, tried => Assert.True((long?)tried!["ms"] >= 0));
        Assert.Equal(("500", "2"), ($"{call.Status}", call.Header("x-lightport-attempts")));
    }

    /// <summary>Whoever waits long is told by an event of the stream.</summary>
    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task AllFail_InAStreamThatHasBegun_ItsLastEventTellsEachAttempt(string second)
    {
        using var gateway = new TestGateway($"models: {{ m: [groq/llama, {second}/x] }}");
        var gate = new TaskCompletionSource();
        gateway.Upstream.Answer(ScriptedResponse.Error(401)).Answer(async _ =>
        {
            await gate.Task;
            return ScriptedResponse.Error(500);
        });
        ClientCall call = gateway.Start(
            GatewayEndpoints.Responses, """{"model":"m","input":"hi","stream":true}""");
        gateway.Clock.Advance(TimeSpan.FromSeconds(15));
        await call.Body.Receives("keep-alive");
        gate.SetResult();
        await call.Done;

        Assert.Contains("response.failed", call.Text, StringComparison.Ordinal);
        Assert.Contains("\"attempts\":[{\"target\":\"groq/llama\"", call.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("messages")]
    [InlineData("responses")]
    [InlineData("gemini")]
    public async Task OneAttempt_IsToldInTheVendorsOwnShapeAlone(string client)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Error(400));

        Assert.Null((await SendAsync(client)).Json["error"]!["attempts"]);
    }

    public void Dispose() => _gateway.Dispose();

    private Task<ClientCall> SendAsync(string client) => client switch
    {
        "chat" => _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat),
        "messages" => _gateway.SendAsync(GatewayEndpoints.Messages, Wires.Messages),
        "responses" => _gateway.SendAsync(GatewayEndpoints.Responses, """{"model":"m","input":"hi"}"""),
        _ => _gateway.SendAsync(
            GatewayEndpoints.GenerateContentBeta, Gemini, path: "/v1beta/models/m:generateContent"),
    };
}
