using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.Reliability;

namespace Lightport.EndToEnd.Mcp;

/// <summary>
/// A gateway is started anew between a call of its client's and the call's result: with its sessions the turn goes on,
/// without them it is refused, and either way what it has run is not run again.
/// </summary>
[Collection(PeerGroup.Name)]
public sealed class LostSessionTests(PeerFixture fixture)
{
    private const string Tools = """
        [{"type":"function","function":{"name":"weather","parameters":{"type":"object",
          "properties":{"city":{"type":"string"}}}}}]
        """;

    private const string Ran = "'get-sum' of 'sums': ok";
    private const string Sum = "The sum of 2 and 3 is 5.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("sum-mixed", true, false)]
    [InlineData("sum-mixed", true, true)]
    [InlineData("sum-then-weather", true, false)]
    [InlineData("sum-then-weather", true, true)]
    [InlineData("sum-mixed", false, true)]
    [InlineData("sum-then-weather", false, true)]
    public async Task Turn_GoesOnWithItsSession_AndIsRefusedWithout(string script, bool isLost, bool streams)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("lightport-");
        string model = $"{script}@{isLost}-{streams}";
        string config = Path.Combine(folder.FullName, "lightport.yaml");
        await File.WriteAllTextAsync(config, $$"""
            {{GatewayConfiguration.Providers(fixture.Upstream.Address)}}
            mcp: { servers: { sums: { url: "{{fixture.Everything}}", tools: [get-sum] } } }
            models: { helper: { targets: ["oai/{{model}}"], tools: [sums] } }
            """);
        JsonArray turns = [new JsonObject { ["role"] = "user", ["content"] = Canary.Prompt }];
        await using (GatewayProcess first = await StartAsync(folder, config))
        {
            using HttpResponseMessage answer = await AskAsync(first, turns, streams);
            Add(turns, await answer.Content.ReadAsStringAsync(), streams);
            Assert.Single(first.Output.Split('\n'), line => line.Contains(Ran, StringComparison.Ordinal));
            first.Terminate();
            Assert.Equal(0, await first.ExitAsync(Patience));
        }

        if (isLost)
        {
            Directory.Delete(Path.Combine(folder.FullName, "data", "sessions"), recursive: true);
        }

        int asked = fixture.Upstream.CallsOf(model).Count;
        await using (GatewayProcess second = await StartAsync(folder, config))
        {
            using HttpResponseMessage next = await AskAsync(second, turns, streams: false);
            string said = await next.Content.ReadAsStringAsync();
            Assert.Equal(isLost ? 409 : 200, (int)next.StatusCode);
            Assert.Contains(isLost ? "lost_tool_session" : $"{Sum} then sunny", said, StringComparison.Ordinal);
            Assert.Equal(isLost ? asked : asked + 1, fixture.Upstream.CallsOf(model).Count);
            Assert.DoesNotContain(Ran, second.Output, StringComparison.Ordinal);
        }

        folder.Delete(recursive: true);
    }

    private static Task<GatewayProcess> StartAsync(DirectoryInfo folder, string config) =>
        GatewayProcess.StartServerAsync(
            config,
            new Dictionary<string, string>
            {
                ["LIGHTPORT_KEY"] = Canary.ClientKey,
                ["LIGHTPORT_ADMIN_KEY"] = Canary.AdminKey,
                ["LIGHTPORT_DATA"] = Path.Combine(folder.FullName, "data"),
            },
            $"gateway-lost-{folder.Name}.log");

    private static async Task<HttpResponseMessage> AskAsync(GatewayProcess gateway, JsonArray turns, bool streams)
    {
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = gateway.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Canary.ClientKey);
        var body = new JsonObject
        {
            ["model"] = "helper",
            ["stream"] = streams,
            ["messages"] = turns.DeepClone(),
            ["tools"] = JsonNode.Parse(Tools),
        };
        HttpResponseMessage response = await client.PostAsync(Requests.ChatPath, body.ToJsonString());
        await response.Content.LoadIntoBufferAsync();
        return response;
    }

    /// <summary>Adds the answer with its one call, and what came of it.</summary>
    private static void Add(JsonArray turns, string answer, bool streams)
    {
        JsonNode[] pieces = streams
            ?
            [
                .. answer.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
                    .Select(line => JsonNode.Parse(line[6..])!["choices"]!.AsArray())
                    .Where(choices => choices.Count > 0)
                    .Select(choices => choices[0]!["delta"]!),
            ]
            : [JsonNode.Parse(answer)!["choices"]![0]!["message"]!];
        JsonNode[] calls = [.. pieces.SelectMany(piece => piece["tool_calls"]?.AsArray() ?? []).Select(call => call!)];
        string id = (string)calls[0]["id"]!;
        turns.Add(new JsonObject
        {
            ["role"] = "assistant",
            ["content"] = string.Concat(pieces.Select(piece => (string?)piece["content"])),
            ["tool_calls"] = new JsonArray(new JsonObject
            {
                ["id"] = id,
                ["type"] = "function",
                ["function"] = new JsonObject
                {
                    ["name"] = calls[0]["function"]!["name"]!.DeepClone(),
                    ["arguments"] = string.Concat(calls.Select(call => (string?)call["function"]!["arguments"])),
                },
            }),
        });
        turns.Add(new JsonObject { ["role"] = "tool", ["tool_call_id"] = id, ["content"] = "sunny in Oslo" });
    }
}
