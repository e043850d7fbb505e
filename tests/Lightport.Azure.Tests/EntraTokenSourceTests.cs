using Azure.Core;
using Azure.Identity;
using Lightport.Transport;
using Lightport.Transport.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Azure.Tests;

public sealed class EntraTokenSourceTests
{
    private const string Scope = "https://cognitiveservices.azure.com/.default";

    private static readonly DateTimeOffset End = DateTimeOffset.UnixEpoch.AddHours(1);

    [Fact]
    public async Task Get_AsksTheIdentityForTheScope()
    {
        var identity = new ScriptedIdentity(context => new AccessToken(
            "token of " + Assert.Single(context.Scopes), End, refreshOn: End.AddMinutes(-20)));

        ProviderToken token = await new EntraTokenSource(identity).GetAsync(null, Scope, default);

        Assert.Equal(
            ("token of " + Scope, End, End.AddMinutes(-20)), (token.Value, token.ExpiresAt, token.RefreshAt!.Value));
    }

    [Fact]
    public async Task Get_WithoutAnIdentity_SaysWhatToDo()
    {
        var nobody = new ScriptedIdentity(_ => throw new CredentialUnavailableException("nobody is signed in"));

        var e = await Assert.ThrowsAsync<SecretUnavailableException>(
            async () => await new EntraTokenSource(nobody).GetAsync(null, Scope, default));

        Assert.Contains("az login", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_ToAGateway_IsTheIdentityThatDocumentsName()
    {
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton<TokenCredential>(new ScriptedIdentity(_ => default))
            .AddLightportAzure(new ConfigurationBuilder().Build())
            .BuildServiceProvider();

        Assert.IsType<EntraTokenSource>(services.GetRequiredKeyedService<ITokenSource>("entra"));
    }

    private sealed class ScriptedIdentity(Func<TokenRequestContext, AccessToken> answer) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext context, CancellationToken cancellationToken) =>
            answer(context);

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext context, CancellationToken cancellationToken) => new(answer(context));
    }
}
