using Lightport.Limits;
using Lightport.Transport;

namespace Lightport.Tests.Exchanges.Limits;

/// <summary>However a request ends, nothing stays held, and what counts is what its record says.</summary>
public sealed class SettledHoldTests
{
    private const string Limits = """
          - { name: all, per: key, requests-per-minute: 1000, concurrent: 1000, tokens-per-minute: 10000000, budget: { usd: 900, per: day } }
          - { name: own, per: model, requests-per-minute: 1000, concurrent: 1000, tokens-per-minute: 10000000, budget: { usd: 900, per: month } }
          - { name: soft, per: all, requests-per-minute: 1000, tokens-per-minute: 10000000, budget: { usd: 900, per: ever }, then: alert }
        """;

    public static TheoryData<string, string, string> Ends
    {
        get
        {
            var ends = new TheoryData<string, string, string>();
            foreach (string end in (string[])
            [
                "answer", "absurd count", "stream", "leave", "leave in stream", "break", "break in stream", "silence",
                "refused", "limited", "fallback", "garbage", "empty", "reset", "unreachable", "error in 200",
                "too long a time", "invalid",
            ])
            {
                foreach (string door in (string[])["ChatCompletions", "Messages"])
                {
                    ends.Add(end, door, "two");
                }
            }

            ends.Add("hedge", "ChatCompletions", "race");
            ends.Add("hedge and leave", "ChatCompletions", "race");
            ends.Add("embeddings", "Embeddings", "gpt");
            ends.Add("no target", "ChatCompletions", "two");
            return ends;
        }
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task NothingStaysHeld(string end, string door, string model)
    {
        using var limited = new LimitedGateway(Limits);
        await EndAsync(limited, end, door, model);

        Assert.Equal(0, limited.Ledger.Reserved);
        if (limited.Gateway.Usage.Records.Count == 0)
        {
            return;
        }

        long tokens = (limited.Gateway.Record.Usage?.Total ?? 0)
            + limited.Gateway.Record.Lost.Sum(lost => lost.Usage.Total);
        decimal money = (limited.Gateway.Record.Cost?.Dollars ?? 0)
            + limited.Gateway.Record.Lost.Sum(lost => lost.Cost?.Dollars ?? 0);
        foreach (string limit in (string[])["all", "own", "soft"])
        {
            Assert.Equal(tokens, limited.Ledger.Used(limit, LimitMeasure.Tokens));
            Assert.Equal(money, limited.Ledger.Used(limit, LimitMeasure.Money) / 1_000_000_000m);
        }

        // Whoever asks for what there is nowhere has not asked for anything yet.
        Assert.Equal(end == "no target" ? 0 : 1, limited.Ledger.Used("all", LimitMeasure.Requests));
    }

    private static async Task EndAsync(LimitedGateway limited, string end, string door, string model)
    {
        TestGateway gateway = limited.Gateway;
        ScriptedUpstream upstream = limited.Upstream;
        var body = new ScriptedBody();
        switch (end)
        {
            case "answer":
                upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
                await Start(stream: false).Done;
                break;
            case "absurd count":
                upstream.Answer(ScriptedResponse.Json(
                    """{"choices":[],"usage":{"prompt_tokens":1000000000000000000,"completion_tokens":9}}"""));
                await Start(stream: false).Done;
                break;
            case "stream":
                upstream.Answer(ScriptedResponse.Events(Wires.ChatEvents));
                await Start(stream: true).Done;
                break;
            case "leave":
                upstream.Hang();
                await LeaveAsync(Start(stream: false), upstream.CallAsync());
                break;
            case "leave in stream":
                upstream.Answer(ScriptedResponse.Events(body.Tell(Wires.ChatRole + Wires.ChatText)));
                await LeaveAsync(Start(stream: true), body.Hungry);
                break;
            case "break":
                upstream.Answer(new ScriptedResponse(200, "application/json", body.Tell("{").Break()));
                upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));
                await Start(stream: false).Done;
                break;
            case "break in stream":
                upstream.Answer(ScriptedResponse.Events(body.Tell(Wires.ChatRole + Wires.ChatText).Break()));
                await Start(stream: true).Done;
                break;
            case "silence":
                upstream.Answer(ScriptedResponse.Events(body.Tell(Wires.ChatRole + Wires.ChatText)));
                ClientCall silent = Start(stream: true);
                await body.Hungry;
                gateway.Clock.Advance(TimeSpan.FromMinutes(2));
                await silent.Done;
                break;
            case "refused":
                upstream.Answer(ScriptedResponse.Error(400));
                await Start(stream: false).Done;
                break;
            case "limited":
                upstream.Answer(ScriptedResponse.Error(401)).Answer(ScriptedResponse.Error(403));
                await Start(stream: false).Done;
                break;
            case "fallback":
                upstream.Answer(ScriptedResponse.Error(500)).Answer(ScriptedResponse.Json(Wires.MessagesAnswer));
                await Start(stream: false).Done;
                break;
            case "garbage":
                upstream.Answer(ScriptedResponse.Json("{\"id\":")).Answer(ScriptedResponse.Json("{\"id\":"));
                await Start(stream: false).Done;
                break;
            case "empty":
                upstream.Answer(ScriptedResponse.Events("")).Answer(ScriptedResponse.Events(""));
                await Start(stream: true).Done;
                break;
            case "reset":
                upstream.Fail(UpstreamFailure.Broken).Fail(UpstreamFailure.Broken);
                await Start(stream: false).Done;
                break;
            case "unreachable":
                upstream.Fail(UpstreamFailure.Connect).Answer(ScriptedResponse.Json(Wires.MessagesAnswer));
                await Start(stream: false).Done;
                break;
            case "error in 200":
                upstream.Answer(ScriptedResponse.Error(200)).Answer(ScriptedResponse.Error(400));
                await Start(stream: false).Done;
                break;
            case "too long a time":
                upstream.Hang().Hang();
                ClientCall late = Start(stream: false);
                await upstream.CallAsync();
                gateway.Clock.Advance(TimeSpan.FromMinutes(10));
                await upstream.CallAsync();
                gateway.Clock.Advance(TimeSpan.FromMinutes(5));
                await late.Done;
                break;
            case "invalid":
                await gateway.SendAsync(
                    GatewayEndpoints.ChatCompletions,
                    """{"model":"claude","messages":[{"role":"user","content":[{"type":"text"}]}]}""");
                break;
            case "no target":
                await gateway.SendAsync(
                    GatewayEndpoints.ChatCompletions,
                    """{"model":"two","messages":[],"provider":{"only":["nobody"],"allow_fallbacks":false}}""");
                break;
            case "embeddings":
                upstream.Answer(ScriptedResponse.Json("""{"object":"list","data":[],"model":"x"}"""));
                await gateway.SendAsync(GatewayEndpoints.Embeddings, """{"model":"gpt","input":"hi"}""");
                break;
            default:
                upstream.Answer(ScriptedResponse.Events(body.Tell(Wires.ChatRole)));
                upstream.Answer(end == "hedge"
                    ? ScriptedResponse.Events(Wires.ChatEvents)
                    : ScriptedResponse.Events(new ScriptedBody().Tell(Wires.ChatRole)));
                ClientCall racing = Start(stream: true);
                await upstream.CallAsync();
                await gateway.Clock.WaitingFor(TimeSpan.FromSeconds(2));
                gateway.Clock.Advance(TimeSpan.FromSeconds(2));
                await upstream.CallAsync();
                if (end != "hedge")
                {
                    racing.Abort();
                }

                await racing.Done;
                break;
        }

        ClientCall Start(bool stream) => (door, stream) switch
        {
            ("Messages", true) => gateway.Start(GatewayEndpoints.Messages, Wires.For(model, Wires.MessagesStream)),
            ("Messages", false) => gateway.Start(GatewayEndpoints.Messages, Wires.For(model, Wires.Messages)),
            (_, true) => gateway.Start(GatewayEndpoints.ChatCompletions, Wires.For(model, Wires.ChatStream)),
            _ => gateway.Start(GatewayEndpoints.ChatCompletions, Wires.For(model, Wires.Chat)),
        };
    }

    private static async Task LeaveAsync(ClientCall call, Task moment)
    {
        await moment;
        call.Abort();
        await call.Done;
    }
}
