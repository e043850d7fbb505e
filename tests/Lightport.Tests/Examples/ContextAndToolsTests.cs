using Lightport.Mcp;
using Lightport.Tests.Enrichment.Rounds;
using Lightport.Tests.Exchanges;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Examples;

public sealed class ContextAndToolsTests : IDisposable
{
    private readonly FakeMcpServers _servers = new()
    {
        Tools = { ["policies"] = [FakeMcpServers.Tool("read_text_file"), FakeMcpServers.Tool("write_file")] },
        Answer = (_, _, _) => Task.FromResult(FakeMcpServers.Text("Everyone has 28 days.")),
    };

    private readonly TestGateway _gateway;

    public ContextAndToolsTests() => _gateway = ExampleGateway.Open(
        "context-and-tools", services => services.AddSingleton<IMcpServers>(_servers));

    [Fact]
    public async Task Model_IsToldTheHandbook_AndReadsAPolicy_InsideOneAnswer()
    {
        ToolWire wire = ToolWire.All["chat"];
        _gateway.Upstream
            .Answer(wire.Answer(new("", ("call_1", "read_text_file", """{"q":"leave.md"}""")), streams: false))
            .Answer(wire.Answer(new("You have 28 days."), streams: false));

        ClientCall call = await _gateway.AskAsync();

        Assert.Equal("You have 28 days.", (string?)call.Json["choices"]![0]!["message"]!["content"]);
        Assert.Equal([("read_text_file", """{"q":"leave.md"}""")], _servers.Calls);
        string asked = _gateway.Upstream.Seen[0].Body;
        Assert.Contains("in three sentences at most", asked, StringComparison.Ordinal);
        Assert.Contains("is for the people team to say", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("office in London.", asked, StringComparison.Ordinal);
        Assert.Contains("Everyone has 28 days.", _gateway.Upstream.Last.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RequestFromLondon_SaysSo()
    {
        _gateway.Answers();

        await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            Wires.For("assistant", Wires.Chat),
            new Dictionary<string, string> { ["x-lightport-metadata"] = """{"office":"london"}""" });

        Assert.Contains("comes from the office in London.", _gateway.Upstream.Last.Body, StringComparison.Ordinal);
    }

    public void Dispose() => _gateway.Dispose();
}
