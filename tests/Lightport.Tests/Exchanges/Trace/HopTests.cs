using Lightport.Transport;
using Microsoft.AspNetCore.Http.Features;

namespace Lightport.Tests.Exchanges.Trace;

/// <summary>How many types a request goes through: what is to be read in an evening must be followed in one.</summary>
public sealed class HopTests
{
    private const int MostHops = 14;
    private const int MostEntries = 2;

    private static readonly string MessagesEvents =
        """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_1","model":"c","usage":{"input_tokens":3,"output_tokens":1}}}

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":0}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":9}}

        event: message_stop
        data: {"type":"message_stop"}


        """;

    [Fact]
    public async Task StreamedTranslatedRequest_IsFollowedInFewSteps()
    {
        var trace = new RecordedTrace();
        using var gateway = new TestGateway("models: { m: [anthropic/claude-sonnet-4-5] }");
        gateway.Upstream.Answer(_ =>
        {
            trace.Add();
            return Task.FromResult<UpstreamResponse>(
                new ScriptedResponse(200, "text/event-stream", new TracedStream(MessagesEvents, trace)));
        });
        var call = new ClientCall(
            "POST",
            "/v1/chat/completions",
            "",
            new Dictionary<string, string>(),
            new TracedStream(Wires.ChatStream, trace));
        call.Context.Features.Set<IHttpResponseBodyFeature>(new TracedResponse(call.Body, trace));

        await gateway.Start(GatewayEndpoints.ChatCompletions, call).Done;

        Assert.EndsWith("data: [DONE]\n\n", call.Text, StringComparison.Ordinal);
        string told = string.Join('\n', trace.Hops.Select(hop => $"{hop.From.Name} → {hop.To.Name}"));
        string paths = string.Join('\n', trace.Paths.Select(path => string.Join(" → ", path.Select(type => type.Name))).Distinct());
        Assert.True(trace.Hops.Count <= MostHops, $"{trace.Hops.Count} hops:\n{told}\n\n{paths}");
        Assert.True(
            trace.EntriesInto("Exchanges").Count <= MostEntries,
            "The exchange's room is entered by\n"
            + string.Join('\n', trace.EntriesInto("Exchanges").Select(hop => $"{hop.From.Name} → {hop.To.Name}")));
    }
}
