namespace Lightport.Azure.Tests.Storage;

/// <summary>One emulator for all tests of a group; each test has an account of its own on it.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private Azurite? _azurite;

    public async Task InitializeAsync() => _azurite = await Azurite.StartAsync();

    public async Task DisposeAsync() => await (_azurite?.DisposeAsync() ?? ValueTask.CompletedTask);

    internal TestStorage NewStorage() => new(_azurite!.NextAccount());

    /// <summary>An empty account, for a process.</summary>
    internal string NewConnectionString() => TestStorage.ConnectionString(_azurite!.NextAccount());
}
