using Lightport.Conversation;
using Lightport.Enrichment.Tools;
using Lightport.Mcp;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>A choice among servers' tools, in the names that the model sees.</summary>
public sealed class OfferedChoiceTests
{
    private static readonly ToolOffer Offer = Offered();

    [Fact]
    public void OneTool_OfAServer_IsNamed() => Check(
        ToolChoice.Named("search") with { Servers = ["docs"] }, ToolChoiceMode.Named, required: false, ["docs__search"]);

    [Fact]
    public void Server_WithoutATool_MeansAllOfIt() => Check(
        new ToolChoice(ToolChoiceMode.Named, []) { Servers = ["docs"] },
        ToolChoiceMode.Allowed,
        required: true,
        ["read", "docs__search"]);

    [Fact]
    public void AllowedServers_AreTheirToolsBesideTheClients() => Check(
        new ToolChoice(ToolChoiceMode.Allowed, ["search"]) { Servers = ["docs", "elsewhere"] },
        ToolChoiceMode.Allowed,
        required: false,
        ["search", "read", "docs__search"],
        ["elsewhere"]);

    [Fact]
    public void Server_OfTheProviders_StaysAsItIs() => Check(
        ToolChoice.Named("x") with { Servers = ["elsewhere"] },
        ToolChoiceMode.Named,
        required: false,
        ["x"],
        ["elsewhere"]);

    private static void Check(
        ToolChoice said, ToolChoiceMode mode, bool required, string[] names, string[]? servers = null)
    {
        ToolChoice choice = OfferedChoice.Of(said, Offer)!;
        Assert.Equal((mode, required), (choice.Mode, choice.Required));
        Assert.Equal(names, choice.Names);
        Assert.Equal(servers ?? [], choice.Servers);
    }

    private static ToolOffer Offered()
    {
        var offer = new ToolOffer([new ToolDefinition("search")]);
        offer.Add(new McpServer("docs"), null, [FakeMcpServers.Tool("search"), FakeMcpServers.Tool("read")]);
        return offer;
    }
}
