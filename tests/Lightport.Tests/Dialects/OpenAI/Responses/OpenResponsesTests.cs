using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Dialects.OpenAI.Responses;

/// <summary>
/// What Open Responses demands of every response beyond OpenAI's own description
/// (https://www.openresponses.org/specification).
/// </summary>
public sealed class OpenResponsesTests : IDisposable
{
    private static readonly string[] Numbers =
        ["created_at", "top_p", "presence_penalty", "frequency_penalty", "top_logprobs", "temperature"];

    private static readonly string[] Nullable =
    [
        "completed_at", "incomplete_details", "previous_response_id", "instructions", "error", "reasoning", "usage",
        "max_output_tokens", "max_tool_calls", "safety_identifier", "prompt_cache_key",
    ];

    private static readonly string[] Others =
    [
        "id", "object", "status", "model", "output", "tools", "tool_choice", "truncation", "parallel_tool_calls", "text",
        "store", "background", "service_tier", "metadata",
    ];

    private readonly TestGateway _gateway = new("models: { m: [anthropic/x], c: [loose/x] }");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Response_HasEveryField(bool stream)
    {
        _gateway.Upstream.Answer(
            stream ? ScriptedResponse.Events(Wires.MessagesEvents) : ScriptedResponse.Json(Wires.MessagesAnswer));

        using ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Responses, $$"""{"model":"m","input":"hi","stream":{{(stream ? "true" : "false")}}}""");

        JsonObject[] responses = stream
            ? [.. call.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
                .Select(frame => JsonNode.Parse(frame.Split("data: ")[1])!["response"]).OfType<JsonObject>()]
            : [call.Json.AsObject()];
        foreach (JsonObject response in responses)
        {
            Assert.All(Numbers, name => Assert.Equal(System.Text.Json.JsonValueKind.Number, response[name]!.GetValueKind()));
            Assert.All(Nullable, name => Assert.True(response.ContainsKey(name), name));
            Assert.All(Others, name => Assert.NotNull(response[name]));
        }

        Assert.Equal(_gateway.Clock.GetUtcNow().ToUnixTimeSeconds(), (long?)responses[^1]["completed_at"]);
        Assert.True(!stream || responses[0]["completed_at"] is null);
    }

    [Fact]
    public async Task Penalties_AreToldAndRepeated()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        using ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Responses,
            """{"model":"c","input":"hi","frequency_penalty":0.5,"presence_penalty":-1}""");

        JsonObject sent = _gateway.Upstream.Last.Json;
        Assert.Equal((0.5, -1), ((double?)sent["frequency_penalty"], (double?)sent["presence_penalty"]));
        Assert.Equal((0.5, -1), ((double?)call.Json["frequency_penalty"], (double?)call.Json["presence_penalty"]));
        Assert.Null(call.Header("x-lightport-dropped"));
    }

    public void Dispose() => _gateway.Dispose();
}
