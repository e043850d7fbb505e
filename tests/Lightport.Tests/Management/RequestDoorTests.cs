using System.Text.Json.Nodes;
using Lightport.Management;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Management;

public sealed class RequestDoorTests : IDisposable
{
    private readonly ManagedGateway _gateway = new(document: """
        providers: { openai: {}, groq: { key: OPENAI_API_KEY } }
        models: { fast: { targets: [groq/llama, openai/gpt-4o] } }
        rules:
          - { name: all, when: "true", tag: marked }
        """);

    [Fact]
    public async Task Receipt_OfAFallback_IsThereAtOnce_AndWhenItIsWritten()
    {
        JsonObject key = await _gateway.CreateKeyAsync("""{"name":"team-a","tags":{"team":"growth"}}""");
        _gateway.Upstream.Answer(ScriptedResponse.Json("{}", 400)).Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        ClientCall chat = await _gateway.ChatAsync((string)key["key"]!, "fast");
        string id = chat.Header("x-request-id")!;

        JsonObject receipt = (await _gateway.SendAsync(ManagementEndpoints.RequestReceipt, id: id)).Json;

        Assert.Equal((id, "fast", "all", "marked", chat.Status), (
            (string)receipt["id"]!,
            (string)receipt["route"]!,
            (string)receipt["rule"]!,
            (string)receipt["tag"]!,
            (int)receipt["status"]!));
        Assert.Equal(
            ("team-a", (string)key["id"]!, "growth"),
            (
                (string)receipt["key"]!["name"]!,
                (string)receipt["key"]!["id"]!,
                (string)receipt["key"]!["tags"]!["team"]!));
        Assert.Equal("groq", (string)receipt["attempts"]![0]!["provider"]!);
        Assert.DoesNotContain("Hello", receipt.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", receipt.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("req_0000000000000000000000000000")]
    [InlineData("req_1")]
    [InlineData("..%2f..%2fkeys.json")]
    [InlineData("nothing")]
    public async Task Receipt_OfNoRequest_Is404(string id)
    {
        ClientCall call = await _gateway.SendAsync(ManagementEndpoints.RequestReceipt, id: id);

        Assert.Equal((404, "request_not_found"), (call.Status, call.Error("code")));
    }

    [Fact]
    public async Task Receipt_WhereNoneAreKept_Is409()
    {
        using var gateway = new ManagedGateway(document: "models: { a: echo/x }", ownsFiles: false);

        ClientCall call = await gateway.SendAsync(
            ManagementEndpoints.RequestReceipt, id: "req_0000000000000000000000000000");

        Assert.Equal((409, "read_only"), (call.Status, call.Error("code")));
    }

    public void Dispose() => _gateway.Dispose();
}
