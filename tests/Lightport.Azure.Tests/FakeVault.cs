using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lightport.Azure.Tests;

/// <summary>A vault on loopback for the real <see cref="SecretClient"/>: https, challenge, get, faults.</summary>
internal sealed class FakeVault : IAsyncDisposable
{
    private const string Challenge =
        "Bearer authorization=\"https://login.microsoftonline.com/00000000-0000-0000-0000-000000000001\", "
        + "resource=\"https://vault.azure.net\"";

    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate = SelfSigned.Create();
    private readonly HttpClientHandler _handler;

    private FakeVault()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate)));
        _app = builder.Build();
        _app.Run(AnswerAsync);
        _handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback =
                (_, shown, _, _) => shown?.Thumbprint == _certificate.Thumbprint,
        };
    }

    public ConcurrentDictionary<string, string> Secrets { get; } = new();

    /// <summary>Answers instead of the vault, per signed-in call; true where it did.</summary>
    public Func<HttpContext, Task<bool>> Fault { get; set; } = _ => Task.FromResult(false);

    /// <summary>The names asked for by signed-in calls, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public Uri Address => new(_app.Urls.Single());

    public static async Task<FakeVault> StartAsync()
    {
        var vault = new FakeVault();
        await vault._app.StartAsync();
        return vault;
    }

    /// <summary>A client as the product makes it, but for the trust in this vault's certificate.</summary>
    public SecretClient CreateClient(TokenCredential? credential = null, TimeSpan? networkTimeout = null)
    {
        SecretClientOptions options = AzureServices.CreateOptions();
        options.Transport = new HttpClientTransport(_handler);
        options.DisableChallengeResourceVerification = true;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.NetworkTimeout = networkTimeout ?? options.Retry.NetworkTimeout;
        return new SecretClient(Address, credential ?? new FixedCredential(), options);
    }

    /// <summary>An error as the vault words it.</summary>
    public static async Task<bool> FailAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(new { error = new { code, message } });
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        // The client's connections first: a server that stops waits for open ones.
        _handler.Dispose();
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (!context.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.Ordinal))
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = Challenge;
            return;
        }

        string name = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries)[^1];
        Asked.Enqueue(name);
        if (await Fault(context))
        {
            return;
        }

        if (!Secrets.TryGetValue(name, out string? value))
        {
            await FailAsync(context, 404, "SecretNotFound", $"A secret with (name/id) {name} was not found.");
            return;
        }

        await context.Response.WriteAsJsonAsync(new
        {
            value,
            id = $"{Address}secrets/{name}/0123456789abcdef0123456789abcdef",
            attributes = new { enabled = true, created = 1790000000, updated = 1790000000 },
        });
    }

    private sealed class FixedCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new("token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext,
            CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
