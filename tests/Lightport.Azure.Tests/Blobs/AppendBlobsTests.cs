using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using Lightport.Azure.Blobs;
using Lightport.Azure.Tests.Storage;
using Lightport.Storage;

namespace Lightport.Azure.Tests.Blobs;

/// <summary>As on Azure: https, an identity's token, and a container that is not there yet.</summary>
public sealed class AppendBlobsTests : IAsyncLifetime, IDisposable
{
    private const string Container = "lightport-audit";
    private const string Name = "audit-1.jsonl";

    private readonly StorageTokens _tokens = new();
    private Azurite _azurite = null!;
    private HttpClientHandler? _handler;
    private Uri _account = null!;

    public async Task InitializeAsync()
    {
        _azurite = await Azurite.StartWithTokensAsync("blob");
        _account = _azurite.NextAccount();
        _handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback =
                (_, shown, _, _) => shown?.Thumbprint == _azurite.Certificate!.Thumbprint,
        };
    }

    public async Task DisposeAsync() => await _azurite.DisposeAsync();

    public void Dispose() => _handler?.Dispose();

    [Fact]
    public async Task Appended_IsThereOnce_HoweverOftenItIsTried()
    {
        AppendBlobs blobs = Connect();
        await blobs.CreateAsync(Container, Name, default);
        await blobs.CreateAsync(Container, Name, default);
        await blobs.AppendAsync(Container, Name, 0, "one\n"u8.ToArray(), default);
        await blobs.AppendAsync(Container, Name, 4, "two\n"u8.ToArray(), default);
        await blobs.AppendAsync(Container, Name, 4, "two\n"u8.ToArray(), default);

        // A batch of which only the last answer was lost is said again from its beginning.
        await blobs.AppendAsync(Container, Name, 0, "one\n"u8.ToArray(), default);

        Assert.Equal("one\ntwo\n", await ReadAsync());
        Assert.All(_tokens.Scopes, scope => Assert.Equal("https://storage.azure.com/.default", scope));
    }

    [Fact]
    public async Task BlobThatEndsElsewhere_IsAFailureThatSaysSo()
    {
        AppendBlobs blobs = Connect();
        await blobs.CreateAsync(Container, Name, default);

        StoreException e = await Assert.ThrowsAsync<StoreException>(
            async () => await blobs.AppendAsync(Container, Name, 4, "two\n"u8.ToArray(), default));

        Assert.Contains("does not end where this process left it", e.Message, StringComparison.Ordinal);
        Assert.Contains("412 AppendPositionConditionNotMet", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BlobThatIsNotThere_IsAFailureThatNoOtherTryMends()
    {
        StoreException e = await Assert.ThrowsAsync<StoreException>(
            async () => await Connect().AppendAsync(Container, Name, 0, "one\n"u8.ToArray(), default));

        Assert.Equal(StoreFailure.Damaged, e.Failure);
        Assert.Contains("somebody has removed the blob", e.Message, StringComparison.Ordinal);
        Assert.Contains("404 ContainerNotFound", e.Message, StringComparison.Ordinal);
    }

    private AppendBlobs Connect() =>
        new(_account, _tokens, new BlobOptions { Transport = new HttpClientTransport(_handler!) });

    private async Task<string> ReadAsync()
    {
        using var client = new HttpClient(_handler!, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_account}/{Container}/{Name}");
        AccessToken token = _tokens.GetToken(new TokenRequestContext(["https://storage.azure.com/.default"]), default);
        request.Headers.Authorization = new("Bearer", token.Token);
        request.Headers.Add("x-ms-version", "2021-12-02");
        using HttpResponseMessage answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
