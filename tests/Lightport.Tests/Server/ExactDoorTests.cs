using Lightport.Doors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Server;

/// <summary>A path that is a door's own leads there without the doors that take any path being asked.</summary>
public sealed class ExactDoorTests
{
    [Fact]
    public async Task PathOfADoor_IsLeftToIt_AndToTheAppsOwnEndpoints()
    {
        await using EmbeddedApp app = await EmbeddedApp.StartAsync(app =>
        {
            app.MapLightport();
            app.MapPost("/v1/{**rest}", () => "mine").WithDisplayName("mine");
        });
        ExactDoorPolicy policy = app.App.Services.GetServices<MatcherPolicy>().OfType<ExactDoorPolicy>().Single();
        Endpoint[] all = [.. app.App.Services.GetRequiredService<EndpointDataSource>().Endpoints];
        Endpoint chat = Named("Lightport ChatCompletions");
        Endpoint gemini = Named("Lightport GenerateContent");
        Endpoint unknown = Named("Lightport ZUnknown");
        Endpoint mine = Named("mine");

        Assert.True(policy.AppliesToEndpoints([chat, gemini, mine, unknown]));
        Assert.Equal([chat, mine], policy.GetEdges([chat, gemini, mine, unknown]).Single().Endpoints);
        Assert.False(policy.AppliesToEndpoints([gemini, mine, unknown]));
        Assert.False(policy.AppliesToEndpoints([mine, chat, unknown]));
        Assert.False(policy.AppliesToEndpoints([chat, mine]));

        Endpoint Named(string name) => all.Single(endpoint => endpoint.DisplayName == name);
    }
}
