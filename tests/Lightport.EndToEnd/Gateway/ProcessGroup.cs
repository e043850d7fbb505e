namespace Lightport.EndToEnd.Gateway;

/// <summary>Tests that start gateways of their own, one after another, beside those of the one that runs.</summary>
[CollectionDefinition(Name)]
public sealed class ProcessGroup : ICollectionFixture<UpstreamFixture>
{
    public const string Name = "processes";
}
