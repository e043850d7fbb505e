namespace Lightport.Azure.Tests.Storage;

/// <summary>Tests that share one emulator; one after another, so that their loads do not mix.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteGroup : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "Azurite";
}
