namespace Lightport.EndToEnd.Mcp;

/// <summary>Tests that share the one gateway with others' MCP servers behind it.</summary>
[CollectionDefinition(Name)]
public sealed class PeerGroup : ICollectionFixture<PeerFixture>
{
    public const string Name = "mcp peers";
}
