using System.Text.Json.Nodes;
using Lightport.Mcp;
using Lightport.Tests.Exchanges;
using Lightport.Transport.Body;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>A gateway whose models have the tools of one MCP server, and what its clients send.</summary>
internal sealed class ToolGateway : IDisposable
{
    /// <param name="limits">Further lines of the document.</param>
    /// <param name="address">A real server's; null for those of the test's own making.</param>
    /// <param name="budget">The memory for bodies; null for what there is.</param>
    /// <param name="configure">What a host adds to the gateway.</param>
    public ToolGateway(
        string rounds = "{ most: 5, time: 1m }",
        string server = "",
        string limits = "",
        Action<IServiceCollection>? configure = null,
        Uri? address = null,
        BodyBudget? budget = null)
    {
        string route = $"tools: [docs], rounds: {rounds}";
        Gateway = new TestGateway(
            $$"""
            mcp: { servers: { docs: { url: "{{address ?? new Uri("https://docs.example/mcp")}}"{{server}} } } }
            models:
              chat: { targets: [openai/gpt-4o-mini], {{route}} }
              house: { targets: [loose/llama], {{route}} }
              blind: { targets: [{ to: loose/llama, traits: { input: [text] } }], {{route}} }
              claude: { targets: [anthropic/claude-sonnet-4-5], {{route}} }
              gemini: { targets: [google/gemini-2.5-flash], {{route}} }
              two: { targets: [openai/gpt-4o-mini, groq/llama], {{route}} }
              plain: [openai/gpt-4o-mini]
            {{limits}}
            """,
            providers: "  google: {}\n",
            budget: budget,
            configure: services =>
            {
                if (address is null)
                {
                    services.AddSingleton<IMcpServers>(Servers);
                }

                configure?.Invoke(services);
            });
    }

    public FakeMcpServers Servers { get; } = new();

    public TestGateway Gateway { get; }

    public ScriptedUpstream Upstream => Gateway.Upstream;

    /// <summary>What the model will say, round after round.</summary>
    public ToolGateway Says(string model, bool streams, params ToolWire.Said[] rounds)
    {
        foreach (ToolWire.Said said in rounds)
        {
            Upstream.Answer(ToolWire.All[model == "blind" ? "house" : model].Answer(said, streams));
        }

        return this;
    }

    public Task<ClientCall> ChatAsync(string model, bool streams, params JsonNode[] turns) =>
        Gateway.SendAsync(GatewayEndpoints.ChatCompletions, Chat(model, streams, turns));

    public static string Chat(string model, bool streams, IEnumerable<JsonNode> turns, JsonArray? tools = null)
    {
        var body = new JsonObject
        {
            ["model"] = model,
            ["messages"] = new JsonArray([.. turns.Select(turn => turn.DeepClone())]),
        };
        if (streams)
        {
            body["stream"] = true;
            body["stream_options"] = new JsonObject { ["include_usage"] = true };
        }

        if (tools is not null)
        {
            body["tools"] = tools.DeepClone();
        }

        return body.ToJsonString();
    }

    public static JsonObject User(string text) => new() { ["role"] = "user", ["content"] = text };

    public void Dispose() => Gateway.Dispose();
}
