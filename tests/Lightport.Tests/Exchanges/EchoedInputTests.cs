using System.Text;

namespace Lightport.Tests.Exchanges;

/// <summary>What a client sent stands in an error as far as it helps, and never at the length that it was sent.</summary>
public sealed class EchoedInputTests : IDisposable
{
    private const int MostBytes = 16 * 1024;

    private static readonly string Long = new('x', 100_000);

    private readonly TestGateway _gateway = new("models: { m: [anthropic/x], c: [loose/x] }");

    [Theory]
    [InlineData("Responses", """{"model":"m","input":"hi","previous_response_id":"LONG"}""", 404)]
    [InlineData("Responses", """{"model":"m","input":"hi","previous_response_id":"resp_req_LONG"}""", 404)]
    [InlineData("Responses", """{"model":"m","input":[{"type":"item_reference","id":"LONG"}]}""", 400)]
    [InlineData("Responses", """{"model":"m","input":[{"type":"LONG"}]}""", 400)]
    [InlineData("ChatCompletions", """{"model":"LONG","messages":[{"role":"user","content":"hi"}]}""", 400)]
    [InlineData("ChatCompletions", """{"model":"m","messages":[{"role":"LONG","content":"hi"}]}""", 400)]
    [InlineData("ChatCompletions", """{"model":"m","messages":[{"role":"user","content":"hi"}],"LONG":1,"LONG":2}""", 400)]
    [InlineData("ChatCompletions", """{"model":"m","messages":[{"role":"user","content":[{"type":"LONG"}]}]}""", 400)]
    [InlineData("ChatCompletions", """{"model":"m","messages":[{"role":"tool","content":"x","tool_call_id":"LONG"}],"tool_choice":{"type":"function","function":{"name":"LONG"}}}""", 400)]
    [InlineData("Messages", """{"model":"c","max_tokens":9,"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"LONG"}]}],"tools":[{"name":"LONG","type":"LONG"}],"tool_choice":{"type":"tool","name":"LONG"}}""", 400)]
    [InlineData("GenerateContentBeta", """{"contents":[{"role":"LONG","parts":[{"text":"hi"}]}]}""", 400)]
    [InlineData("InteractionsBeta", """{"model":"m","input":[{"type":"LONG"}]}""", 400)]
    public async Task LongInput_IsNotSaidBackWhole(string door, string body, int status)
    {
        using ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.All.Single(one => one.Name == door),
            body.Replace("LONG", Long, StringComparison.Ordinal),
            path: door == "GenerateContentBeta" ? "/v1beta/models/m:generateContent" : null);

        Assert.True(call.Status == status, $"{call.Status}: {call.Text[..Math.Min(500, call.Text.Length)]}");
        Assert.InRange(Encoding.UTF8.GetByteCount(call.Text), 1, MostBytes);
    }

    [Fact]
    public async Task LongId_EndsAsAShortOneDoes()
    {
        using ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Responses, $$"""{"model":"m","input":"hi","previous_response_id":"resp_req_{{Long}}"}""");

        Assert.EndsWith("…' not found.", call.Error("message"), StringComparison.Ordinal);
    }

    public void Dispose() => _gateway.Dispose();
}
