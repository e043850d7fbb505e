using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Lightport.Azure.Tables;
using Lightport.Azure.Tests.Storage;
using Lightport.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lightport.Azure.Tests.Tables;

/// <summary>As on Azure: https, and an identity's token in place of a key.</summary>
public sealed class TokenTests : IAsyncLifetime, IDisposable
{
    private readonly StorageTokens _tokens = new();
    private Azurite _azurite = null!;
    private HttpClientHandler _handler = null!;

    public async Task InitializeAsync()
    {
        _azurite = await Azurite.StartWithTokensAsync();
        _handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback =
                (_, shown, _, _) => shown?.Thumbprint == _azurite.Certificate!.Thumbprint,
        };
    }

    public async Task DisposeAsync() => await _azurite.DisposeAsync();

    public void Dispose() => _handler.Dispose();

    [Fact]
    public async Task Stores_WithAToken_WorkAsWithAKey()
    {
        TableServiceClient service = Connect(_tokens);
        var versions = new TableConfigurationVersions(
            service, TimeProvider.System, NullLogger<TableConfigurationVersions>.Instance);
        var keys = new TableClientKeyStore(service, TimeProvider.System, NullLogger<TableClientKeyStore>.Instance);
        var usage = new TableUsageStore(service, TimeSpan.FromDays(400), TimeProvider.System, NullLogger<TableUsageStore>.Instance);
        var key = new ClientKeyRecord { Hash = new string('a', 64), Name = "a", CreatedAt = DateTimeOffset.UnixEpoch };
        var row = new UsageRow
        {
            KeyId = "-", KeyName = "-", Hour = DateTimeOffset.UnixEpoch, Instance = "i", Model = "openai/gpt-4o",
        };

        ConfigurationVersion version = await versions.WriteAsync(
            Contents.Models(150), null, Contents.Note, CancellationToken.None);
        await versions.MoveAsync(version.Version, null, Contents.Note, CancellationToken.None);
        await keys.AddAsync(key, CancellationToken.None);
        await usage.WriteAsync([row], CancellationToken.None);

        Assert.Equal(version.Version, (await versions.FindPointerAsync(CancellationToken.None))?.Version);
        Assertions.Same(Contents.Models(150), await versions.ReadAsync(version.Version, CancellationToken.None));
        Assert.Equal("a", (await keys.FindByIdAsync(key.Id, CancellationToken.None))?.Name);
        await foreach (UsageRow read in usage.ReadAsync(new(new(1970, 1, 1), new(1970, 1, 1)), CancellationToken.None))
        {
            Assert.Equal(row, read);
        }

        Assert.Equal(["https://storage.azure.com/.default"], _tokens.Scopes.Distinct());
    }

    [Fact]
    public async Task Call_TokenForAnotherAudience_IsRefusedAndSaysWhatAnIdentityNeeds()
    {
        StoreException e = await FailAsync(new StorageTokens("https://vault.azure.net"));

        Assert.Contains("Storage Table Data Contributor", e.Message, StringComparison.Ordinal);
        Assert.Contains("(403", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_NoIdentity_SaysHowToGetOne()
    {
        StoreException e = await FailAsync(new NoIdentity());

        Assert.Contains("managed identity", e.Message, StringComparison.Ordinal);
    }

    private Task<StoreException> FailAsync(TokenCredential credential) => Assertions.FailsAsync(
        StoreFailure.Unavailable,
        () => new TableConfigurationVersions(
                Connect(credential), TimeProvider.System, NullLogger<TableConfigurationVersions>.Instance)
            .FindPointerAsync(CancellationToken.None).AsTask());

    private TableServiceClient Connect(TokenCredential credential)
    {
        TableClientOptions options = TableClients.CreateOptions();
        options.Transport = new HttpClientTransport(_handler);
        return new TableServiceClient(_azurite.NextAccount(), credential, options);
    }

    private sealed class NoIdentity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new CredentialUnavailableException("none");

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext,
            CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
