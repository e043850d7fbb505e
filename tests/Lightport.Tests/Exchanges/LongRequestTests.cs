using System.Globalization;
using System.Text;
using Lightport.Dialects;
using Lightport.Tests.Dialects.Anthropic.Messages;

namespace Lightport.Tests.Exchanges;

/// <summary>
/// A small body may hold a great many pieces. Each is worked on once: with work for every pair of pieces, these
/// requests would take from minutes to days, and the tests would not end.
/// </summary>
public sealed class LongRequestTests : IDisposable
{
    private const int Many = 100_000;

    private readonly TestGateway _gateway = new("""
        models:
          m: { targets: [anthropic/claude-sonnet-4-5], unsupported: drop }
          gpt: { targets: [loose/x], unsupported: drop }
        """);

    [Fact]
    public Task Images_InOneMessage_AreReadOnceEach() => IsAnsweredAsync(
        GatewayEndpoints.ChatCompletions,
        Chat($$"""
            {"role":"user","content":[{{List(Many, _ => """{"type":"image_url","image_url":{"url":"data:image/png;base64,AA"}}""")}}]}
            """));

    [Fact]
    public Task Calls_WithTheirStateBesideThem_AreMatchedOnceEach() => IsAnsweredAsync(
        GatewayEndpoints.ChatCompletions,
        Chat($$"""
            {"role":"user","content":"x"},{"role":"assistant",
             "tool_calls":[{{List(Many, i => $$$"""{"id":"c{{{i}}}","type":"function","function":{"name":"f"}}""")}}],
             "reasoning_details":[{{List(Many, i => $$$"""{"type":"reasoning.encrypted","id":"c{{{i}}}","data":"d"}""")}}]}
            """));

    [Fact]
    public Task Calls_WithIdsThatLookAlikeToTheTarget_AreNamedOnceEach() => IsAnsweredAsync(
        GatewayEndpoints.ChatCompletions,
        Chat($$"""
            {"role":"user","content":"x"},{"role":"assistant",
             "tool_calls":[{{List(Many, i => $$$"""{"id":"{{{Unwritable(i)}}}","type":"function","function":{"name":"f"}}""")}}]}
            """));

    [Fact]
    public Task Results_WithImages_AreNumberedOnceEach() => IsAnsweredAsync(
        GatewayEndpoints.Messages,
        Messages($$"""
            {"role":"assistant","content":[{{List(50_000, i => $$$"""{"type":"tool_use","id":"c{{{i}}}","name":"f","input":{}}""")}}]},
            {"role":"user","content":[{{List(50_000, i => $$$"""
                {"type":"tool_result","tool_use_id":"c{{{i}}}","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AA"}}]}
                """)}}]}
            """));

    [Fact]
    public async Task Fields_ThatTheTargetDoesNotKnow_AreToldAsFarAsAHeaderHolds()
    {
        await IsAnsweredAsync(
            GatewayEndpoints.ChatCompletions,
            Chat($$"""{"role":"user","content":"x",{{List(RequestTally.MaxUnknownFields, i => $"\"f{i}\":1")}}}"""));

        ClientCall call = await IsAnsweredAsync(
            GatewayEndpoints.ChatCompletions,
            Chat($$"""{"role":"user","content":"x",{{List(LossLedger.MaxNames + 1, i => $"\"{i}\":1")}}}"""));
        Assert.EndsWith("...", call.Header("x-lightport-dropped"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("messages", RequestTally.MaxMessages, """{"role":"user","content":"x"}""")]
    [InlineData("parts", RequestTally.MaxParts, """{"type":"text","text":"x"}""")]
    [InlineData("tools", RequestTally.MaxTools, """{"type":"custom","name":"f","custom":{"name":"f"}}""")]
    public async Task Pieces_OverTheLimit_AreRefusedWithTheLimit(string what, int most, string piece)
    {
        string pieces = List(most + 1, _ => piece);
        string body = what switch
        {
            "messages" => $"\"messages\":[{pieces}]",
            "parts" => $$"""{"messages":[{"role":"user","content":[{{pieces}}]}]}"""[1..^1],
            _ => $$"""{"messages":[{"role":"user","content":"x"}],"tools":[{{pieces}}]}"""[1..^1],
        };
        foreach ((GatewayEndpoint endpoint, string model) in ((GatewayEndpoint, string)[])
            [(GatewayEndpoints.ChatCompletions, "m"), (GatewayEndpoints.Messages, "gpt")])
        {
            using ClientCall call = await _gateway.SendAsync(
                endpoint, $$"""{"model":"{{model}}","max_tokens":9,{{body}}}""");

            Assert.Equal(400, call.Status);
            Assert.Contains(
                most.ToString("N0", CultureInfo.InvariantCulture), call.Error("message"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Fields_OverTheLimit_AreRefused()
    {
        string fields = List(RequestTally.MaxUnknownFields + 1, i => $"\"f{i}\":1");
        using ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, Chat($$"""{"role":"user","content":"x",{{fields}}}"""));

        Assert.Equal((400, "request_too_complex"), (call.Status, call.Error("code")));
    }

    [Fact]
    public async Task Client_ThatHasGone_EndsTheReading()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        Assert.Throws<OperationCanceledException>(() =>
            Dialects.OpenAI.Chat.ChatWire.Dialect.DecodeRequest(
                Encoding.UTF8.GetBytes(Wires.Chat), gone.Token));
        Assert.Throws<OperationCanceledException>(() =>
            Wire.Dialect.DecodeRequest(
                Encoding.UTF8.GetBytes(Wires.Messages), gone.Token));
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<ClientCall> IsAnsweredAsync(GatewayEndpoint endpoint, string body)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(
            endpoint == GatewayEndpoints.Messages ? Wires.ChatAnswer : Wires.MessagesAnswer));
        ClientCall call = await _gateway.SendAsync(endpoint, body);
        Assert.True(call.Status == 200, call.Text);
        return call;
    }

    private static string Chat(string messages) => $$"""{"model":"m","messages":[{{messages}}]}""";

    private static string Messages(string messages) =>
        $$"""{"model":"gpt","max_tokens":9,"messages":[{"role":"user","content":"x"},{{messages}}]}""";

    private static string List(int count, Func<int, string> item) =>
        string.Join(',', Enumerable.Range(0, count).Select(item));

    /// <summary>Ids of two characters that Anthropic does not take: each distinct, all one name when cleaned.</summary>
    private static string Unwritable(int number) =>
        $"{(char)(0x4E00 + (number / 400))}{(char)(0x4E00 + (number % 400))}";
}
