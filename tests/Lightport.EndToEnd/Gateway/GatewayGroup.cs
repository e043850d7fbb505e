namespace Lightport.EndToEnd.Gateway;

/// <summary>Tests that share the one running gateway.</summary>
[CollectionDefinition(Name)]
public sealed class GatewayGroup : ICollectionFixture<GatewayFixture>
{
    public const string Name = "gateway";
}
