using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Dialects;
using Lightport.Mcp;
using Lightport.Tests.Enrichment.Rounds;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Strict;
using Lightport.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Prefix;

/// <summary>
/// Answers of several rounds, by whatever wire: a client's next turn begins with what the model was told in the last
/// round, whether the client is shown runs and brings them back, or sees nothing of them.
/// </summary>
public sealed class RoundsPrefixTests : IDisposable
{
    private readonly FakeMcpServers _servers = new()
    {
        Tools = { ["docs"] = [FakeMcpServers.Tool(McpTools.Odd), FakeMcpServers.Tool("read")] },
    };

    private readonly TestGateway _gateway;

    public RoundsPrefixTests() => _gateway = new TestGateway(
        PrefixTargets.Models.Replace("{ unsupported: drop,", "{ unsupported: drop, tools: [docs],", StringComparison.Ordinal)
        + "\nmcp: { servers: { docs: { url: \"https://docs.example/mcp\" } } }",
        configure: services => services.AddSingleton<IMcpServers>(_servers));

    [Theory]
    [MemberData(nameof(PrefixTargets.Pairs), MemberType = typeof(PrefixTargets))]
    public async Task NextTurn_BeginsWithWhatTheLastRoundWasTold(string client, string target)
    {
        foreach (bool streamed in (bool[])[false, true])
        {
            var watch = new PrefixWatch(PrefixTargets.Folding(target, client));
            watch.Compare(streamed ? "streamed" : "whole", await TalkAsync(client, target, streamed));

            Assert.True(watch.Holds, watch.Report);
            Assert.Equal(3, watch.Pairs);
        }
    }

    public void Dispose() => _gateway.Dispose();

    /// <summary>What the model was sent: three rounds of the first turn, and the second turn.</summary>
    private async Task<IReadOnlyList<string>> TalkAsync(string client, string target, bool streamed)
    {
        string spoken = PrefixTargets.Hears(target, client);
        _gateway.Upstream.Forget();
        string[] answers = PrefixAnswers.Of(spoken);
        foreach (string answer in (string[])[answers[0], answers[2], answers[1], answers[3]])
        {
            _gateway.Upstream.Answer(_ => Task.FromResult<UpstreamResponse>(ScriptedTurn.Of(
                spoken, PrefixAnswers.Named(answer, target, _gateway.Upstream.Last), streamed)));
        }

        var talk = new Talk(client, []);
        talk.Add(Talk.Said(client, "Look."));
        using ClientCall first = await SendAsync(talk, target, streamed);
        talk.Messages.AddRange(EchoingClient.Turn(client, first.Text).Select(Reparsed));
        talk.Add(Talk.Said(client, "And now?"));
        using ClientCall second = await SendAsync(talk, target, streamed);
        return [.. _gateway.Upstream.Seen.Select(seen => seen.Body)];
    }

    private async Task<ClientCall> SendAsync(Talk talk, string target, bool streamed)
    {
        JsonObject request = JsonNode.Parse(talk.Request(talk.Messages.Count, target, new Random(1)))!.AsObject();
        request["stream"] = streamed;
        ClientCall call = await PrefixDoors.SendAsync(
            _gateway, talk.Dialect, target, request.ToJsonString(), streamed);
        Assert.True(call.Status == 200, call.Text);
        return call;
    }

    /// <summary>What a client has read as JSON it writes in its own way: <c>1.50</c> becomes <c>1.5</c>.</summary>
    private static JsonObject Reparsed(JsonObject turn)
    {
        foreach (JsonObject block in (turn["content"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (block["input"] is JsonObject input)
            {
                block["input"] = new JsonObject([.. input.Select(field => KeyValuePair.Create(
                    field.Key,
                    field.Value?.GetValueKind() == JsonValueKind.Number
                        ? JsonValue.Create((double)field.Value)
                        : field.Value?.DeepClone()))]);
            }
        }

        return turn;
    }
}
