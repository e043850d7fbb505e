using Lightport.Prices;
using Lightport.Usage;

namespace Lightport.Tests.Exchanges;

/// <summary>What a request cost, in its record and its log line.</summary>
public sealed class CostTests : IDisposable
{
    private const string Usage = "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12}";

    private readonly TestGateway _gateway = new("""
        models:
          gpt: [openai/gpt-4o]
          claude: [anthropic/claude-opus-4-7]
          ours: [loose/x]
          gemini: [google/gemini-2.5-flash]
          two: [openai/gpt-4o, openai/gpt-4o-mini]
        """,
        providers: "  google: { key: GROQ_API_KEY }\n");

    [Theory]
    [InlineData("gpt", "", "0.0000525")]
    [InlineData("gpt", ",\"service_tier\":\"default\"", "0.0000525")]
    [InlineData("gpt", ",\"service_tier\":\"priority\"", "0.00008925")]
    [InlineData("gpt", ",\"service_tier\":\"scale\"", "unknown(service)")]
    [InlineData("ours", "", "unknown(model)")]
    public async Task ChatAnswer_CostsWhatItsServiceDoes(string model, string tier, string cost)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(
            Wires.ChatAnswer.Replace(Usage, Usage + tier, StringComparison.Ordinal)));

        await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For(model, Wires.Chat));

        Check(cost);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ChatAnswer_Translated_CostsWhatItsServiceDoes(bool stream)
    {
        const string Priority = ",\"service_tier\":\"priority\"";
        _gateway.Upstream.Answer(stream
            ? ScriptedResponse.Events(Wires.ChatEvents.Replace(
                ",\"choices\"", Priority + ",\"choices\"", StringComparison.Ordinal))
            : ScriptedResponse.Json(Wires.ChatAnswer.Replace(Usage, Usage + Priority, StringComparison.Ordinal)));

        await _gateway.SendAsync(
            GatewayEndpoints.Messages, Wires.For("gpt", stream ? Wires.MessagesStream : Wires.Messages));

        Check("0.00008925");
    }

    [Theory]
    [InlineData("", "0.00012")]
    [InlineData(",\"service_tier\":\"standard\"", "0.00012")]
    [InlineData(",\"service_tier\":\"standard\",\"speed\":\"fast\"", "0.00072")]
    [InlineData(",\"cache_creation_input_tokens\":8,\"cache_creation\":{\"ephemeral_1h_input_tokens\":8}", "0.0002")]
    public async Task MessagesAnswer_CostsWhatItsSpeedAndItsCacheDo(string usage, string cost)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer.Replace(
            "\"output_tokens\":3", "\"output_tokens\":3" + usage, StringComparison.Ordinal)));

        await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.For("claude", Wires.Messages));

        Check(cost);
    }

    /// <summary>9 and 3 tokens of claude-opus-4-7 at 5 and 25 dollars, of claude-haiku-4-5 at 1 and 5.</summary>
    [Theory]
    [InlineData("""{"type":"message","input_tokens":9,"output_tokens":3}""", "0.00012")]
    [InlineData(
        """
        {"type":"message","model":"claude-opus-4-7","input_tokens":9,"output_tokens":3},
        {"type":"advisor_message","model":"claude-haiku-4-5","input_tokens":100,"output_tokens":10}
        """,
        "0.00027")]
    [InlineData(
        """
        {"type":"message","model":"claude-opus-4-7","input_tokens":9,"output_tokens":0},
        {"type":"fallback_message","model":"claude-haiku-4-5","input_tokens":9,"output_tokens":3}
        """,
        "0.000024")]
    [InlineData(
        """
        {"type":"message","model":"claude-opus-4-7","input_tokens":9,"output_tokens":3},
        {"type":"fallback_message","model":"claude-haiku-4-5","input_tokens":9,"output_tokens":3}
        """,
        "0.000144")]
    [InlineData(
        """{"type":"advisor_message","model":"of-tomorrow","input_tokens":1,"output_tokens":1}""", "unknown(model)")]
    public async Task SeveralModelsOfOneAnswer_CostWhatEachDoes(string iterations, string cost)
    {
        string told = Wires.MessagesAnswer.Replace(
            "\"output_tokens\":3", $"\"output_tokens\":3,\"iterations\":[{iterations}]", StringComparison.Ordinal);
        _gateway.Upstream.Answer(ScriptedResponse.Json(told)).Answer(ScriptedResponse.Json(told));

        await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.For("claude", Wires.Messages));
        Check(cost);

        await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("claude", Wires.Chat));
        Assert.Equal(2, _gateway.Log.Lines.Count(line => line.Text.Contains($" cost={cost} ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("", "0.0000102")]
    [InlineData(",\"serviceTier\":\"standard\"", "0.0000102")]
    [InlineData(",\"serviceTier\":\"flex\"", "unknown(service)")]
    [InlineData(",\"trafficType\":\"ON_DEMAND_FLEX\"", "unknown(service)")]
    [InlineData(",\"trafficType\":\"ON_DEMAND\"", "0.0000102")]
    public async Task GeminiAnswer_Passed_CostsWhatItsTierDoes(string tier, string cost)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(
            """
            {"candidates":[{"content":{"role":"model","parts":[{"text":"Hello!"}]},"finishReason":"STOP"}],
             "usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":3,"totalTokenCount":12
            """ + tier + "}}"));

        await _gateway.SendAsync(
            GatewayEndpoints.GenerateContentBeta,
            """{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}""",
            path: "/v1beta/models/gemini:generateContent");

        Check(cost);
    }

    [Theory]
    [InlineData("", "0.0000102")]
    [InlineData(",\"service_tier\":\"flex\"", "unknown(service)")]
    public async Task Interaction_Passed_CostsWhatItsTierDoes(string tier, string cost)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(
            """
            {"id":"i","status":"completed","model":"gemini-2.5-flash",
             "steps":[{"type":"model_output","content":[{"type":"text","text":"Hello!"}]}],
             "usage":{"total_input_tokens":9,"total_output_tokens":3,"total_tokens":12}
            """ + tier + "}"));

        await _gateway.SendAsync(GatewayEndpoints.Interactions, """{"model":"gemini","input":"hi"}""");

        Check(cost);
    }

    [Fact]
    public async Task AttemptThatWasPaidForNothing_IsToldApart()
    {
        _gateway.Upstream
            .Answer(ScriptedResponse.Json("{\"id\":"))
            .Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("two", Wires.Chat));

        AttemptUsage lost = Assert.Single(_gateway.Record.Lost);
        Assert.Equal(lost.Usage.Input * 2.5m / 1_000_000, lost.Cost!.Value.Dollars);
        Check("0.00000315");
        Assert.Equal(lost.Cost.Value.Dollars, Line.Fields["LostCostDollars"]);
        Assert.Contains(" lost-cost=0.", Line.Text, StringComparison.Ordinal);
    }

    public void Dispose() => _gateway.Dispose();

    private CapturedLine Line => Assert.Single(_gateway.Log.Lines, line => line.EventId == 7);

    private void Check(string cost)
    {
        Cost told = _gateway.Record.Cost!.Value;
        Assert.Equal(told.Dollars, Line.Fields["CostDollars"]);
        Assert.Equal(told.Unpriced, Line.Fields["CostUnpriced"]);
        Assert.Equal(told.IsKnown, told.Unpriced is null);
        Assert.Contains($" cost={cost} ", Line.Text, StringComparison.Ordinal);
    }
}
